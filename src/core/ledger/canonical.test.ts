import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEPTH_MAX, scanObject, trail } from "./canonical.ts";
import { ascii, scanString, unescapeInto } from "./json-string.ts";

const left = trail();

/** The place after the object, or undefined when it cannot stand. */
function scan(bytes: Uint8Array): number | undefined {
  const line = Uint8Array.of(...bytes, 0x0a);
  const end = scanObject(line, 0, left);
  return end < 0 ? undefined : end;
}

const accepts = (text: string): boolean => {
  const bytes = Buffer.from(text);
  return scan(bytes) === bytes.length;
};

const DIGEST = `${"A".repeat(43)}=`;

/** Keys as an entry's may be; array indexes would be moved to the front by JSON.parse. */
const key = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 4 })
  .filter((text) => !/[^ -\u{10ffff}]/u.test(text) && !/^\d+$/.test(text));
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
  ),
}));
const data = fc.dictionary(key, tree, { maxKeys: 4 });

describe("canonical JSON", () => {
  test("is whatever JSON.stringify writes", () => {
    fc.assert(
      fc.property(data, (value) => {
        expect(accepts(JSON.stringify(value))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("is nothing that JSON.stringify would write otherwise, however it is damaged", () => {
    const anywhere = fc.tuple(
      fc.nat(),
      fc.constantFrom(...'{}[]":,\\ 0123456789.-+eEtfnu\ta\u00e9'),
    );
    fc.assert(
      fc.property(data, fc.array(anywhere, { minLength: 1, maxLength: 3 }), (value, changes) => {
        const letters = [...JSON.stringify(value)];
        for (const [place, letter] of changes) letters[place % letters.length] = letter;
        const text = letters.join("");
        // JSON.parse moves keys that look like array indexes to the front.
        if (!accepts(text) || /"\d+":/.test(text)) return;
        expect(JSON.stringify(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ["white space", '{"a": 1}'],
    ["white space at its end", '{"a":1} '],
    ["a list for an object", "[]"],
    ["a key twice", '{"a":1,"b":2,"a":3}'],
    ["a key twice, deeper", '{"x":{"a":1,"a":1}}'],
    ["a comma too many", '{"a":1,}'],
    ["a comma too many in a list", '{"a":[1,]}'],
    ["a list that does not end", '{"a":[1}'],
    ["an object that does not end", '{"a":1'],
    ["a key without its value", '{"a"}'],
    ["a key without quotes", "{a:1}"],
    ["a value that is none", '{"a":}'],
    ["a word that is none", '{"a":nul}'],
    ["a capital", '{"a":True}'],
    ["an escaped slash", '{"a":"\\/"}'],
    ["a letter escaped in hex", '{"a":"\\u0061"}'],
    ["a control character with a letter of its own, in hex", '{"a":"\\u000a"}'],
    ["hex in capitals", '{"a":"\\u001F"}'],
    ["hex that is none", '{"a":"\\u00zz"}'],
    ["half a surrogate pair", '{"a":"\\ud83d"}'],
    ["an escape that is none", '{"a":"\\x"}'],
    ["a control character as it is", '{"a":"\u0001"}'],
    ["a string that does not end", '{"a":"b'],
    ["an escaped control character in a key", '{"a\\n":1}'],
    ["a control character in a key", '{"a\u0002":1}'],
    ["a key that does not end", '{"a'],
    ["leading zeros", '{"a":01}'],
    ["minus nothing", '{"a":-}'],
    ["minus zero", '{"a":-0}'],
    ["a plus sign", '{"a":+1}'],
    ["a point without digits", '{"a":1.}'],
    ["a fraction with a zero too many", '{"a":1.50}'],
    ["an exponent where none is printed", '{"a":1e2}'],
    ["a capital exponent", '{"a":1E21}'],
    ["more digits than a number holds", '{"a":9007199254740993}'],
    ["a number of forty digits", `{"a":${"1".repeat(40)}}`],
    ["infinity", '{"a":1e999}'],
  ])("has no %s", (_, text) => {
    expect(accepts(text)).toBe(false);
  });

  test.each([
    "{}",
    '{"":[]}',
    '{"a":{},"b":[{}]}',
    '{"a":[0,-1,1.5,1e+21,1e-7,9007199254740991,12345678901234567000]}',
    '{"a":[true,false,null]}',
    '{"a":"\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u007f/é€🐝\u2028"}',
    '{"a\\"\\\\é":1,"a":1,"aé":1}',
  ])("accepts %s", (text) => {
    expect(accepts(text)).toBe(true);
  });

  test("goes 32 deep and no deeper", () => {
    const nested = (depth: number): string =>
      `${'{"a":'.repeat(depth - 1)}{}${"}".repeat(depth - 1)}`;
    expect(accepts(nested(DEPTH_MAX))).toBe(true);
    expect(accepts(nested(DEPTH_MAX + 1))).toBe(false);
    const lists = (depth: number): string =>
      `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    expect(accepts(lists(DEPTH_MAX))).toBe(true);
    expect(accepts(lists(DEPTH_MAX + 1))).toBe(false);
  });

  test("is well-formed UTF-8, as a strict decoder has it", () => {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    const decodes = (bytes: Uint8Array): boolean => {
      try {
        decoder.decode(bytes);
        return true;
      } catch {
        return false;
      }
    };
    const edges = [
      0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
    ];
    const wide = fc.constantFrom(...edges, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff);
    fc.assert(
      fc.property(fc.array(wide, { maxLength: 5 }), (inner) => {
        for (const [before, after] of [
          ['{"a":"', '"}'],
          ['{"', '":1}'],
        ] as const) {
          const bytes = Buffer.concat([
            Buffer.from(before),
            Uint8Array.from(inner),
            Buffer.from(after),
          ]);
          expect(scan(bytes) === bytes.length).toBe(decodes(Uint8Array.from(inner)));
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe("a commitment in canonical JSON", () => {
  const paths = (text: string): string[] => {
    expect(accepts(text)).toBe(true);
    return left.found.map(({ pathFrom, pathTo }) =>
      Buffer.from(left.paths.subarray(pathFrom, pathTo)).toString(),
    );
  };
  const committed = `{"commitment":"${DIGEST}"}`;

  test("is found with its path, in the order of the text", () => {
    expect(paths(`{"note":${committed},"list":[1,${committed},{"x":${committed}}]}`)).toEqual([
      "/note",
      "/list/1",
      "/list/2/x",
    ]);
  });

  test("has the path of RFC 6901, escaped as in JSON", () => {
    expect(paths(`{"a/b~c":{"\\"é\\\\":${committed}}}`)).toEqual(['/a~1b~0c/\\"é\\\\']);
  });

  test("is found where its path is longer than any before", () => {
    const long = "k".repeat(3000);
    expect(paths(`{"${long}":[${committed},${committed}]}`)).toEqual([`/${long}/0`, `/${long}/1`]);
  });

  test.each([
    ["of the whole data", committed],
    ["beside another key", `{"a":{"commitment":"${DIGEST}","b":1}}`],
    ["after another key", `{"a":{"b":1,"commitment":"${DIGEST}"}}`],
    ["that is no text", '{"a":{"commitment":1}}'],
    ["that is short", '{"a":{"commitment":"AAAA"}}'],
    ["of 33 bytes", `{"a":{"commitment":"${"A".repeat(44)}"}}`],
    ["in loose base64", `{"a":{"commitment":"${"A".repeat(42)}B="}}`],
  ])("%s is refused: the word is reserved", (_, text) => {
    expect(accepts(text)).toBe(false);
  });
});

test("what a string means comes out of it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = Buffer.from(`${JSON.stringify(text)}\n`);
      expect(scanString(bytes, 1)).toBe(bytes.length - 1);
      const into = new Uint8Array(bytes.length);
      const end = unescapeInto(bytes, 1, bytes.length - 2, into, 0);
      expect(Buffer.from(into.subarray(0, end)).toString()).toBe(text);
    }),
  );
});

test("a scan that begins at a failed place fails there", () => {
  expect(scanObject(ascii("{}\n"), ~7, left)).toBe(~7);
  expect(scanString(ascii('"\n'), ~7)).toBe(~7);
});
