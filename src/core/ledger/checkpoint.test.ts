import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCheckpoint, parseCheckpoint, printCheckpoint, signCheckpoint } from "./checkpoint.ts";
import { seedSigner, signNote } from "./note.ts";
import { EMPTY_ROOT } from "./tree.ts";

const signer = seedSigner("fennel.example/ledger", new Uint8Array(32).fill(7));
const ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

describe("a checkpoint", () => {
  test("is read as it is printed", () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (size, root) => {
          const checkpoint = { origin: "fennel.example/ledger", size, root };
          expect(parseCheckpoint(printCheckpoint(checkpoint))).toEqual({
            ok: true,
            value: checkpoint,
          });
        },
      ),
    );
  });

  test("has three lines", () => {
    expect(printCheckpoint({ origin: "fennel.example/ledger", size: 0, root: EMPTY_ROOT })).toBe(
      "fennel.example/ledger\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
    );
  });

  test("opens for who knows the key that signed it", () => {
    const checkpoint = { origin: "fennel.example/ledger", size: 12, root: EMPTY_ROOT };
    const note = signCheckpoint(checkpoint, [signer]);
    expect(openCheckpoint(note, [signer.key])).toEqual({ ok: true, value: checkpoint });
    expect(openCheckpoint(note, []).ok).toBe(false);
  });

  test.each([
    ["no origin", `\n12\n${ROOT}\n`],
    ["two lines", "fennel.example/ledger\n12\n"],
    ["an extension line", `fennel.example/ledger\n12\n${ROOT}\nmore\n`],
    ["no newline at its end", `fennel.example/ledger\n12\n${ROOT}`],
    ["a size with leading zeros", `fennel.example/ledger\n012\n${ROOT}\n`],
    ["a size with a sign", `fennel.example/ledger\n+12\n${ROOT}\n`],
    ["a negative size", `fennel.example/ledger\n-12\n${ROOT}\n`],
    ["a size in hex", `fennel.example/ledger\n0xc\n${ROOT}\n`],
    ["a size with a fraction", `fennel.example/ledger\n1.5\n${ROOT}\n`],
    ["no size", `fennel.example/ledger\n\n${ROOT}\n`],
    ["a size that no number holds exactly", `fennel.example/ledger\n9007199254740993\n${ROOT}\n`],
    ["a root that is too short", "fennel.example/ledger\n12\nAAAA\n"],
    ["a root in loose base64", `fennel.example/ledger\n12\n${ROOT.replace("I=", "J=")}\n`],
  ])("with %s is refused, signed or not", (_, text) => {
    const parsed = parseCheckpoint(text);
    expect(parsed.ok ? "ok" : parsed.problems[0].code).toBe("checkpoint-malformed");
    if (!text.endsWith("\n")) return;
    const opened = openCheckpoint(signNote(text, [signer]), [signer.key]);
    expect(opened.ok ? "ok" : opened.problems[0].code).toBe("checkpoint-malformed");
  });
});
