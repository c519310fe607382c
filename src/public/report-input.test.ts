/** A report is kept as it was written, once, and its case is open to nobody who lacks the link. */

import { describe, expect, test } from "vitest";
import { emptySignal } from "../core/signal/state.ts";
import { caseOf, opens, referenceIn, reportOf, wrongIn } from "./report-input.ts";

const ONCE = "o".repeat(43);
const report = (fields: Record<string, string>) =>
  reportOf(new URLSearchParams({ once: ONCE, ...fields }));

describe("a report", () => {
  test("needs to say what it is, and no more", () => {
    expect(wrongIn(report({}))).toEqual({ title: "Say in a few words what it is about." });
    expect(wrongIn(report({ title: "Listable bucket" }))).toEqual({});
  });

  test("that has only a long text is called by its first line", () => {
    expect(report({ text: "Anyone can list it.\r\nTwo names." })).toMatchObject({
      title: "Anyone can list it.",
      text: "Anyone can list it.\nTwo names.",
    });
  });

  test("with an address that cannot be one is asked again", () => {
    for (const mail of ["x", "a@b", "a@b.c d", "a@b.example\nBcc: c@d.example", "a,b@c.example"])
      expect(wrongIn(report({ title: "x", mail }))).toHaveProperty("mail");
    expect(wrongIn(report({ title: "x", mail: "ravi@researcher.example" }))).toEqual({});
  });

  test("can be stored and put into the head of a mail, whatever was typed", () => {
    const odd = report({ title: "a\0b\r\nc", name: "Ravi\nN." });
    expect([odd.title, odd.name]).toEqual(["a\uFFFDb c", "Ravi N."]);
  });

  test("names nobody by another name than is read: no mark turns the reading direction", () => {
    expect(report({ title: "proof \u202egnp.exe", name: "\u2066Ravi\u001b[2J N." })).toMatchObject({
      title: "proof gnp.exe",
      name: "Ravi [2J N.",
    });
  });

  test("says that it is used by others in one of three words, or not at all", () => {
    expect(report({ title: "x", exploited: "unknown" }).exploited).toBe("unknown");
    for (const exploited of ["constructor", "__proto__", "x".repeat(100_000)])
      expect(report({ title: "x", exploited }).exploited).toBe("");
  });

  test("too long for a field is told by how much", () => {
    expect(wrongIn(report({ title: "x".repeat(201) })).title).toMatch("201");
  });
});

describe("a case", () => {
  test("is the same for the same form, and another for another text or form", () => {
    const one = caseOf(report({ title: "a" }), 0);
    expect(caseOf(report({ title: "a" }), 0)).toEqual(one);
    expect(caseOf(report({ title: "b" }), 0)).not.toEqual(one);
    expect(caseOf(report({ title: "a", once: "p".repeat(43) }), 0)).not.toEqual(one);
    expect(caseOf(report({ title: "a" }), 1).reference).not.toBe(one.reference);
  });

  test("gets a random value of our own where the form brings none", () => {
    const [a, b] = ["", "short"].map((once) => caseOf(report({ title: "a", once }), 0));
    expect(a?.token).not.toBe(b?.token);
  });

  test("names its report, and opens by the whole link only", () => {
    const { token, reference } = caseOf(report({ title: "a" }), 0);
    const signal = { ...emptySignal(reference), caseToken: token };
    expect(referenceIn(token)).toBe(reference);
    expect(opens(signal, token)).toBe(true);
    expect(opens(signal, token.slice(0, -1))).toBe(false);
    expect(opens(emptySignal(reference), token)).toBe(false);
    for (const wrong of ["", "INC-7", "R-7QK4", "../x", `R-7QK4-M2.${"a".repeat(200)}`])
      expect(referenceIn(wrong)).toBeUndefined();
  });
});
