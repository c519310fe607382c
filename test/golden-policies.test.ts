/**
 * The three example policies, held to what they promise.
 *
 * golden/*.md: situations and all that is owed in each, counted by hand.
 * golden/promises.ts: where each promise stands, so that none is lost unnoticed.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lint } from "../src/core/policy/lint/lint.ts";
import { type Obligation, obligations } from "../src/core/policy/obligations.ts";
import { parsePolicy, type PolicyDocument } from "../src/core/policy/parse/parse.ts";
import type { Gate, Policy } from "../src/core/policy/policy.ts";
import { termsOf } from "../src/core/policy/terms.ts";
import { type Instant, toIsoSeconds } from "../src/core/time/instant.ts";
import { targetWords } from "../src/core/time/target.ts";
import { type Example, PROMISES } from "./golden/promises.ts";
import { readCases } from "./golden/read.ts";

const EXAMPLES: readonly Example[] = ["vendor", "product", "solo"];

/** How many promises of the table each policy makes. */
const PROMISED: Readonly<Record<Example, number>> = { vendor: 28, product: 35, solo: 28 };

const open = (example: Example): PolicyDocument => {
  const parsed = parsePolicy(readFileSync(`policies/${example}.yaml`, "utf8"));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, undefined, 2));
  return parsed.value;
};

const casesOf = (example: Example, policy: Policy) =>
  readCases(readFileSync(`test/golden/${example}.md`, "utf8"), policy);

const said = (due: Instant | undefined): string =>
  due === undefined ? "no number" : toIsoSeconds(due);

const line = ({ clause, recipient, dueAt, problem }: Obligation): string =>
  `${clause.id} | ${recipient.id} | ${problem?.message ?? said(dueAt)}`;

const sections = (policy: Policy) =>
  policy.sections.flatMap((section) => ("text" in section ? [section] : []));

describe.each(EXAMPLES)("policies/%s.yaml", (example) => {
  const document = open(example);
  const { policy, text } = document;
  const cases = casesOf(example, policy);

  test.each(cases.map((one) => [one.title, one] as const))("%s", (_, { situation, owed }) => {
    const expected = owed.map(({ clause, to, due }) => `${clause} | ${to} | ${said(due)}`);
    const found = obligations(termsOf(policy), situation).map(line);
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test("every clause has been counted by hand at least once", () => {
    const counted = new Set(cases.flatMap(({ owed }) => owed.map(({ clause }) => clause)));
    expect(cases.flatMap(({ owed }) => owed).length).toBeGreaterThanOrEqual(12);
    expect(policy.clauses.map(({ id }) => id).filter((id) => !counted.has(id))).toEqual([]);
  });

  test("every promise stands where the table says", () => {
    const made = PROMISES.filter((promise) => promise.in[example] !== undefined);
    const lost = made.flatMap(({ id, what, in: cells }) =>
      (cells[example] ?? [])
        .filter((part) => !holds(policy, part))
        .map((part) => `${id}, ${what}: ${part} is gone`),
    );
    expect(lost).toEqual([]);
    expect(made).toHaveLength(PROMISED[example]);
  });

  test("no clause stands outside the table of promises", () => {
    const named = new Set(PROMISES.flatMap((promise) => promise.in[example] ?? []));
    expect(policy.clauses.map(({ id }) => id).filter((id) => !named.has(`clause:${id}`))).toEqual(
      [],
    );
  });

  test("every severity has criteria, and a question that leads to it", () => {
    for (const { id, criteria } of policy.severities) {
      expect(criteria.length).toBeGreaterThan(0);
      expect(policy.questions.some(({ severity }) => severity === id)).toBe(true);
    }
  });

  test("the prose types no number that a clause holds", () => {
    const numbers = /\b\d+(?:st|nd|rd|th)?\s*(?:business\s+)?(?:h|hours?|days?|months?|weeks?)\b/i;
    const typed = sections(policy).flatMap(({ text: prose }) => numbers.exec(prose)?.[0] ?? []);
    expect(typed).toEqual([]);
  });

  test("a clause with words of its own says its number in them", () => {
    const differ = policy.clauses.filter(
      ({ says, within }) =>
        says !== undefined && typeof within !== "string" && !says.includes(targetWords(within)),
    );
    expect(differ.map(({ id }) => id)).toEqual([]);
  });

  test("the public page tells of every clause", () => {
    const printed = sections(policy)
      .map((section) => section.text)
      .join("\n");
    const silent = policy.clauses.filter(({ id }) => !printed.includes(`[[${id}]]`));
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  test("nothing is left open", () => {
    expect(text).not.toMatch(/\{\{|TBD|TODO/);
  });

  test("what is not public is the file whose fingerprint is published, behind a salt", () => {
    for (const section of policy.sections) {
      if ("text" in section) continue;
      const bytes = readFileSync(`policies/${section.file}`);
      expect(bytes.toString("utf8")).toMatch(/^salt: [0-9a-f]{64}\n/);
      expect(`sha256:${createHash("sha256").update(bytes).digest("hex")}`).toBe(section.digest);
    }
  });

  test("a filing about personal data counts from a moment that nothing else sets", () => {
    const about = policy.clauses.filter(
      ({ duty, within }) => duty === "file" && typeof within !== "string" && within.count === 72,
    );
    const setters = policy.facts.filter(({ suspected, confirmed, "ruled-out": ruledOut }) =>
      [suspected, confirmed, ruledOut].some((state) => state?.sets.includes("breachAwareAt")),
    );
    expect(about.map(({ from }) => from)).toEqual(["breachAwareAt"]);
    expect(setters.map(({ claim }) => claim)).toEqual(["personal-data-exposed"]);
  });

  test("the linter finds nothing but the addresses of an example", () => {
    const findings = lint(document).filter(({ code }) => code !== "example-address");
    expect(findings).toEqual([]);
  });
});

describe("a stage of policies/vendor.yaml", () => {
  const { policy } = open("vendor");
  const stages = (policy.stages ?? []).map(({ id }) => id);
  const cases = casesOf("vendor", policy);

  test.each(stages.slice(1).map((later, i) => [stages[i] ?? "", later] as const))(
    "what %s has, %s has too, and never later",
    (earlier, later) => {
      for (const { situation } of cases) {
        const at = (stage: string): readonly Obligation[] => {
          const recipients = situation.recipients.map((recipient) =>
            recipient.kind === "customer" ? { ...recipient, stage } : recipient,
          );
          return obligations(termsOf(policy), { ...situation, recipients });
        };
        const kept = new Map(at(later).map((owed) => [owed.id, owed.dueAt]));
        for (const { id, dueAt } of at(earlier)) {
          expect(kept.has(id), id).toBe(true);
          expect(kept.get(id) ?? 0).toBeLessThanOrEqual(dueAt ?? 0);
        }
      }
    },
  );
});

/** Whether the part that a cell of the table names is there. */
function holds(policy: Policy, part: string): boolean {
  if (part.startsWith("/")) return at(policy, part) !== undefined;
  const [kind = "", id = ""] = part.split(":");
  return idsOf(policy, kind).includes(id);
}

function idsOf(policy: Policy, kind: string): readonly string[] {
  const ids = (list: readonly { readonly id: string }[] | undefined) =>
    (list ?? []).map(({ id }) => id);
  switch (kind) {
    case "clause":
      return ids(policy.clauses);
    case "channel":
      return ids(policy.channels);
    case "section":
      return ids(policy.sections);
    case "phase":
      return ids(policy.phases);
    case "role":
      return ids(policy.roles);
    case "severity":
      return ids(policy.severities);
    case "element":
      return ids(policy.elements);
    case "stage":
      return ids(policy.stages);
    case "decision":
      return ids(policy.decision);
    case "priority":
      return ids(policy.priorities);
    case "mitigation":
      return ids(policy.mitigations);
    case "fact":
      return policy.facts.map(({ claim }) => claim);
    case "gate":
      return ids(gatesOf(policy));
    default:
      throw new Error(`"${kind}" is no part of a policy`);
  }
}

function gatesOf({ gates, phases }: Policy): readonly Gate[] {
  const ofPhases = phases.flatMap(({ enter = [], leave = [] }) => [...enter, ...leave]);
  return [...(gates.fix ?? []), ...(gates.resolve ?? []), ...(gates.close ?? []), ...ofPhases];
}

function at(policy: Policy, pointer: string): unknown {
  let value: unknown = policy;
  for (const step of pointer.slice(1).split("/")) {
    value = (value as Record<string, unknown> | undefined)?.[step];
  }
  return value;
}
