import { describe, expect, test } from "vitest";
import { context, FRIDAY } from "../policy/fennel.ts";
import { decideParty, foldParty, type PartyCommand, type PartyEvent } from "./party.ts";

const given = (...events: readonly PartyEvent[]) =>
  foldParty(
    "prv_1",
    events.map((event, i) => ({
      version: i + 1,
      id: `entry-${i + 1}`,
      at: FRIDAY,
      by: "account/ac_ada",
      event,
    })),
  );
const when = (party: ReturnType<typeof given>, command: PartyCommand) => {
  const decided = decideParty(party, command, context(FRIDAY));
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
};
const added = (kind: "provider" | "authority"): PartyEvent => ({
  type: "PartyAdded",
  party: "prv_1",
  kind,
  name: "Gatehouse",
  about: "Sign-in",
});
const clause = { clause: "gatehouse-dpa-8", text: "within 48 hours", document: "dpa" } as const;

describe("a party that is no customer", () => {
  test("is added, changed, and removed with a reason", () => {
    const {
      type: _,
      party: __,
      ...fields
    } = added("provider") as Extract<PartyEvent, { type: "PartyAdded" }>;
    expect(when(given(), { ...fields, type: "AddParty" })).toEqual([added("provider")]);
    const feeds = ["https://status.gatehouse.example"];
    const changed = when(given(added("provider")), { type: "ChangeParty", feeds });
    expect(given(added("provider"), ...(changed as readonly PartyEvent[]))).toMatchObject({
      name: "Gatehouse",
      feeds,
    });
    expect(when(given(added("provider")), { type: "RemoveParty", reason: "" })).toEqual([
      "text-missing",
    ]);
    expect(when(given(), { type: "ChangeParty", name: "x" })).toEqual(["party-unknown"]);
  });

  test("that was removed is added anew, and a change that names nothing is none", () => {
    const left = given(added("provider"), { type: "PartyRemoved", reason: "We left them." });
    for (const command of [
      { type: "ChangeParty", name: "Gatehouse Ltd" },
      { type: "RemoveParty", reason: "Again." },
      { type: "AddContact", name: "Ops", mail: "ops@gatehouse.example" },
    ] as const)
      expect(when(left, command)).toEqual(["party-removed"]);
    expect(when(given(added("provider")), { type: "ChangeParty" })).toEqual(["party-unchanged"]);
  });

  test("has contacts, and only a provider has clauses", () => {
    const contact = { name: "Ops", mail: "ops@gatehouse.example" };
    expect(when(given(added("authority")), { type: "AddContact", ...contact })).toMatchObject([
      { type: "ContactAdded", contact: "ct-1" },
    ]);
    expect(when(given(added("provider")), { type: "RecordClause", ...clause })).toMatchObject([
      { type: "ClauseRecorded", clause: "gatehouse-dpa-8" },
    ]);
    expect(when(given(added("authority")), { type: "RecordClause", ...clause })).toEqual([
      "party-other-kind",
    ]);
  });

  test("is no customer, and a customer is none of them", () => {
    expect(when(given(added("provider")), { type: "ChangeCustomer", stage: "pilot" })).toEqual([
      "party-other-kind",
    ]);
    const meridian = foldParty("cus_1", [
      {
        version: 1,
        id: "entry-1",
        at: FRIDAY,
        by: "account/ac_ada",
        event: { type: "CustomerAdded", customer: "cus_1", name: "Meridian Health" },
      },
    ]);
    expect(when(meridian, { type: "ChangeParty", name: "x" })).toEqual(["party-other-kind"]);
  });
});
