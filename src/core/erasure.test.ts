import { describe, expect, test } from "vitest";
import { afterErasure, ERASED, type EraseEntry, eraseEntry, privateTexts } from "./erasure.ts";
import type { AnyEvent } from "./event.ts";
import type { Recorded } from "./recorded.ts";
import type { Instant } from "./time/instant.ts";

const added: AnyEvent = {
  type: "CustomerAdded",
  customer: "cus_1",
  name: "Meridian Health",
  contact: { name: "Cleo", mail: "cleo@meridian.example" },
  stage: "production",
};
const entries: readonly Recorded<AnyEvent>[] = [
  { version: 1, id: "e1", at: 0 as Instant, by: "account/ac_ada", event: added },
];
const erase = (paths: readonly string[], more: Partial<EraseEntry> = {}) => {
  const decided = eraseEntry(entries, {
    type: "EraseEntry",
    entry: "e1",
    paths,
    basis: "Art. 17 GDPR, asked by mail",
    ...more,
  });
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
};

describe("erasing", () => {
  test("names every text under what was asked for", () => {
    expect(erase(["/contact"])).toEqual([
      {
        type: "Erased",
        entry: "e1",
        paths: ["/contact/name", "/contact/mail"],
        basis: "Art. 17 GDPR, asked by mail",
      },
    ]);
  });

  test("twice of the same text names it once", () => {
    expect(erase(["/contact", "/contact/mail"])).toMatchObject([
      { paths: ["/contact/name", "/contact/mail"] },
    ]);
  });

  test("of what belongs to the proof is refused", () => {
    expect(erase(["/stage"])).toEqual(["path-not-private"]);
    expect(erase(["/customer", "/contact/fax"])).toEqual(["path-not-private", "path-empty"]);
  });

  test("of an entry that is not there, or without a basis, is refused", () => {
    expect(erase(["/name"], { entry: "e2" })).toEqual(["entry-unknown"]);
    expect(erase(["/name"], { basis: " " })).toEqual(["text-missing"]);
  });

  test("leaves everything else as it was, and cannot be done again", () => {
    const [erased] = erase(["/contact/mail"]);
    if (typeof erased !== "object") throw new Error("refused");
    const after = afterErasure(entries, erased);
    expect(after[0]?.event).toEqual({
      ...added,
      contact: { name: "Cleo", mail: ERASED },
    });
    const again = eraseEntry(after, {
      type: "EraseEntry",
      entry: "e1",
      paths: ["/contact/mail"],
      basis: "x",
    });
    expect(again.ok).toBe(false);
  });

  test("reaches lists and records, by JSON Pointer", () => {
    const review: AnyEvent = {
      type: "ReviewWritten",
      text: "Ada slept",
      answers: { "0": "a", "a/b": "c" },
    };
    expect(privateTexts(review).map(({ path }) => path)).toEqual([
      "/text",
      "/answers/0",
      "/answers/a~1b",
    ]);
  });
});
