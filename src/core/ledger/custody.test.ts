import { describe, expect, test } from "vitest";
import type { Checkpoint } from "./checkpoint.ts";
import { custody } from "./custody.ts";
import { consistencyProof } from "./proof.ts";
import { leafHash, rootOf } from "./tree.ts";

const history = (story: string, size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, n) => leafHash(Buffer.from(`${story} ${n}`)));

const checkpointOf = (story: string, size: number): Checkpoint => ({
  origin: "fennel.example/ledger",
  size,
  root: rootOf(history(story, size)),
});

const codeOf = (...args: Parameters<typeof custody>): string => {
  const result = custody(...args);
  return result.ok ? "ok" : result.problems[0].code;
};

describe("two checkpoints", () => {
  test("of one growing ledger are both true", () => {
    for (let size = 0; size <= 20; size++) {
      const proof = consistencyProof(history("one", 20), size);
      expect(codeOf(checkpointOf("one", size), checkpointOf("one", 20), proof)).toBe("ok");
    }
  });

  test("of one size with two roots are a fork", () => {
    expect(codeOf(checkpointOf("one", 9), checkpointOf("other", 9), [])).toBe("checkpoints-forked");
  });

  test("contradict each other when the later tree does not contain the earlier", () => {
    const proof = consistencyProof(history("other", 20), 9);
    expect(codeOf(checkpointOf("one", 9), checkpointOf("other", 20), proof)).toBe(
      "checkpoints-inconsistent",
    );
  });

  test("show a rollback when the later one is smaller", () => {
    expect(codeOf(checkpointOf("one", 9), checkpointOf("one", 8), [])).toBe("checkpoint-shrunk");
  });

  test("of two ledgers are not compared", () => {
    const other = { ...checkpointOf("one", 9), origin: "kestrel.example/ledger" };
    expect(codeOf(checkpointOf("one", 9), other, [])).toBe("checkpoint-origin-differs");
  });

  test("are not called inconsistent for a proof that is merely damaged", () => {
    expect(codeOf(checkpointOf("one", 9), checkpointOf("one", 20), [])).toBe("proof-malformed");
  });
});
