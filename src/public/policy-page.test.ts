/**
 * A published policy and its page are one thing: the page alone, taken in again, is the same
 * policy, whatever its author wrote.
 */

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Clause } from "../core/policy/clause.ts";
import type { Condition } from "../core/policy/condition/condition.ts";
import { importPolicy } from "../core/policy/import/import.ts";
import { parsePolicy, policyHash } from "../core/policy/parse/parse.ts";
import type { Policy } from "../core/policy/policy.ts";
import { sectionHtml } from "../core/policy/prose/section-html.ts";
import type { Instant } from "../core/time/instant.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { documentOf } from "./page.tsx";
import { PolicyPage } from "./policy-page.tsx";

const AT = Date.parse("2026-11-20T17:40:00Z") as Instant;
const PAGE_GZ_MAX = 14_000;

const parsed = (text: string): Policy => {
  const read = parsePolicy(text);
  if (!read.ok) throw new Error(JSON.stringify(read.problems.slice(0, 3)));
  return read.value.policy;
};
const EXAMPLES = ["vendor", "product", "solo"].map((name) => {
  const text = readFileSync(`policies/${name}.yaml`, "utf8");
  return { name, text, policy: parsed(text) };
});

function pageOf(policy: Policy, text = ""): string {
  const row = {
    version: 1,
    label: policy.version,
    hash: policyHash(text),
    effective: policy.effective,
    publishedAt: AT,
    running: true,
    changes: null,
    runsFrom: null,
  } as unknown as PolicyViewRow;
  const url = "https://ops.fennel.example";
  const body = PolicyPage({ policy, row, versions: [row], reviewedAt: AT, url });
  const frame = { title: policy.title, organisation: policy.organisation, base: "" } as const;
  return documentOf({ ...frame, here: "policy" }, body);
}

function takenIn(page: string): Policy {
  const imported = importPolicy(page);
  if (!imported.ok) throw new Error(JSON.stringify(imported.problems));
  expect(imported.value.findings.map(({ code }) => code)).not.toContain("page-torn");
  return parsed(imported.value.draft);
}

/** What the page carries; the rest is read from its sentences, like any page's. */
const carriedBy = (policy: Policy) => {
  const { clauses, severities, questions, otherwise, roles, channels, elements, stages } = policy;
  const { id, calendar, calendars, sections } = policy;
  return {
    id,
    clauses,
    severities,
    questions,
    otherwise,
    roles,
    channels,
    elements,
    stages,
    calendar,
    calendars,
    reviewed: policy.review.severities,
    sections: sections.map((section) => ("text" in section ? { ...section, text: "" } : section)),
  };
};

const shownIn = (policy: Policy): readonly string[] =>
  policy.sections.map((section) =>
    "text" in section ? sectionHtml(section.text, policy).replace(/\s+/g, " ") : "",
  );

describe.each(EXAMPLES)("the example $name", ({ text, policy }) => {
  test("is the same policy when its page is taken in again", () => {
    const again = takenIn(pageOf(policy, text));
    expect(carriedBy(again)).toEqual(carriedBy(policy));
  });

  test("and its prose reads the same, with its numbers led to their clauses again", () => {
    const again = takenIn(pageOf(policy, text));
    expect(shownIn(again)).toEqual(shownIn(policy));
    const references = (one: Policy): number =>
      one.sections.flatMap((it) =>
        "text" in it ? [...it.text.matchAll(/\[\[[a-z0-9-]+\]\]/g)] : [],
      ).length;
    expect(references(again)).toBe(references(policy));
  });

  test("weighs no more than a page may, though it carries all of that", () => {
    expect(gzipSync(pageOf(policy, text)).length).toBeLessThanOrEqual(PAGE_GZ_MAX);
  });
});

const id = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){0,2}$/);
/** What an author could write that a page could lose on its way. */
const said = fc
  .oneof(
    fc.constantFrom(
      `"quoted" & <b>bold</b> 'x'`,
      "a \\ b \\n",
      "]]>--><!--",
      "&quot;&amp;",
      "Straße ½",
      "{{x}}",
      "[[x]]",
      "a\nb",
    ),
    fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }),
  )
  .map((text) => `S${text.replace(/[\p{C}\p{Zl}\p{Zp}\uFFFD]|[^\P{C}\n]/gu, "·")}`);
const target = fc.record({
  count: fc.integer({ min: 1, max: 9_999 }),
  unit: fc.constantFrom(
    "hours" as const,
    "days" as const,
    "months" as const,
    "business-hours" as const,
    "business-days" as const,
  ),
});
const condition = fc.letrec<{ one: Condition }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.array(id, { minLength: 1, maxLength: 3 }).map((severity) => ({ severity }) as Condition),
    id.map((claim) => ({ fact: { claim, is: "confirmed" } }) as Condition),
    fc.array(tie("one"), { minLength: 1, maxLength: 3 }).map((all) => ({ all }) as Condition),
    fc.array(tie("one"), { minLength: 1, maxLength: 3 }).map((any) => ({ any }) as Condition),
    tie("one").map((not) => ({ not }) as Condition),
  ),
})).one;
const clause = fc.record(
  {
    id,
    duty: fc.constantFrom(
      "acknowledge" as const,
      "notify" as const,
      "fix" as const,
      "review" as const,
    ),
    to: fc.constantFrom(
      "team" as const,
      "customer" as const,
      "authority" as const,
      "public" as const,
      "reporter" as const,
    ),
    when: condition,
    from: fc.oneof(
      fc.constantFrom("receivedAt", "awareAt"),
      id.map((claim) => ({ claim, is: "confirmed" as const })),
    ),
    within: fc.oneof(target, fc.constantFrom("immediately" as const, "best-effort" as const)),
    calendar: id,
    contents: fc.array(id, { maxLength: 3 }),
    prepare: target,
    says: said,
    cites: said,
    assumed: fc.constant(true as const),
  },
  { requiredKeys: ["id", "duty", "to", "from", "within"] },
);
const calendar = fc.record(
  {
    id,
    name: said,
    zone: fc.constantFrom("Europe/Berlin", "America/Sao_Paulo", "UTC"),
    windows: fc.record(
      {
        mon: fc.constant([
          ["09:00", "12:00"],
          ["13:00", "17:00"],
        ] as [string, string][]),
        sat: fc.constant([]),
      },
      { requiredKeys: [] },
    ),
    holidays: fc.array(
      fc.record({ date: fc.constantFrom("2026-12-25", "2027-01-01"), name: said }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ["id", "zone", "windows"] },
);
const turn = fc.record(
  { calendar: id, answers: fc.constant({ count: 0.5, unit: "hours" as const }) },
  { requiredKeys: ["calendar"] },
);
const role = fc.record(
  {
    id,
    name: said,
    responsibility: said,
    outside: fc.constant(true as const),
    contact: said,
    rota: fc.array(turn, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ["id", "name", "responsibility"] },
);
const severity = fc.record({
  id,
  name: said,
  criteria: fc.array(said, { minLength: 1, maxLength: 3 }),
});
const many = <T extends { id: string }>(one: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(one, { minLength: 1, maxLength, selector: (it) => it.id });

test("any policy: clauses, severities, calendars and roles of its page are its own", () => {
  const [base] = EXAMPLES;
  if (!base) throw new Error("no example");
  fc.assert(
    fc.property(many(clause, 6), many(severity, 4), many(calendar, 3), many(role, 4), (...made) => {
      const [clauses, severities, calendars, roles] = made;
      const policy = {
        ...base.policy,
        clauses: clauses as Clause[],
        severities,
        calendars: calendars as unknown as Policy["calendars"],
        roles,
      };
      const again = takenIn(pageOf(policy));
      for (const key of ["clauses", "severities", "calendars", "roles"] as const)
        expect(again[key]).toEqual(policy[key]);
      expect(carriedBy(again)).toEqual(carriedBy(policy));
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("a rota is shown as the hours that it covers, and names nobody", () => {
  const [base] = EXAMPLES;
  if (!base) throw new Error("no example");
  const [calendar, ...rest] = base.policy.calendars;
  if (!calendar) throw new Error("no calendar");
  const office = { ...calendar, id: "office", zone: "Europe/Vienna" };
  const nights = { id: "nights", zone: "Europe/Vienna", windows: { sat: [["08:00", "12:00"]] } };
  const policy = {
    ...base.policy,
    calendars: [calendar, ...rest, office, nights] as unknown as Policy["calendars"],
    roles: [
      {
        id: "on-call",
        name: "Engineer on call",
        responsibility: "Takes what comes.",
        rota: [
          { calendar: "office" },
          { calendar: "nights", answers: { count: 0.5, unit: "hours" as const } },
        ],
      },
    ],
  };
  expect(pageOf(policy)).toMatch(
    /On call: Mon-[^<]*, Europe\/Vienna; Sat 08:00-12:00, Europe\/Vienna \(answered within 0\.5 hours\)\./,
  );
});

test("a page whose carried promises are torn is read by its sentences, and that is said", () => {
  const [, { policy } = { policy: parsed("") }] = EXAMPLES;
  const page = pageOf(policy).replace(/data-clause="\{/, 'data-clause="{{');
  const imported = importPolicy(page);
  if (!imported.ok) throw new Error(JSON.stringify(imported.problems));
  expect(imported.value.findings.map(({ code }) => code)).toContain("page-torn");
});
