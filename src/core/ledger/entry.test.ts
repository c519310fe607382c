import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Result } from "../problem.ts";
import {
  ERASED_TEXT,
  type EntryHead,
  type JsonObject,
  openEntry,
  parseEntry,
  sealEntry,
} from "./entry.ts";
import { sampleId } from "./sample-ledger.ts";
import { ENTRY_BYTES_MAX } from "./scan.ts";

const HEAD: EntryHead = {
  id: sampleId(12),
  nonce: "fkevFY6dtU_F5JAplvU2Cg",
  subject: "incident/INC-7",
  version: 12,
  type: "FactRecorded",
  at: 1_795_467_900_000,
  by: "account/ac_ada",
};

let salts = 0;
const saltOf = (): Uint8Array => new Uint8Array(32).fill(++salts);
const seal = (data: JsonObject, privateFields: readonly string[] = [], head = HEAD) =>
  sealEntry(head, data, { privateFields, saltOf });

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.problems[0].message);
  return result.value;
};
const codeOf = (result: Result<unknown>): string => (result.ok ? "ok" : result.problems[0].code);

describe("sealing", () => {
  test("writes one line, its head in the order of the format", () => {
    expect(value(seal({ claim: "exposed", since: 1 })).text).toBe(
      '{"v":1,"id":"019ab1c2-0000-7000-8000-00000000000c","nonce":"fkevFY6dtU_F5JAplvU2Cg",' +
        '"subject":"incident/INC-7","version":12,"type":"FactRecorded","at":1795467900000,' +
        '"by":"account/ac_ada","data":{"claim":"exposed","since":1}}',
    );
  });

  test("leaves no private text in the entry, at whatever depth it stands", () => {
    const data = {
      note: "alpha",
      evidence: ["beta", { line: "gamma", count: 3 }],
      recipients: [
        { address: "delta", language: "de" },
        { address: "epsilon", language: "en" },
      ],
      summary: "stays",
    };
    const { text, disclosures } = value(seal(data, ["note", "evidence", "recipients/address"]));
    expect(disclosures.map(({ path, value: hidden }) => [path, hidden])).toEqual([
      ["/note", "alpha"],
      ["/evidence/0", "beta"],
      ["/evidence/1/line", "gamma"],
      ["/recipients/0/address", "delta"],
      ["/recipients/1/address", "epsilon"],
    ]);
    for (const word of ["alpha", "beta", "gamma", "delta", "epsilon"])
      expect(text).not.toContain(word);
    for (const word of ["stays", '"count":3', '"language":"de"']) expect(text).toContain(word);
  });

  test("takes a new salt for every field", () => {
    const { disclosures } = value(seal({ a: "same", b: "same" }, ["a", "b"]));
    const [first, second] = disclosures;
    expect(first?.salt).not.toEqual(second?.salt);
  });

  test("does not take a field for another that only begins like it", () => {
    expect(
      value(seal({ note: { text: "x" }, notes: "y" }, ["note/text"])).disclosures,
    ).toHaveLength(1);
    expect(value(seal({ note: "x" }, ["note/text"])).disclosures).toHaveLength(0);
  });

  test("spells a path as RFC 6901 does", () => {
    const { disclosures } = value(seal({ labels: { "a/b~c": "x" } }, ["labels"]));
    expect(disclosures[0]?.path).toBe("/labels/a~1b~0c");
  });

  test("keeps a key that has a meaning in JavaScript", () => {
    const data = JSON.parse('{"__proto__":{"a":"x"}}');
    expect(value(seal(data)).text).toContain('"data":{"__proto__":{"a":"x"}}');
  });

  test("accepts 65,535 bytes and refuses one more", () => {
    const empty = value(seal({ text: "" })).text.length;
    const fits = value(seal({ text: "x".repeat(ENTRY_BYTES_MAX - empty) }));
    expect(fits.text).toHaveLength(ENTRY_BYTES_MAX);
    expect(codeOf(parseEntry(fits.text))).toBe("ok");
    expect(codeOf(seal({ text: "x".repeat(ENTRY_BYTES_MAX - empty + 1) }))).toBe("entry-too-large");
    expect(codeOf(seal({ text: "é".repeat((ENTRY_BYTES_MAX - empty) / 2 + 1) }))).toBe(
      "entry-too-large",
    );
  });

  test("refuses the reserved key, and says where it stands", () => {
    const refused = seal({ labels: [{ commitment: "x" }] });
    expect(refused.ok ? "" : refused.problems[0]).toMatchObject({
      code: "entry-commitment-reserved",
      at: "/labels/0/commitment",
    });
  });

  test("refuses half a character, in clear text and in private text", () => {
    expect(codeOf(seal({ text: "a\ud83d" }))).toBe("entry-malformed");
    expect(codeOf(seal({ ["a\ud83d"]: 1 }))).toBe("entry-malformed");
    const hidden = seal({ note: "a\ud83d" }, ["note"]);
    expect(hidden.ok ? "" : hidden.problems[0].at).toBe("/note");
  });

  test("throws at a number that is none: JSON would have written null", () => {
    expect(() => seal({ since: Number.NaN })).toThrow("/since");
    expect(() => seal({ list: [Number.POSITIVE_INFINITY] })).toThrow("/list/0");
  });

  test.each<[string, Partial<EntryHead>]>([
    ["an id that is no UUID", { id: "INC-7" }],
    ["a UUID of another version", { id: HEAD.id.replace("-7000-", "-4000-") }],
    ["a UUID of another variant", { id: HEAD.id.replace("-8000-", "-c000-") }],
    ["a UUID in capitals", { id: HEAD.id.toUpperCase() }],
    ["a nonce that is short", { nonce: "fkevFY6dtU_F5JAplvU2C" }],
    ["a nonce with stray bits", { nonce: "fkevFY6dtU_F5JAplvU2Ch" }],
    ["a nonce in the other base64", { nonce: "fkevFY6dtU+F5JAplvU2Cg" }],
    ["no subject", { subject: "" }],
    ["a subject with a quote", { subject: 'incident/"' }],
    ["a subject with a space", { subject: "incident/INC 7" }],
    ["a subject that is too long", { subject: `i${"x".repeat(128)}` }],
    ["version 0", { version: 0 }],
    ["a version with a fraction", { version: 1.5 }],
    ["a version beyond what a number holds", { version: 2 ** 53 }],
    ["a type in small letters", { type: "factRecorded" }],
    ["a type that is too long", { type: `F${"x".repeat(64)}` }],
    ["an instant before 1970", { at: -1 }],
    ["an instant beyond what a Date holds", { at: 8_640_000_000_000_001 }],
    ["an actor with a name", { by: "Ana Keller" }],
  ])("refuses %s", (_, change) => {
    expect(codeOf(seal({}, [], { ...HEAD, ...change }))).toBe("entry-malformed");
  });

  test("accepts the longest head", () => {
    const head = {
      ...HEAD,
      subject: `i${"x".repeat(127)}`,
      type: `F${"x".repeat(63)}`,
      version: Number.MAX_SAFE_INTEGER,
      at: 8_640_000_000_000_000,
    };
    expect(codeOf(seal({}, [], head))).toBe("ok");
  });
});

describe("parsing", () => {
  test("gives back head and data", () => {
    const data = { claim: "exposed", list: [1, null, { deep: true }] };
    expect(value(parseEntry(value(seal(data)).text))).toEqual({ head: HEAD, data });
  });

  const { text } = value(seal({ claim: "exposed" }));
  test.each([
    ["nothing", ""],
    ["no JSON", "entry"],
    ["a newline at the end", `${text}\n`],
    ["a second object", `${text}{}`],
    ["another format", text.replace('"v":1', '"v":2')],
    ["white space", text.replace('"v":1,', '"v":1, ')],
    ["another order", text.replace(/("id":".*?"),("nonce":".*?")/, "$2,$1")],
    ["a member too many", text.replace(',"data"', ',"more":1,"data"')],
    ["a member too few", text.replace(/"by":".*?",/, "")],
    ["data that is a list", text.replace(/"data":.*$/, '"data":[]}')],
    ["a version with leading zeros", text.replace('"version":12', '"version":012')],
    ["half a character", text.replace("exposed", "\ud83d")],
  ])("refuses %s", (_, damaged) => {
    expect(codeOf(parseEntry(damaged))).toBe("entry-malformed");
  });

  test("refuses what is too large before it looks at it", () => {
    expect(codeOf(parseEntry("x".repeat(ENTRY_BYTES_MAX + 1)))).toBe("entry-too-large");
  });

  test("accepts everything that was sealed", () => {
    const data = fc.dictionary(
      fc.string({ unit: "grapheme-ascii" }).filter((key) => key !== "commitment"),
      fc.oneof(fc.string({ unit: "binary" }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    );
    fc.assert(
      fc.property(data, (fields) => {
        const sealed = value(seal(fields, Object.keys(fields).slice(0, 1)));
        expect(codeOf(parseEntry(sealed.text))).toBe("ok");
        const opened = value(openEntry(sealed.text, sealed.disclosures));
        expect(opened.data).toEqual(JSON.parse(JSON.stringify(fields)));
        expect(opened.missing).toEqual([]);
      }),
    );
  });
});

describe("opening", () => {
  const data = { note: "alpha", list: ["beta", 3, null], open: { a: true } };
  const sealed = value(seal(data, ["note", "list"]));

  test("puts every value back in its place", () => {
    expect(value(openEntry(sealed.text, sealed.disclosures))).toEqual({
      head: HEAD,
      data,
      missing: [],
    });
  });

  test("shows what is gone as erased, and names it", () => {
    const opened = value(openEntry(sealed.text, sealed.disclosures.slice(1)));
    expect(opened.data.note).toBe(ERASED_TEXT);
    expect(opened.missing).toEqual(["/note"]);
    expect(value(openEntry(sealed.text, [])).missing).toEqual(["/note", "/list/0"]);
  });

  test("refuses a value or a salt that is not the one it was sealed with", () => {
    const [note, ...rest] = sealed.disclosures;
    if (note === undefined) throw new Error("a disclosure");
    for (const change of [{ value: "omega" }, { salt: new Uint8Array(32) }]) {
      const refused = openEntry(sealed.text, [{ ...note, ...change }, ...rest]);
      expect(refused.ok ? "" : refused.problems[0]).toMatchObject({
        code: "commitment-broken",
        at: "/note",
      });
    }
  });

  test("refuses a value that is moved to another place or another entry", () => {
    const [note, first] = sealed.disclosures;
    if (note === undefined || first === undefined) throw new Error("disclosures");
    const swapped = [
      { ...note, path: first.path },
      { ...first, path: note.path },
    ];
    expect(codeOf(openEntry(sealed.text, swapped))).toBe("commitment-broken");
    const other = sealed.text.replace(HEAD.id, sampleId(13));
    expect(codeOf(openEntry(other, sealed.disclosures))).toBe("commitment-broken");
  });

  test("refuses a value for a place where nothing is withheld", () => {
    const stray = { path: "/open/a", salt: new Uint8Array(32), value: "x" };
    expect(codeOf(openEntry(sealed.text, [...sealed.disclosures, stray]))).toBe(
      "disclosure-misplaced",
    );
  });

  test("refuses what is no entry", () => {
    expect(codeOf(openEntry("{}", []))).toBe("entry-malformed");
  });
});
