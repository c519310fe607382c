import { describe, expect, test } from "vitest";
import type { Projection } from "./projection.ts";
import { difference, writtenRows } from "./written.ts";

const row = (id: string, value: unknown = 1) => ({ id, value });

describe("what has to be written", () => {
  test("is what came, what changed and what went, and nothing else", () => {
    const before = [row("a"), row("b"), row("c", null)];
    const after = [row("b", 2), row("a"), row("c", null), row("d")];
    expect(difference(before, after)).toEqual({ gone: [], changed: [row("b", 2), row("d")] });
    expect(difference(before, [row("a")])).toEqual({ gone: ["b", "c"], changed: [] });
    expect(difference([], after).changed).toEqual(after);
  });
});

describe("what is known to be written", () => {
  const rows = Array.from({ length: 300 }, (_, i) => row(`o${i}`));
  const large = { rows: { obligations: rows }, wakeAt: undefined, outbox: [] };
  const projection = large as unknown as Projection;

  test("is known once the batch is durable, under its version, and to one batch only", () => {
    const written = writtenRows();
    written.stage("incident/INC-1", 7, projection);
    expect(written.take("incident/INC-1", 7)).toBeUndefined();
    written.settle(true);
    expect(written.take("incident/INC-1", 7)).toBe(projection);
    expect(written.take("incident/INC-1", 7)).toBeUndefined();
  });

  test("is not known after a batch that may have failed, nor under another version", () => {
    const written = writtenRows();
    written.stage("incident/INC-1", 7, projection);
    written.settle(false);
    expect(written.take("incident/INC-1", 7)).toBeUndefined();
    written.stage("incident/INC-1", 7, projection);
    written.settle(true);
    expect(written.take("incident/INC-1", 8)).toBeUndefined();
    expect(written.take("incident/INC-1", 7)).toBeUndefined();
  });
});
