/** Notices to others than customers, and corrections of what was sent. */

import { describe, expect, test } from "vitest";
import { computedMs } from "../../../../test/computed.ts";
import { ADA, BEN } from "../../policy/fennel.ts";
import { type Said, exposed, given, LAWFUL, OPENED, time, when, whyNot } from "../given.ts";
import type { IncidentCommand, IncidentEvent } from "../incident.ts";
import type { Incident } from "../state.ts";
import { draftHash, findingsOf, lettersOf, requiredOf } from "./telling.ts";

const LINKED: IncidentEvent = {
  type: "SignalLinked",
  signal: "R-7QK4-M2",
  receivedAt: time("17:00"),
  channel: "research",
  reporter: { id: "reporter:R-7QK4-M2" },
};
const touched = (customer: string, role?: "controller" | "processor"): IncidentEvent => ({
  type: "CustomerTouched",
  customer,
  ...(role === undefined ? {} : { role }),
});
const recipient = (customer: string, name: string) => ({
  customer,
  name,
  to: { name: `Dr. ${name}`, mail: `${customer}@${name.toLowerCase()}.example` },
});
const beside = {
  telling: {
    recipients: [recipient("cus_1", "Meridian"), recipient("cus_2", "Kestrel")],
    customers: [
      { id: "customer:cus_1", name: "Meridian" },
      { id: "customer:cus_2", name: "Kestrel" },
    ],
    reporters: [{ id: "reporter:R-7QK4-M2", name: "Ravi", mail: "ravi@reporter.example" }],
  },
};
const more = { person: ADA, team: [ADA, BEN], beside };

/** The incident after these commands of Ada's, each of which must be taken. */
function after(before: readonly Said[], ...commands: IncidentCommand[]): Incident {
  const said = [...before];
  for (const command of commands) {
    const events = when(given(...said), "18:00", command, more);
    for (const event of events) {
      if (typeof event === "string") throw new Error(`${command.type}: ${event}`);
      said.push(event);
    }
  }
  return given(...said);
}
const draft = (extra: object): IncidentCommand => ({
  type: "DraftNotice",
  kind: "full",
  subject: "Exports could be read",
  slots: [{ element: "what-happened", text: "Export files could be read." }],
  ...extra,
});
const START = [OPENED, LINKED, touched("cus_1", "processor"), touched("cus_2", "controller")];
const D1 = (incident: Incident) => incident.drafts["D-1"] as NonNullable<Incident["drafts"][""]>;

describe("a notice to whoever reported it", () => {
  const to = draft({ kind: "update", to: "reporter" });
  const name: IncidentCommand = {
    type: "NameRecipients",
    draft: "D-1",
    recipients: [{ reporter: "R-7QK4-M2" }],
  };

  test("goes to the address that they gave, and may call them by name and reference", () => {
    const incident = after(START, to, name, {
      ...to,
      draft: "D-1",
      slots: [{ element: "what-happened", text: "Ravi, we closed what R-7QK4-M2 told us." }],
    } as IncidentCommand);
    expect(D1(incident).recipients).toMatchObject([
      { id: "reporter:R-7QK4-M2", to: { mail: "ravi@reporter.example" } },
    ]);
    const codes = findingsOf(incident, D1(incident), context()).map(({ code }) => code);
    expect(codes).not.toContain("reporter-named");
    expect(codes).not.toContain("internal-words");
  });

  test("is for no customer, and names none", () => {
    const customer: IncidentCommand = {
      type: "NameRecipients",
      draft: "D-1",
      recipients: [{ customer: "cus_1" }],
    };
    expect(when(after(START, to), "18:00", customer, more)).toEqual(["audience-other"]);
    const named = after(START, to, name, {
      ...to,
      draft: "D-1",
      slots: [{ element: "what-happened", text: "Files of Kestrel were open." }],
    } as IncidentCommand);
    expect(findingsOf(named, D1(named), context()).map(({ code }) => code)).toContain(
      "other-customer",
    );
  });
});

describe("a notice to controllers", () => {
  test("reaches those for whom we are the processor, with what they must assess", () => {
    const incident = after(START, draft({ to: "controllers" }));
    const name = (customer: string): IncidentCommand => ({
      type: "NameRecipients",
      draft: "D-1",
      recipients: [{ customer }],
    });
    expect(when(incident, "18:00", name("cus_2"), more)).toEqual(["role-other"]);
    expect(when(incident, "18:00", name("cus_1"), more)).toHaveLength(1);
    const ids = requiredOf(D1(incident), [], LAWFUL).map(({ id }) => id);
    expect(ids).toContain("for-you-consequences");
  });
});

describe("a notice to the people whose data it is", () => {
  const people = draft({ to: "data-subjects" });
  const named: IncidentCommand = {
    type: "NamePeople",
    draft: "D-1",
    list: "Jo Smith <jo@people.example>\nAmal, amal@people.example\njo@people.example\n",
  };

  test("is one text until they are named, and a mail to each from then on, nobody twice", () => {
    const before = after(START, people);
    expect(D1(before).recipients.map(({ id }) => id)).toEqual(["data-subjects"]);
    const incident = after(START, people, named);
    expect(D1(incident).recipients.map(({ id, to }) => [id, to.mail])).toEqual([
      ["person:1", "jo@people.example"],
      ["person:2", "amal@people.example"],
    ]);
  });

  test("loses nobody: a line without an address, or with two, is said and nothing is taken", () => {
    const wrong = { ...named, list: "Jo Smith\na@x.example, b@x.example\nc@x.example" };
    expect(when(after(START, people), "18:00", wrong, more)).toEqual([
      "address-missing",
      "address-missing",
    ]);
    expect(when(after(START, draft({})), "18:00", named, more)).toEqual(["audience-other"]);
  });

  test("is not made a notice to nobody by an empty list", () => {
    for (const list of ["", " \n\n"])
      expect(whyNot(after(START, people), "18:00", { ...named, list }, more)).toEqual([
        {
          code: "people-missing",
          message: "Paste names and mail addresses, one person a line.",
          at: "/list",
        },
      ]);
  });

  test.each(["a", "a.", "&"])("refuses a line of nothing but %s at once", (piece) => {
    const wrong = { ...named, list: piece.repeat(100_000 / piece.length) };
    const ms = computedMs(() =>
      expect(when(after(START, people), "18:00", wrong, more)).toEqual(["address-missing"]),
    );
    // Looked for from each character to the end, an address took a quarter of a minute.
    expect(ms).toBeLessThan(3_000);
  });
});

describe("a notice to everybody", () => {
  const all = draft({ to: "public" });
  const approved = (incident: Incident): IncidentCommand => ({
    type: "ApproveNotice",
    draft: "D-1",
    hash: draftHash(incident, D1(incident), context()),
    alone: "Nobody else is here.",
  });
  const record = (incident: Incident): IncidentCommand => ({
    type: "RecordPublished",
    draft: "D-1",
    hash: draftHash(incident, D1(incident), context()),
    how: "published",
    where: "https://fennel.example/past",
  });

  test("has no salutation, is mailed to nobody, and is recorded where it stands once approved", () => {
    const before = after(START, all);
    const paged = { ...context(), url: "https://ops.fennel.example", ownPage: () => "digest" };
    const [letter] = lettersOf(before, D1(before), paged);
    expect(letter?.body).not.toMatch(/Dear|Hello/);
    expect(letter?.body).not.toMatch(/notice\/|yours alone/);
    expect(when(before, "18:00", record(before), more)).toEqual(["notice-draft-unapproved"]);
    const ready = after(START, all, approved(before));
    const send: IncidentCommand = {
      type: "SendDraft",
      draft: "D-1",
      hash: draftHash(ready, D1(ready), context()),
    };
    expect(when(ready, "18:00", send, more)).toEqual(["notice-not-mailed"]);
    const stands = after(START, all, approved(before), record(before));
    expect(D1(stands)).toMatchObject({ state: "sent", sentAt: time("18:00") });
    const other = { ...record(ready), hash: "0".repeat(64) } as IncidentCommand;
    expect(when(ready, "18:00", other, more)).toEqual(["notice-draft-changed"]);
  });

  test("alone is recorded where it stands: what is mailed to each is sent", () => {
    const mailed = after(START, draft({}));
    expect(whyNot(mailed, "18:00", record(mailed), more)).toEqual([
      {
        code: "notice-mailed",
        message: "This one goes by mail to each: send it.",
        at: "/draft",
      },
    ]);
  });

  test("names no customer at all", () => {
    const slots = [{ element: "what-happened", text: "Meridian and others were hit." }];
    const incident = after(START, draft({ to: "public", slots }));
    expect(findingsOf(incident, D1(incident), context()).map(({ code }) => code)).toContain(
      "other-customer",
    );
  });
});

describe("a correction", () => {
  const SENT: readonly Said[] = [
    ...START,
    {
      type: "NoticeDrafted",
      draft: "D-1",
      content: { kind: "full", subject: "S", slots: [] },
      author: ADA.id,
      from: { name: "Ada", mail: ADA.mail },
    },
    {
      type: "RecipientsNamed",
      draft: "D-1",
      recipients: ["cus_1", "cus_2"].map((id) => ({
        id: `customer:${id}`,
        name: id === "cus_1" ? "Meridian" : "Kestrel",
        to: { mail: `${id}@x.example` },
      })),
    },
    requested("N-1", "cus_1"),
    requested("N-2", "cus_2"),
    { type: "NoticeLeft", draft: "D-1", recipients: 2 },
  ];
  const correct = draft({ kind: "correction", corrects: "D-1" });

  test("is for exactly those who got the wrong version", () => {
    const incident = after(SENT, correct);
    expect(incident.drafts["D-2"]?.recipients.map(({ id }) => id)).toEqual([
      "customer:cus_1",
      "customer:cus_2",
    ]);
    const failed: readonly Said[] = [
      ...SENT,
      { type: "DeliveryFailed", notice: "N-2", attempt: 1, reason: "550", permanent: true },
    ];
    expect(after(failed, correct).drafts["D-2"]?.recipients.map(({ id }) => id)).toEqual([
      "customer:cus_1",
    ]);
  });

  test("leaves nobody of them out without a reason, and then does not take them in again", () => {
    const incident = after(SENT, correct);
    const drop = (extra: object): IncidentCommand => ({
      type: "DropRecipients",
      draft: "D-2",
      recipients: ["cus_2"],
      ...extra,
    });
    expect(when(incident, "18:00", drop({}), more)).toEqual(["text-missing"]);
    const left = after(SENT, correct, drop({ reason: "Told by telephone at 18:20." }), {
      ...correct,
      draft: "D-2",
      subject: "Another subject",
    } as IncidentCommand);
    expect(left.drafts["D-2"]?.recipients.map(({ id }) => id)).toEqual(["customer:cus_1"]);
  });

  test("is of something that was sent, to those to whom it was said", () => {
    const at = (extra: object) => when(given(...SENT), "18:00", draft(extra), more);
    expect(at({ kind: "correction", corrects: "D-9" })).toEqual(["notice-not-sent"]);
    expect(at({ kind: "update", corrects: "D-1" })).toEqual(["correction-other"]);
    expect(at({ kind: "correction", corrects: "D-1", to: "public" })).toEqual(["audience-other"]);
  });

  test("that does not say what it corrects is blocked", () => {
    const incident = after(START, draft({ kind: "correction" }));
    expect(findingsOf(incident, D1(incident), context()).map(({ code }) => code)).toContain(
      "correction-of-missing",
    );
  });
});

test("what a law wants said is an element beside the policy's, or said under one of them", () => {
  const incident = after([...START, exposed("confirmed")], draft({}), {
    type: "NameRecipients",
    draft: "D-1",
    recipients: [{ customer: "cus_1" }],
  });
  const [first] = LAWFUL.policy.clauses.filter(({ duty }) => duty === "notify");
  if (!first) throw new Error("the policy promises no notice");
  const owed = {
    id: "gdpr@customer:cus_1",
    clause: {
      ...first,
      id: "gdpr",
      cites: "GDPR Art. 33(2)",
      law: { regime: "gdpr", stage: "controller", recipient: "controller" },
    },
    recipient: { kind: "customer", id: "customer:cus_1" },
    startedAt: time("18:00"),
  } as const;
  const contents = new Map([["gdpr/controller", ["likely consequences"]]]);
  const required = requiredOf(D1(incident), [owed], LAWFUL, contents);
  expect(required.at(-1)).toEqual({
    id: "law-likely-consequences",
    name: "Likely consequences",
    asks: ["GDPR Art. 33(2)"],
  });
});

function requested(notice: string, customer: string): IncidentEvent {
  return {
    type: "NoticeRequested",
    notice,
    kind: "notice",
    automatic: false,
    author: ADA.id,
    recipient: `customer:${customer}`,
    meets: [],
    to: { mail: `${customer}@x.example` },
    subject: "S",
    body: "B",
    draft: "D-1",
  };
}

function context() {
  return { ...more, at: time("18:00"), by: ADA.id, policy: LAWFUL, zone: "Europe/Berlin", url: "" };
}
