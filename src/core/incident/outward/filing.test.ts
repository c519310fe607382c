import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openFields, packText } from "../../filing/pack.ts";
import { parseRegimes } from "../../law/parse-regimes.ts";
import type { Regime } from "../../law/regime.ts";
import { ADA, BEN, context } from "../../policy/fennel.ts";
import { toIso } from "../../time/instant.ts";
import { hashOf } from "../../filing/contents.ts";
import { stageIn } from "./filing.ts";
import { fieldsOf, filingPack } from "./filing-pack.ts";
import { exposed, given, LAWFUL, OPENED, owed, type Said, severity, time, when } from "../given.ts";
import type { IncidentEvent } from "../incident.ts";
import type { Incident } from "../state.ts";

const parsed = parseRegimes(readFileSync("regimes/eu.yaml", "utf8"));
if (!parsed.ok) throw new Error(parsed.problems[0].message);
const regime = (id: string): Regime => {
  const found = parsed.value.regimes.find((one) => one.id === id);
  if (!found) throw new Error(`no regime ${id}`);
  return found;
};

const looking = (...ids: readonly string[]): readonly IncidentEvent[] =>
  ids.map((id) => ({ type: "RegimeOpened", regime: regime(id) }));
const told = (name: string, value: string | number | boolean): IncidentEvent => ({
  type: "FactTold",
  name,
  value,
});

const GDPR: readonly Said[] = [OPENED, exposed("confirmed"), ...looking("gdpr-33-1")];
const SA = { regime: "gdpr-33-1", stage: "sa-notification" } as const;
const SA_OWED = "gdpr-33-1-sa-notification@authority:sa";

const FILINGS = { fields: fieldsOf, pack: filingPack };

/** What the command itself says; what time alone has missed by then is another's test. */
const withoutMisses = <T>(said: readonly T[]): readonly T[] =>
  said.filter(
    (one) => typeof one === "string" || (one as IncidentEvent).type !== "ObligationMissed",
  );

const file = (incident: Incident, at: string, more: object = {}) =>
  withoutMisses(
    when(
      incident,
      at,
      { type: "RecordFiling", ...SA, ...more },
      { policy: LAWFUL, filings: FILINGS },
    ) as readonly (IncidentEvent | string)[],
  );

const write = (incident: Incident, more: object = {}) =>
  when(
    incident,
    "19:00",
    { type: "WriteFilingField", ...SA, field: "consequences", text: "None seen.", ...more },
    { policy: LAWFUL, filings: FILINGS },
  );

const packAt = (incident: Incident, at: string, of: { regime: string; stage: string } = SA) => {
  const stage = stageIn(incident.law?.regimes ?? [], of.regime, of.stage);
  if (!stage) throw new Error("no such stage");
  return filingPack(incident, stage, context(time(at), { policy: LAWFUL }));
};
const fieldOf = (pack: ReturnType<typeof packAt>, id: string) => {
  const field = pack.fields.find((one) => one.id === id);
  if (!field) throw new Error(`no field ${id}`);
  return field;
};

/** The incident after what is said and then decided. */
const after = (said: readonly Said[], at: string, decided: readonly unknown[]): Incident =>
  given(...said, at, ...(decided as readonly IncidentEvent[]));

describe("a pack", () => {
  test("fills each field from the record, and says from where and how sure", () => {
    const incident = given(
      OPENED,
      severity("critical"),
      exposed("suspected"),
      ...looking("gdpr-33-1"),
      told("individuals", 4112),
    );
    const pack = packAt(incident, "19:00");
    expect(fieldOf(pack, "subject-count")).toMatchObject({
      value: "4112",
      held: "recorded",
      source: "Told of this incident: How many individuals.",
    });
    const nature = fieldOf(pack, "nature");
    expect(nature).toMatchObject({ held: "suspected", source: "Facts of entry 3." });
    expect(nature.value).toMatch(/^Suspected, not confirmed \(Fri 20 Nov 2026/);
    expect(fieldOf(pack, "consequences")).toMatchObject({ held: "unknown" });
    expect(fieldOf(pack, "consequences").value).toBeUndefined();
  });

  test("is only as sure as its least sure fact, until that is confirmed", () => {
    const confirmed = fieldOf(packAt(given(...GDPR), "19:00"), "nature");
    expect(confirmed.held).toBe("confirmed");
    expect(confirmed.value).toMatch(/^Confirmed/);
  });

  test("says which fields are open, and prints every field in the form's order", () => {
    const pack = packAt(given(...GDPR), "19:00");
    expect(openFields(pack).map(({ id }) => id)).toEqual([
      "contact-name",
      "contact-mail",
      "contact-phone",
      "dpo",
      "consequences",
      "measures-taken",
      "measures-proposed",
    ]);
    const text = packText(pack);
    expect(text.indexOf("WHO NOTIFIES")).toBeLessThan(text.indexOf("THE BREACH"));
    expect(text).toContain("Likely consequences for the people concerned\nNot known yet.");
  });

  test("has the same hash as long as it says the same, and another one when it does not", () => {
    const incident = given(...GDPR);
    const [early, late] = [packAt(incident, "19:00"), packAt(incident, "23:00")];
    expect(early.hash).toBe(late.hash);
    expect(early.hash).toBe(hashOf(early.contents));
    const more = given(...GDPR, told("individuals", 12));
    expect(packAt(more, "19:00").hash).not.toBe(early.hash);
  });

  test("is there for each stage that a law has, by its own id or the one it is reported under", () => {
    const incident = given(...GDPR);
    expect(
      packAt(incident, "19:00", { regime: "gdpr-33-4", stage: "further-information" }),
    ).toMatchObject({
      regime: { id: "gdpr-33-1" },
      stage: "further-information",
    });
  });
});

describe("words in a field", () => {
  test("stand before what the record fills in, and under the name of who wrote them", () => {
    const incident = after(
      GDPR,
      "18:30",
      write(given(...GDPR), { field: "nature", text: "Ours." }),
    );
    expect(fieldOf(packAt(incident, "19:00"), "nature")).toMatchObject({
      value: "Ours.",
      held: "written",
      revision: 1,
      source: expect.stringMatching(/^Written by Ada/),
    });
  });

  test("taken out again leave the field to the record", () => {
    const first = [
      ...GDPR,
      "18:30",
      ...write(given(...GDPR), { field: "nature" }),
    ] as readonly Said[];
    const incident = after(first, "18:40", write(given(...first), { field: "nature", text: "" }));
    expect(fieldOf(packAt(incident, "19:00"), "nature")).toMatchObject({
      held: "confirmed",
      revision: 2,
    });
  });

  test("are never written over somebody else's", () => {
    const incident = after(GDPR, "18:30", write(given(...GDPR)));
    expect(write(incident, { revision: 0 })).toEqual(["filing-field-changed"]);
    expect(write(incident, { revision: 1 })).toHaveLength(1);
  });

  test("need a stage that is looked at, and a field that its form has", () => {
    expect(write(given(...GDPR), { stage: "weather" })).toEqual(["filing-unknown"]);
    expect(write(given(OPENED))).toEqual(["filing-unknown"]);
    expect(write(given(...GDPR), { field: "colour" })).toEqual(["filing-field-unknown"]);
    expect(write(given(...GDPR), { text: "x".repeat(8_001) })).toEqual(["text-too-long"]);
  });
});

describe("a filing that is recorded", () => {
  test("holds who, when, the number and the hash, and meets what was owed at that instant", () => {
    const incident = given(...GDPR);
    expect(owed(incident, SA_OWED).stoppedAt).toBeUndefined();
    const filed = file(incident, "22:00", { filedAt: time("21:40"), number: "2026-311" });
    expect(filed).toMatchObject([
      {
        type: "FilingRecorded",
        ...SA,
        filedAt: time("21:40"),
        filedBy: ADA.name,
        number: "2026-311",
        hash: packAt(incident, "22:00").hash,
      },
      {
        type: "ObligationMet",
        obligation: SA_OWED,
        happenedAt: time("21:40"),
        evidence: `Filed by ${ADA.name} under 2026-311.`,
      },
    ]);
    const later = after(GDPR, "22:00", filed);
    expect(owed(later, SA_OWED).stoppedAt).toBe(time("21:40"));
  });

  test("starts the stage that follows it", () => {
    const ids = (incident: Incident) =>
      LAWFUL.law?.(incident, LAWFUL.terms).map(({ clause }) => clause.law?.stage) ?? [];
    const incident = given(...GDPR);
    expect(ids(incident)).not.toContain("further-information");
    expect(ids(after(GDPR, "22:00", file(incident, "22:00")))).toContain("further-information");
  });

  test("in time by the last instant, and late at it by a millisecond more: then with its reason", () => {
    const incident = given(...GDPR);
    const due = owed(incident, SA_OWED).dueAt ?? 0;
    const at = "2026-11-29T09:00:00Z";
    expect(file(incident, at, { filedAt: due })).toHaveLength(2);
    expect(file(incident, at, { filedAt: due + 1 })).toEqual(["filing-late-reason"]);
    expect(file(incident, at, { filedAt: due + 1, reason: "  " })).toEqual(["filing-late-reason"]);
    expect(file(incident, at, { filedAt: due + 1, reason: "The log came late." })).toMatchObject([
      { type: "FilingRecorded", lateFor: due, reason: "The log came late." },
      { type: "ObligationMet" },
    ]);
  });

  test("in the future, or by nobody, is refused", () => {
    const incident = given(...GDPR);
    expect(file(incident, "19:00", { filedAt: time("19:03") })).toContain("instant-in-future");
    expect(file(incident, "19:00", { filedBy: " " })).toEqual(["text-missing"]);
  });

  test("is of the pack that was read, or is refused", () => {
    const { hash } = packAt(given(...GDPR), "19:00");
    const changed = given(...GDPR, told("individuals", 9));
    expect(file(changed, "19:00", { hash })).toEqual(["filing-pack-changed"]);
    expect(file(given(...GDPR), "19:00", { hash })).toHaveLength(2);
  });

  test("a second time is a follow-up, says so, and moves nothing that the first one met", () => {
    const first = [...GDPR, "20:00", ...file(given(...GDPR), "20:00")] as readonly Said[];
    const again = file(given(...first), "2026-11-30T09:00:00Z", { number: "2026-400" });
    expect(again).toMatchObject([{ type: "FilingRecorded", followUp: 1, number: "2026-400" }]);
    expect(again).toHaveLength(1);
    const both = after(first, "2026-11-30T09:00:00Z", again);
    expect(owed(both, SA_OWED).stoppedAt).toBe(time("20:00"));
    expect(fieldOf(packAt(both, "2026-12-01T09:00:00Z"), "which").value).toBe("Follow-up 2");
    expect(fieldOf(packAt(both, "2026-12-01T09:00:00Z"), "earlier-number").value).toBe("2026-400");
  });

  test("is recorded by whoever does, in the name of who filed", () => {
    const filed = when(
      given(...GDPR),
      "22:00",
      { type: "RecordFiling", ...SA, filedBy: "Outside counsel" },
      { policy: LAWFUL, filings: FILINGS, person: BEN },
    );
    expect(filed).toContainEqual(expect.objectContaining({ filedBy: "Outside counsel" }));
  });

  test("is one with an authority: what customers are told is a notice", () => {
    const incident = given(OPENED, ...looking("nis2-23"));
    const filed = when(incident, "19:00", {
      type: "RecordFiling",
      regime: "nis2-23",
      stage: "recipients",
    });
    expect(filed).toEqual(["filing-not-authority"]);
  });

  test("struck, it was not filed, and the stage is owed again", () => {
    const filed = file(given(...GDPR), "20:00") as readonly IncidentEvent[];
    const said = [...GDPR, "20:00", ...filed];
    const strike = (version: number): IncidentEvent => ({
      type: "EntryStruck",
      version,
      reason: "The portal had taken nothing.",
    });
    const incident = given(...said, strike(4), strike(5));
    expect(incident.filings?.recorded ?? []).toEqual([]);
    expect(owed(incident, SA_OWED).stoppedAt).toBeUndefined();
  });
});

describe("DORA's final report", () => {
  const DORA: readonly Said[] = [
    OPENED,
    ...looking("dora-19"),
    told("awareAt", "2026-11-20T18:00:00Z"),
    told("classifiedAt", "2026-11-20T19:00:00Z"),
  ];
  const report = (said: readonly Said[], at: string, stage: string): readonly Said[] => [
    ...said,
    at,
    ...(when(
      given(...said),
      at,
      { type: "RecordFiling", regime: "dora-19", stage },
      { policy: LAWFUL, filings: FILINGS },
    ) as readonly IncidentEvent[]),
  ];
  const dueOf = (said: readonly Said[], id: string) => owed(given(...said), id).dueAt;

  test("counts from the last intermediate one that was filed", () => {
    const initial = report(DORA, "20:00", "initial");
    const middle = dueOf(initial, "dora-19-intermediate@authority:competent-authority");
    expect(middle).toBe(time("2026-11-23T20:00:00Z"));
    const first = report(initial, "2026-11-22T10:00:00Z", "intermediate");
    const final = "dora-19-final@authority:competent-authority";
    const before = dueOf(first, final) ?? 0;
    const second = report(first, "2026-12-01T10:00:00Z", "intermediate");
    const afterwards = dueOf(second, final) ?? 0;
    expect(afterwards).toBeGreaterThan(before);
    expect(given(...second).law?.told["latestIntermediateAt"]).toBe(
      toIso(time("2026-12-01T10:00:00Z")),
    );
  });
});
