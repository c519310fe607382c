import { describe, expect, test } from "vitest";
import { BESIDE, checked, GOOD, MERIDIAN, saying } from "../../../../test/notices.ts";
import { checkNotice } from "./check.ts";
import type { NoticeBeside } from "./finding.ts";

const FILED = {
  where: "GDPR, sa-notification",
  numbers: [{ kind: "people", value: 4112 }],
  days: { aware: ["2026-11-20"], began: ["2026-11-03"] },
};
const beside = (text: string, more: Partial<NoticeBeside> = {}) =>
  checkNotice(checked(saying(text), { filed: [FILED], ...more })).filter(
    ({ code }) => code === "differs-from-filing",
  );

describe("a notice beside a filing", () => {
  test("with the same numbers and days has nothing said against it", () => {
    expect(
      beside(
        "It began on 3 Nov 2026. We became aware on 20 November 2026. It concerns 4,112 people.",
      ),
    ).toEqual([]);
  });

  test("with a number that is neither filed nor told is blocked, and says what was filed", () => {
    expect(beside("It concerns 5,000 people.")).toMatchObject([
      { level: "block", words: "5,000 people", message: expect.stringContaining("4112 people") },
    ]);
  });

  test("with the number that is held now, and was not when it was filed, is asked to follow up", () => {
    const numbers = [{ noun: "people", value: 5000 }];
    expect(beside("It concerns 5,000 people.", { numbers })).toMatchObject([
      { level: "warn", message: expect.stringContaining("file a follow-up") },
    ]);
  });

  test("with another day of becoming aware is left to whoever reads it back", () => {
    expect(beside("We discovered it on 21 Nov 2026, 10:00 CET.")).toMatchObject([
      { level: "warn", message: expect.stringContaining("2026-11-20") },
    ]);
    expect(beside("We write again on 27 Nov 2026, 10:00 CET.")).toEqual([]);
  });
});

describe("what a provider says, quoted", () => {
  const QUOTED = [
    "Our sign-in provider tells us this.",
    "> We have confirmed that 500,000 people are affected since 07:15; probably more.",
    "> -- Gatehouse, 2026-11-22 07:30 UTC, https://status.gatehouse.example/i/42",
  ].join("\n");
  const beside: NoticeBeside = {
    ...BESIDE,
    numbers: [{ noun: "people", value: 4112 }],
    facts: [{ says: "people are affected", state: "suspected" }],
  };
  const found = (text: string, more: Partial<NoticeBeside> = {}) =>
    checkNotice({
      content: {
        ...GOOD,
        slots: GOOD.slots.map((slot) => (slot.element === "what-data" ? { ...slot, text } : slot)),
      },
      recipients: [MERIDIAN],
      beside: { ...beside, ...more },
    })
      .filter(({ at }) => at === "/slots/what-data")
      .map(({ code }) => code);

  test("is no claim of ours: not its numbers, its certainty, its times or its wording", () => {
    expect(found(QUOTED)).toEqual([]);
    const ours = QUOTED.replaceAll("> ", "");
    expect(found(ours)).toEqual(
      expect.arrayContaining([
        "number-differs",
        "confirmed-over-suspected",
        "time-without-zone",
        "speculates",
      ]),
    );
  });

  test("names its source, and leaves us something to say", () => {
    const lines = QUOTED.split("\n");
    expect(found(lines.slice(0, 2).join("\n"))).toContain("quote-unsourced");
    expect(found(lines.slice(1).join("\n"))).toEqual(["quote-alone"]);
  });

  test("lets no other customer's name out", () => {
    const customers = [{ id: "cus_2", name: "Kestrel Bank" }];
    expect(found(QUOTED.replace("500,000 people", "Kestrel Bank"), { customers })).not.toEqual([]);
  });
});
