import { describe, expect, test } from "vitest";
import { context, FRIDAY } from "../policy/fennel.ts";
import {
  type ContactCommand,
  type ContactEvent,
  type Contacts,
  decideContact,
  keepContact,
  noContacts,
  primaryContact,
  securityContact,
} from "./contact.ts";

const given = (...events: readonly ContactEvent[]): Contacts => {
  const party = noContacts();
  for (const [i, event] of events.entries()) {
    keepContact(party, {
      version: i + 1,
      id: `entry-${i}`,
      at: FRIDAY,
      by: "account/ac_ada",
      event,
    });
  }
  return party;
};
const when = (party: Contacts, command: ContactCommand) => {
  const decided = decideContact(party, command, context(FRIDAY));
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
};
const cleo = { name: "Cleo", mail: "cleo@meridian.example" };
const added = (contact: string, more: object = {}): ContactEvent => ({
  type: "ContactAdded",
  contact,
  ...cleo,
  ...more,
});

describe("a contact", () => {
  test("is numbered, and a removed one keeps its number", () => {
    expect(when(given(), { type: "AddContact", ...cleo })).toEqual([added("ct-1")]);
    const after = given(added("ct-1"), { type: "ContactRemoved", contact: "ct-1" });
    expect(when(after, { type: "AddContact", ...cleo })).toEqual([added("ct-2")]);
    expect(when(after, { type: "RemoveContact", contact: "ct-1" })).toEqual(["contact-unknown"]);
  });

  test("is the first to write to and the one for security, until another is named", () => {
    const two = given(added("ct-1"), added("ct-2"));
    expect([primaryContact(two)?.id, securityContact(two)?.id]).toEqual(["ct-1", "ct-1"]);
    const named = given(added("ct-1"), added("ct-2", { security: true }));
    expect([primaryContact(named)?.id, securityContact(named)?.id]).toEqual(["ct-1", "ct-2"]);
    const gone = given(added("ct-1"), added("ct-2", { security: true }), {
      type: "ContactRemoved",
      contact: "ct-2",
    });
    expect(securityContact(gone)?.id).toBe("ct-1");
    expect(primaryContact(given())).toBeUndefined();
  });

  test("is verified on a day that has come, today where none is said", () => {
    const party = given(added("ct-1"));
    const verify = { type: "VerifyContact", contact: "ct-1" } as const;
    expect(when(party, verify)).toEqual([
      { type: "ContactVerified", contact: "ct-1", verifiedOn: "2026-11-20" },
    ]);
    expect(when(party, { ...verify, verifiedOn: "2026-02-30" })).toEqual(["date-invalid"]);
    expect(when(party, { ...verify, verifiedOn: "2027-01-01" })).toEqual(["date-in-future"]);
  });

  test("with another address is one that nobody has verified", () => {
    const verified = added("ct-1", { verifiedOn: "2026-11-01" });
    const moved = given(verified, {
      type: "ContactChanged",
      contact: "ct-1",
      mail: "dov@meridian.example",
    });
    expect(moved.contacts[0]).not.toHaveProperty("verifiedOn");
    const renamed = given(verified, { type: "ContactChanged", contact: "ct-1", name: "Dr. Cleo" });
    expect(renamed.contacts[0]?.verifiedOn).toBe("2026-11-01");
  });

  test("has an address, a zone and a language that exist", () => {
    expect(
      when(given(), {
        type: "AddContact",
        name: " ",
        mail: "cleo",
        zone: "Mars/Olympus",
        language: "German",
      }),
    ).toEqual(["text-missing", "mail-invalid", "language-unknown", "zone-unknown"]);
    const change = { type: "ChangeContact", contact: "ct-1" } as const;
    expect(when(given(added("ct-1")), change)).toEqual(["contact-unchanged"]);
    expect(when(given(added("ct-1")), { ...change, language: "pt-BR" })).toEqual([
      { type: "ContactChanged", contact: "ct-1", language: "pt-BR" },
    ]);
  });
});
