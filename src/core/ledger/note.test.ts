import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Result } from "../problem.ts";
import { toBase64 } from "./base64.ts";
import {
  NOTE_SIGNATURES_MAX,
  type NoteKey,
  openNote,
  parseNote,
  parseVkey,
  printNote,
  printVkey,
  seedSigner,
  signNote,
  toNoteKey,
} from "./note.ts";
import { toUtf8 } from "./utf8.ts";

/** The worked example of https://c2sp.org/signed-note@v1.0.0. */
const SPEC_VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const SPEC_NOTE =
  "This is an example message.\n\n— example.com/foo " +
  "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.problems[0].message);
  return result.value;
};
const codeOf = (result: Result<unknown>): string => (result.ok ? "ok" : result.problems[0].code);

const seed = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);
const ada = seedSigner("fennel.example/ledger", seed(1));
const ben = seedSigner("fennel.example/ledger", seed(2));
const witness = seedSigner("witness.example/w1", seed(3));
const TEXT = "fennel.example/ledger\n\nand a line after an empty one\n";

describe("the specification's own note", () => {
  const key = value(parseVkey(SPEC_VKEY));

  test("opens with the specification's own key", () => {
    expect(key.name).toBe("example.com/foo");
    expect(key.id).toBe("530d903a");
    expect(printVkey(key)).toBe(SPEC_VKEY);
    expect(value(openNote(SPEC_NOTE, [key])).text).toBe("This is an example message.\n");
    expect(printNote(value(parseNote(SPEC_NOTE)))).toBe(SPEC_NOTE);
  });

  test("does not open once a letter of its text has changed", () => {
    expect(codeOf(openNote(SPEC_NOTE.replace("This", "this"), [key]))).toBe("signature-wrong");
  });
});

describe("a note", () => {
  test("opens for each of its signers, and tells which keys vouch for it", () => {
    const note = signNote(TEXT, [ada, ben, witness]);
    for (const { key } of [ada, ben, witness]) {
      const opened = value(openNote(note, [key]));
      expect(opened.text).toBe(TEXT);
      expect(opened.signatures.map(({ id }) => id)).toEqual([key.id]);
    }
  });

  test("takes a name and an id together: neither alone makes a known key", () => {
    const note = signNote(TEXT, [ada]);
    const renamed = toNoteKey("other.example/ledger", ada.key.publicKey);
    expect(codeOf(openNote(note, [renamed]))).toBe("note-unsigned");
    expect(codeOf(openNote(note, [ben.key]))).toBe("note-unsigned");
    expect(codeOf(openNote(note, []))).toBe("note-unsigned");
  });

  test("is refused whole when one known key fails, though another holds", () => {
    const parsed = value(parseNote(signNote(TEXT, [ada, ben])));
    const [first, second] = parsed.signatures;
    if (first === undefined || second === undefined) throw new Error("two signatures");
    const forged = { ...second, signature: first.signature };
    const note = printNote({ text: TEXT, signatures: [first, forged] });
    expect(codeOf(openNote(note, [ada.key, ben.key]))).toBe("signature-wrong");
    expect(codeOf(openNote(note, [ada.key]))).toBe("ok");
  });

  test("keeps a witness's cosignature, of another type and length, without checking it", () => {
    const cosignature = {
      name: "witness.example/w1",
      id: "8d66cf3f",
      signature: new Uint8Array(72),
    };
    const parsed = value(parseNote(signNote(TEXT, [ada])));
    const note = printNote({ text: TEXT, signatures: [cosignature, ...parsed.signatures] });
    expect(value(parseNote(note)).signatures).toHaveLength(2);
    expect(value(openNote(note, [ada.key])).signatures.map(({ id }) => id)).toEqual([ada.key.id]);
  });

  test("of a known key with a signature of another length is refused", () => {
    const { name, id } = ada.key;
    const short = printNote({ text: TEXT, signatures: [{ name, id, signature: seed(0) }] });
    expect(codeOf(openNote(short, [ada.key]))).toBe("signature-wrong");
  });

  test("may carry sixteen signatures, and sixty-four, but not one more", () => {
    const signers = (count: number) => Array.from({ length: count }, () => witness);
    expect(codeOf(parseNote(signNote(TEXT, signers(16))))).toBe("ok");
    const [line] = value(parseNote(signNote(TEXT, [witness]))).signatures;
    if (line === undefined) throw new Error("a signature");
    const many = (count: number) => printNote({ text: TEXT, signatures: Array(count).fill(line) });
    expect(codeOf(parseNote(many(NOTE_SIGNATURES_MAX)))).toBe("ok");
    expect(codeOf(parseNote(many(NOTE_SIGNATURES_MAX + 1)))).toBe("note-malformed");
  });

  test("whatever its text, opens as what was signed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (words) => {
        const text = `${words.replace(/[^ -\u{10ffff}]/gu, "\n")}\n`;
        const note = signNote(text, [ada]);
        expect(value(openNote(note, [ada.key])).text).toBe(text);
      }),
      { numRuns: 12 },
    );
  });

  const good = signNote("text\n", [ada]);
  test.each([
    ["has no empty line", good.replace("\n\n", "\n")],
    ["has no signature", "text\n\n"],
    ["does not end in a newline", good.slice(0, -1)],
    ["has a carriage return", good.replace("text\n", "text\r\n")],
    ["has a zero byte", good.replace("text", "te\0t")],
    ["holds half a character", good.replace("text", "\ud83d")],
    ["has a hyphen for the em dash", good.replace("—", "-")],
    ["has two spaces", good.replace("— ", "—  ")],
    ["has something after the base64", good.replace(/\n$/, " x\n")],
    [
      "has base64 with a stray bit",
      good.replace(/.=\n$/, (end) => `${end[0] === "B" ? "C" : "B"}=\n`),
    ],
    ["has base64 without padding", good.replace(/=+\n$/, "\n")],
    ["has a signature of four bytes", "text\n\n— name AAAAAA==\n"],
    ["has a key name with a plus", "text\n\n— na+me AAAAAAA=\n"],
    ["has a key name with a wide space", "text\n\n— na\u2003me AAAAAAA=\n"],
    ["has a key name with a control character", "text\n\n— na\u0001me AAAAAAA=\n"],
    ["has a key name with half a character", "text\n\n— na\ud83dme AAAAAAA=\n"],
  ])("is refused when it %s", (_, note) => {
    expect(codeOf(parseNote(note))).toBe("note-malformed");
    expect(codeOf(openNote(note, [ada.key]))).toBe("note-malformed");
  });

  test("is never signed over a text that could not be read back: that is a bug of ours", () => {
    expect(() => signNote("no newline", [ada])).toThrow("newline");
    expect(() => signNote("a\tb\n", [ada])).toThrow("controls");
    expect(() => toNoteKey("two words", seed(1))).toThrow("name");
    expect(() => toNoteKey("name", new Uint8Array(31))).toThrow("32 bytes");
  });
});

describe("a key", () => {
  test("is passed on as a vkey and comes back", () => {
    expect(value(parseVkey(printVkey(ada.key)))).toEqual(ada.key);
  });

  const vkey = printVkey(ada.key);
  const cosigner = toBase64(Uint8Array.of(4, ...ada.key.publicKey));
  test.each([
    ["without its parts", "fennel.example/ledger", "vkey-malformed"],
    [
      "with an id that is not its own",
      vkey.replace(/\+[0-9a-f]{8}\+/, "+00000000+"),
      "vkey-malformed",
    ],
    [
      "with an id in capitals",
      vkey.replace(/\+[0-9a-f]{8}\+/, (id) => id.toUpperCase()),
      "vkey-malformed",
    ],
    ["with another name", vkey.replace("fennel", "kestrel"), "vkey-malformed"],
    ["with a space in its name", vkey.replace("fennel.", "fennel "), "vkey-malformed"],
    ["that is too short", `name+00000000+${toBase64(Uint8Array.of(1, 2, 3))}`, "vkey-malformed"],
    ["of one byte", `name+00000000+${toBase64(Uint8Array.of(1))}`, "vkey-malformed"],
    ["in loose base64", `${vkey} `, "vkey-malformed"],
    ["of a witness's type", `witness.example+00000000+${cosigner}`, "vkey-type-unknown"],
  ])("%s is refused", (_, text, code) => {
    expect(codeOf(parseVkey(text))).toBe(code);
  });
});

describe("Node's own Ed25519", () => {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed(1)]);
  const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const spkiOf = (publicKey: Uint8Array) =>
    createPublicKey({
      key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]),
      format: "der",
      type: "spki",
    });

  test("signs the same bytes, and either side opens what the other signed", () => {
    const native = { key: ada.key, sign: (message: Uint8Array) => sign(null, message, privateKey) };
    const check = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean =>
      verify(null, message, spkiOf(publicKey), signature);
    expect(signNote(TEXT, [native])).toBe(signNote(TEXT, [ada]));
    expect(codeOf(openNote(signNote(TEXT, [ada]), [ada.key], check))).toBe("ok");
    expect(codeOf(openNote(SPEC_NOTE, [value(parseVkey(SPEC_VKEY))], check))).toBe("ok");
  });
});

test("a key of small order, under which one signature fits every text, vouches for none", () => {
  const identity = Uint8Array.of(1, ...new Uint8Array(31));
  const key = toNoteKey("fennel.example/ledger", identity);
  const signature = Uint8Array.of(...identity, ...new Uint8Array(32));
  const note = printNote({ text: TEXT, signatures: [{ ...key, signature }] });
  expect(codeOf(openNote(note, [key]))).toBe("signature-wrong");
});

test("a signature with its scalar raised by the group order is not a second spelling", () => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const key: NoteKey = ada.key;
  const [made] = value(parseNote(signNote(TEXT, [ada]))).signatures;
  if (made === undefined) throw new Error("a signature");
  let scalar = 0n;
  for (let i = 63; i >= 32; i--) scalar = scalar * 256n + BigInt(made.signature[i] as number);
  const raised = made.signature.slice();
  let rest = scalar + order;
  for (let i = 32; i < 64; i++, rest /= 256n) raised[i] = Number(rest % 256n);
  const note = printNote({ text: TEXT, signatures: [{ ...made, signature: raised }] });
  expect(codeOf(openNote(note, [key]))).toBe("signature-wrong");
  expect(toUtf8(note).length).toBe(toUtf8(signNote(TEXT, [ada])).length);
});
