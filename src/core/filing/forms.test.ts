/**
 * Forms against the law's data: field by field, for every stage of every regime.
 */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lawOf, parseRegimes } from "../law/parse-regimes.ts";
import type { LawClause, Regime } from "../law/regime.ts";
import { formOf } from "./forms.ts";

const files = readdirSync("regimes").filter((name) => name.endsWith(".yaml"));
const law = lawOf(
  files.map((name) => {
    const parsed = parseRegimes(readFileSync(`regimes/${name}`, "utf8"));
    if (!parsed.ok) throw new Error(`${name}: ${parsed.problems[0].message}`);
    return parsed.value;
  }),
);
if (!law.ok) throw new Error(law.problems[0].message);
const regimes: readonly Regime[] = law.value;
const stages = regimes.flatMap((regime) => regime.clauses.map((clause) => ({ regime, clause })));

const stage = (id: string, of: string): { regime: Regime; clause: LawClause } => {
  const found = stages.find(({ regime, clause }) => regime.id === id && clause.id === of);
  if (!found) throw new Error(`no stage ${id}/${of}`);
  return found;
};
const formAt = (id: string, of: string) => {
  const { regime, clause } = stage(id, of);
  return formOf(regime, clause);
};

describe("every form of every law", () => {
  test("all 98 laws were read", () => {
    expect(regimes).toHaveLength(98);
    expect(stages.length).toBeGreaterThan(150);
    expect(stages.filter(({ clause }) => clause.contents).length).toBeGreaterThan(20);
  });

  test.each(stages.map((one) => [`${one.regime.id}/${one.clause.id}`, one] as const))(
    "%s: every content that the law requires has a field, and no field stands twice",
    (_, { regime, clause }) => {
      const { fields, says, checked } = formOf(regime, clause);
      for (const content of clause.contents ?? []) {
        const covering = fields.filter(({ covers = [] }) => covers.includes(content));
        expect({ content, fields: covering.map(({ id }) => id) }).not.toEqual({
          content,
          fields: [],
        });
      }
      const ids = fields.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)]);
      expect(ids.every((id) => /^[a-z][a-z0-9-]*$/.test(id))).toBe(true);
      expect(says.length).toBeGreaterThan(40);
      expect(checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    },
  );

  test("who files, what happened and what was done are asked wherever an authority is told", () => {
    const filing = stages.filter(({ clause }) => clause.to === "authority");
    expect(filing.length).toBeGreaterThan(80);
    for (const { regime, clause } of filing) {
      const fills = formOf(regime, clause).fields.map(({ fill }) =>
        fill && "from" in fill ? fill.from : undefined,
      );
      expect({ of: `${regime.id}/${clause.id}`, asks: fills.includes("organisation") }).toEqual({
        of: `${regime.id}/${clause.id}`,
        asks: true,
      });
    }
  });

  test("a content that the data gain later becomes a field of its own, in any form", () => {
    for (const { regime, clause } of [
      stage("gdpr-33-1", "sa-notification"),
      stage("nz-114", "authority"),
    ]) {
      const more = { ...clause, contents: [...(clause.contents ?? []), "Colour of the sky"] };
      const field = formOf(regime, more).fields.find(({ covers }) =>
        covers?.includes("Colour of the sky"),
      );
      expect(field).toMatchObject({ id: "content-colour-of-the-sky", asked: "always" });
    }
  });
});

describe("the forms that were written", () => {
  const WRITTEN: readonly (readonly [regime: string, stage: string])[] = [
    ["gdpr-33-1", "sa-notification"],
    ["uk-gdpr-33-1", "ico-notification"],
    ["nis2-23", "early-warning"],
    ["nis2-23", "notification"],
    ["nis2-23", "intermediate"],
    ["nis2-23", "final"],
    ["cra-14-vuln", "early-warning"],
    ["cra-14-vuln", "notification"],
    ["cra-14-vuln", "final"],
    ["cra-14-incident", "early-warning"],
    ["cra-14-incident", "notification"],
    ["cra-14-incident", "final"],
    ["dora-19", "initial"],
    ["dora-19", "intermediate"],
    ["dora-19", "final"],
    ["hipaa-408-b", "hhs"],
    ["hipaa-408-c", "hhs-annual"],
    ["sec-8k-105", "8-k"],
    ["sec-8k-105", "8-k/a"],
    ["nydfs-500-17-a", "superintendent"],
    ["in-certin", "report"],
    ["us-ca-1798-82", "ag"],
    ["br-lgpd-48", "anpd"],
  ];

  test.each(WRITTEN)("%s/%s is a form of its own, with what is known of it", (id, of) => {
    const form = formAt(id, of);
    expect(form).not.toEqual(formAt("nz-114", "authority"));
    expect(form.fields.length).toBeGreaterThan(8);
    expect(form.fields.some(({ id: field }) => field.startsWith("content-"))).toBe(false);
  });

  test("no form claims to be checked against a form that nobody saw", () => {
    for (const { regime, clause } of stages) {
      const { basis, verified } = formOf(regime, clause);
      if (basis === "generic") expect(verified).toBe("U");
    }
  });

  test("DORA's reports have the numbers of the template, in its order, and carry the earlier ones", () => {
    const numbers = formAt("dora-19", "final").fields.flatMap(
      ({ label }) => /^(\d)\.(\d+) /.exec(label)?.slice(1).map(Number) ?? [],
    );
    const pairs = Array.from({ length: numbers.length / 2 }, (_, index) => [
      numbers[2 * index] ?? 0,
      numbers[2 * index + 1] ?? 0,
    ]);
    const counts = [1, 2, 3, 4].map((main) =>
      pairs.filter(([first]) => first === main).map(([, second]) => second),
    );
    expect(counts.map((of) => of.length)).toEqual([15, 10, 35, 16]);
    for (const of of counts) expect(of).toEqual(of.map((_, index) => index + 1));
    const initial = formAt("dora-19", "initial").fields.map(({ id }) => id);
    const middle = formAt("dora-19", "intermediate").fields.map(({ id }) => id);
    expect(initial.every((id) => middle.includes(id))).toBe(true);
  });
});
