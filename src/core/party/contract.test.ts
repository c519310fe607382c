import { describe, expect, test } from "vitest";
import { context, FRIDAY } from "../policy/fennel.ts";
import {
  bondOf,
  type ClauseRecorded,
  type Contract,
  type ContractCommand,
  type ContractEvent,
  decideContract,
  keepContract,
  type RecordClause,
} from "./contract.ts";
import { citation } from "./contract-words.ts";

const given = (...events: readonly ContractEvent[]): Contract => {
  const contract: Contract = { clauses: [] };
  for (const event of events) keepContract(contract, event);
  return contract;
};
const decided = (contract: Contract, command: ContractCommand) =>
  decideContract(contract, command, context(FRIDAY));
const codes = (contract: Contract, command: ContractCommand) => {
  const result = decided(contract, command);
  return result.ok ? [] : result.problems.map(({ code, at, line }) => [code, at, line ?? 0]);
};
const WORDS = "Fennel shall notify the Bank within forty-eight (48) hours of becoming aware.";
const kestrel: RecordClause = {
  type: "RecordClause",
  clause: "kestrel-dpa-7",
  text: WORDS,
  document: "dpa",
  documentOn: "2026-03-02",
  section: "§7.2",
};
const fields = {
  duty: "notify",
  from: "data-exposed:confirmed",
  within: { count: 48, unit: "hours" },
};
const YAML =
  "duty: notify\nfrom: { claim: data-exposed, is: confirmed }\nwithin: { count: 48, unit: hours }\n";

describe("a clause of a contract", () => {
  test("keeps its words as they stand, and beside them what is counted", () => {
    const result = decided(given(), { ...kestrel, terms: fields });
    const { terms: _, ...written } = { ...kestrel, terms: fields };
    expect(result).toEqual({
      ok: true,
      value: [
        {
          ...written,
          type: "ClauseRecorded",
          terms: {
            duty: "notify",
            from: { claim: "data-exposed", is: "confirmed" },
            within: { count: 48, unit: "hours" },
          },
        },
      ],
    });
    expect(citation(kestrel)).toBe("DPA of 2026-03-02, §7.2");
  });

  test("says the same by YAML as by fields", () => {
    const byFields = decided(given(), { ...kestrel, terms: fields });
    const byText = decided(given(), { ...kestrel, yaml: YAML });
    if (!byFields.ok || !byText.ok) throw new Error("both are good");
    expect(byText.value[0]).toEqual({ ...byFields.value[0], yaml: YAML });
  });

  test("may be kept as words alone, and then counts nothing", () => {
    const result = decided(given(), kestrel);
    if (!result.ok) throw new Error("words are enough");
    expect(bondOf(given(...result.value))).toBeUndefined();
  });

  test("that cannot be read says where, by line and column", () => {
    const broken = {
      ...kestrel,
      yaml: "duty: notify\nfrom: awareAt\nwithin: { count: 48, unit: hour }\n",
    };
    expect(codes(given(), broken)).toEqual([["policy-value-invalid", "/yaml/within/unit", 3]]);
    expect(codes(given(), { ...kestrel, yaml: "duty: [" })[0]?.[2]).toBe(1);
    expect(codes(given(), { ...kestrel, yaml: "- a list" })).toEqual([
      ["policy-value-invalid", "/yaml", 1],
    ]);
    expect(codes(given(), { ...kestrel, yaml: `${YAML}to: customer\n` })).toEqual([
      ["policy-key-unknown", "/yaml/to", 4],
    ]);
  });

  test("names only what there is, or its clock would never start", () => {
    const yaml = YAML.replace("data-exposed", "data-exposd") + "calendar: bank\n";
    expect(codes(given(), { ...kestrel, yaml })).toEqual([
      ["reference-unknown", "/yaml/calendar", 4],
      ["reference-unknown", "/yaml/from/claim", 2],
    ]);
    const never = { ...fields, from: "neverAt" };
    expect(codes(given(), { ...kestrel, terms: never })).toEqual([
      ["moment-unknown", "/terms/from", 0],
    ]);
    const open = YAML.replace(/within: .*/, "within: undecided");
    expect(codes(given(), { ...kestrel, yaml: open })).toEqual([
      ["policy-value-invalid", "/yaml/within", 3],
    ]);
    const odd = { ...fields, within: { count: 0, unit: "hours" } };
    expect(codes(given(), { ...kestrel, terms: odd })).toEqual([
      ["terms-invalid", "/terms/within", 0],
    ]);
  });

  test("is refused when an incident could not keep the contract any more", () => {
    const when = Array.from(
      { length: 30 },
      () => "{ fact: { claim: data-exposed, is: confirmed } }",
    );
    const yaml = `${YAML}when: { any: [${when.join(", ")}] }\n`;
    const recorded: ContractEvent[] = [];
    let refused: unknown;
    while (refused === undefined && recorded.length < 200) {
      const next = { ...kestrel, clause: `kestrel-dpa-${recorded.length}`, yaml };
      const result = decided(given(...recorded), next);
      if (result.ok) recorded.push(...result.value);
      else refused = result.problems;
    }
    expect(refused).toMatchObject([{ code: "too-many", at: "/clause" }]);
    const kept = bondOf(given(...recorded));
    expect(recorded.length).toBeGreaterThan(25);
    expect(JSON.stringify(kept?.clauses).length).toBeLessThan(60_000);
    // Words alone, and a clause in the place of another, are taken all the same.
    expect(codes(given(...recorded), { ...kestrel, clause: "kestrel-words" })).toEqual([]);
    expect(codes(given(...recorded), { ...kestrel, clause: "kestrel-dpa-0", yaml })).toEqual([]);
  });

  test("is given once, under an id of its own", () => {
    expect(codes(given(), { ...kestrel, terms: fields, yaml: YAML })).toEqual([
      ["clause-twice", "/yaml", 0],
    ]);
    expect(codes(given(), { ...kestrel, clause: "notify-exposed" })).toEqual([
      ["clause-known", "/clause", 0],
    ]);
    expect(codes(given(), { ...kestrel, clause: "Kestrel DPA", documentOn: "2026-02-30" })).toEqual(
      [
        ["clause-id-invalid", "/clause", 0],
        ["date-invalid", "/documentOn", 0],
      ],
    );
  });

  test("recorded again takes the place of the first; removed, it binds no longer", () => {
    const recorded = decided(given(), kestrel);
    if (!recorded.ok) throw new Error("words are enough");
    const [first] = recorded.value as readonly [ClauseRecorded];
    const again: ContractEvent = { ...first, text: "within 24 hours" };
    expect(given(first, again).clauses.map(({ text }) => text)).toEqual(["within 24 hours"]);
    const remove = { type: "RemoveClause", clause: "kestrel-dpa-7", reason: "" } as const;
    expect(codes(given(first), remove)).toEqual([["text-missing", "/reason", 0]]);
    expect(codes(given(), remove)).toEqual([["clause-unknown", "/clause", 0]]);
    const removed: ContractEvent = { ...remove, type: "ClauseRemoved", reason: "New DPA" };
    expect(given(first, removed).clauses).toEqual([]);
  });
});
