import { describe, expect, test } from "vitest";
import type { Person } from "../../context.ts";
import type { DraftContent } from "../../notice/draft.ts";
import { ADA, BEN } from "../../policy/fennel.ts";
import { given, time, when, whyNot } from "../given.ts";
import type { IncidentCommand, IncidentEvent } from "../incident.ts";
import type { Incident } from "../state.ts";
import { draftHash, lettersOf } from "./telling.ts";
import {
  beside,
  CONTENT,
  TOUCHED,
  after,
  draft,
  name,
  context,
  hashOf,
  named,
  hash,
  approve,
  asBen,
  send,
} from "./sending.fixture.ts";

describe("a draft", () => {
  test("is read by each recipient in their own words, language and zone", () => {
    const incident = given(...named);
    const held = incident.drafts["D-1"];
    const [first, second] = held ? lettersOf(incident, held, context) : [];
    expect(first?.body).toContain("Dear Cleo Osei,");
    expect(first?.body).toContain("could be listed: two files.");
    expect(first?.body).toContain("Sun 22 Nov 2026, 11:00 GMT (11:00 UTC)");
    expect(second?.body).toContain("Guten Tag Ute Brandt,");
    expect(second?.body).toContain("could be listed: one file.");
    expect(second?.body).toContain("Sonntag, 22. November 2026, 12:00 CET (11:00 UTC)");
    expect(first?.body).not.toContain("Kestrel");
    expect(first?.from).toEqual({ name: "Ada", mail: "ada@fennel.example" });
  });

  test("is saved on the revision that was read, or not at all", () => {
    const incident = given(...named);
    const mine = { type: "DraftNotice", draft: "D-1", ...CONTENT, subject: "Mine" } as const;
    expect(when(incident, "20:30", { ...mine, revision: 2 })).toEqual(["notice-draft-changed"]);
    expect(when(incident, "20:30", { ...mine, revision: 1 })).toMatchObject([{ draft: "D-1" }]);
  });

  test("names only who is touched and can be written to", () => {
    const incident = given(...after(draft));
    const naming = (customer: string) =>
      when(
        incident,
        "20:30",
        { type: "NameRecipients", draft: "D-1", recipients: [{ customer }] },
        { beside },
      );
    expect(naming("cus_9")).toEqual(["customer-not-touched"]);
    expect(naming("cus_3")).toEqual(["customer-not-touched"]);
    const three = given(...after(draft), { type: "CustomerTouched", customer: "cus_3" });
    expect(
      when(
        three,
        "20:30",
        { type: "NameRecipients", draft: "D-1", recipients: [{ customer: "cus_3" }] },
        { beside },
      ),
    ).toEqual(["contact-missing"]);
  });
});

describe("the words of a draft", () => {
  const refused = (slots: DraftContent["slots"]) =>
    whyNot(given(...TOUCHED), "20:30", { type: "DraftNotice", ...CONTENT, slots });

  test("stand under each element once", () => {
    const [slot] = CONTENT.slots;
    if (!slot) throw new Error("no slot");
    expect(refused([slot, { ...slot, text: "Something else." }])).toEqual([
      {
        code: "slot-twice",
        message: "what-happened stands here twice.",
        at: "/slots/what-happened",
      },
    ]);
  });

  test("stand under what the policy asks for, or under a name of their own", () => {
    const strange = { element: "weather", text: "It rains." };
    const [problem, ...others] = refused([strange]);
    expect([problem?.code, problem?.at, others]).toEqual(["element-unknown", "/slots/weather", []]);
    expect(problem?.message).toMatch(/^weather is not an element .*: use one of .*what-happened/);
    expect(refused([{ ...strange, name: "The weather" }])).toEqual([]);
  });
});

describe("an approval", () => {
  test("is a person's: a program's token is told how one is given", () => {
    const [problem] = whyNot(given(...named), "20:30", approve, {
      beside,
      person: undefined,
      by: "token/tok_1",
    });
    expect(problem?.code).toBe("approver-missing");
    expect(problem?.message).toMatch(/^A person approves: sign in .* \(scope as-person\)\.$/);
  });

  describe("that somebody is asked for", () => {
    const RHEA = {
      id: "account/ac_rhea",
      name: "Rhea",
      mail: "rhea@fennel.example",
      role: "reader",
    };
    const ask = (...of: string[]): IncidentCommand => ({
      type: "AskApproval",
      draft: "D-1",
      hash,
      of,
    });
    const more = { beside, team: [ADA, BEN, RHEA as Person] };

    test("is asked of who may give it: not of who only reads, nor of who wrote it", () => {
      expect(whyNot(given(...named), "20:30", ask(BEN.id, RHEA.id, ADA.id), more)).toEqual([
        {
          code: "approver-reader",
          message: "Rhea can only read, and approves nothing.",
          at: "/of/1",
        },
        {
          code: "approver-author",
          message: "Ada wrote it: ask somebody else to read it.",
          at: "/of/2",
        },
      ]);
      expect(when(given(...named), "20:30", ask(BEN.id), more)).toMatchObject([
        { type: "ApprovalAsked", of: [BEN.id] },
        { type: "PageRequested" },
      ]);
    });

    test("is not asked for once it is given: nobody is woken for what can be sent", () => {
      const approved = given(...after(draft, name, [approve, asBen]));
      expect(whyNot(approved, "20:30", ask(BEN.id), more)).toEqual([
        {
          code: "notice-draft-approved",
          message: "It is approved already: it can be sent.",
          at: "/draft",
        },
      ]);
    });
  });

  test("is another person's, or says why nobody else could read it", () => {
    const incident = given(...named);
    expect(when(incident, "20:30", approve, { beside })).toEqual(["approver-author"]);
    expect(when(incident, "20:30", approve, { beside, ...asBen })).toEqual([
      { type: "NoticeApproved", draft: "D-1", hash },
    ]);
    const alone = "Nobody else is on the team.";
    expect(when(incident, "20:30", { ...approve, alone }, { beside })).toEqual([
      { type: "NoticeApproved", draft: "D-1", hash, alone },
    ]);
  });

  test("signs what was read and nothing else: any edit voids it", () => {
    const approved = after(draft, name, [approve, asBen]);
    expect(when(given(...approved), "20:30", send, { beside })).toMatchObject([
      { type: "NoticeHeld", until: time("20:31") },
    ]);
    const words = { exports: "three files" };
    const again = when(
      given(...approved),
      "20:29",
      { type: "NameRecipients", draft: "D-1", recipients: [{ customer: "cus_1", words }] },
      { beside },
    ) as IncidentEvent[];
    const edited = given(...approved, "20:29", ...again);
    expect(when(edited, "20:30", send, { beside })).toEqual(["notice-draft-changed"]);
    const fresh = { ...send, hash: hashOf(edited) } as IncidentCommand;
    expect(when(edited, "20:30", fresh, { beside })).toEqual(["notice-draft-unapproved"]);
  });

  test("signs nothing that reads otherwise because of what changed around it", () => {
    const approved = given(...after(draft, name, [approve, asBen]));
    const zone = "America/New_York";
    const D1 = approved.drafts["D-1"] as NonNullable<Incident["drafts"]["D-1"]>;
    const otherwise = draftHash(approved, D1, { ...context, zone });
    expect(otherwise).not.toBe(hash);
    const read = { ...send, hash: otherwise } as IncidentCommand;
    expect(when(approved, "20:30", read, { beside, zone })).toEqual(["notice-draft-unapproved"]);
    const anew = { ...approve, hash: otherwise } as IncidentCommand;
    const again = when(approved, "20:29", anew, { beside, zone, ...asBen }) as IncidentEvent[];
    const said = after(draft, name, [approve, asBen]);
    expect(when(given(...said, "20:29", ...again), "20:30", read, { beside, zone })).toMatchObject([
      { type: "NoticeHeld", hash: otherwise },
    ]);
  });

  test("is refused by every check that blocks, unless that is overridden with a reason", () => {
    const bad = {
      ...draft,
      slots: [{ element: "what-happened", text: "Kestrel lost two files." }],
    };
    const said = after(bad as IncidentCommand, name);
    const read = { ...approve, hash: hashOf(given(...said)) } as IncidentCommand;
    const refused = when(given(...said), "20:30", read, { beside, ...asBen });
    expect(refused).toEqual(["other-customer"]);
    const overrides = [{ code: "other-customer", reason: "They know of each other." }];
    expect(
      when(given(...said), "20:30", { ...read, overrides } as IncidentCommand, {
        beside,
        ...asBen,
      }),
    ).toMatchObject([{ type: "NoticeApproved", overrides }]);
  });

  test("never lets through what cannot be sent", () => {
    const said = after(draft);
    const read = {
      ...approve,
      hash: hashOf(given(...said)),
      overrides: [{ code: "recipients-missing", reason: "x" }],
    } as IncidentCommand;
    const found = when(given(...said), "20:30", read, { beside, ...asBen });
    expect(found).toContain("recipients-missing");
  });
});
