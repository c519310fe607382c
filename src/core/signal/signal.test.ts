import { describe, expect, test } from "vitest";
import { ADA, PINNED, isAllowed } from "../policy/fennel.ts";
import { standing } from "../policy/obligations.ts";
import { FIRED, given, REPORTED, time, when } from "./given.ts";
import { signalObligations, signalWakeAt } from "./obligation.ts";
import type { RecordSignal } from "./record.ts";
import type { SignalEvent } from "./signal.ts";
import { whyNot } from "./signal.ts";
import type { Signal } from "./state.ts";
import { context } from "../policy/fennel.ts";

const ACK = "ack@reporter:R-7QK4-M2";
/** Monday, one business day after Friday evening. */
const ACK_DUE = "2026-11-23T16:00:00Z";

const ids = (signal: Signal): readonly string[] =>
  signalObligations(signal, PINNED).map(({ id }) => id);
const standingOf = (signal: Signal, id: string, at: string) => {
  const found = signalObligations(signal, PINNED).find((obligation) => obligation.id === id);
  return found && standing(found, time(at));
};
const types = (events: readonly (SignalEvent | string)[]): readonly string[] =>
  events.map((event) => (typeof event === "string" ? event : event.type));

const requested: SignalEvent = {
  type: "NoticeRequested",
  notice: "N-4TTK",
  kind: "acknowledgement",
  automatic: false,
  author: ADA.id,
  recipient: "reporter:R-7QK4-M2",
  meets: ["acknowledgedAt"],
  to: { mail: "ravi@kestrel.example" },
  subject: "We are looking",
  body: "Thank you.",
};
const delivered: SignalEvent = {
  type: "Delivered",
  notice: "N-4TTK",
  attempt: 1,
  at: time("18:30"),
  response: "250 OK",
};

describe("recording", () => {
  const report: RecordSignal = {
    type: "RecordSignal",
    channel: "research",
    source: "form",
    fingerprint: "form:1",
    title: REPORTED.title,
    text: REPORTED.text,
    sender: REPORTED.sender,
    receivedAt: REPORTED.receivedAt,
  };

  test("keeps when it reached us, not when it was read", () => {
    expect(when(given(), "18:00", report)).toEqual([REPORTED]);
  });

  test("asks for the automatic receipt, which meets nothing", () => {
    const receipt = { subject: "Received [R-7QK4-M2]", body: "It arrived." };
    const events = when(given(), "18:00", { ...report, receipt });
    expect(events).toMatchObject([
      { type: "SignalRecorded" },
      { kind: "receipt", automatic: true, meets: [], recipient: "reporter:R-7QK4-M2" },
    ]);
    expect(events[1]).not.toHaveProperty("author");
    const arrived = given(...(events as readonly SignalEvent[]), {
      ...delivered,
      notice: "N-4TTK",
    });
    expect(standingOf(arrived, ACK, "19:00")).toBe("running");
  });

  test("asks for a receipt to the address alone: a name is the words of whoever typed it", () => {
    const receipt = { subject: "Received", body: "It arrived." };
    const sender = { name: "Win at evil.example", mail: "victim@elsewhere.example" };
    expect(when(given(), "18:00", { ...report, sender, receipt })).toMatchObject([
      { sender },
      { to: { mail: sender.mail } },
    ]);
    expect(JSON.stringify(when(given(), "18:00", { ...report, sender, receipt })[1])).not.toContain(
      sender.name,
    );
  });

  test("asks for no receipt where nobody left an address", () => {
    const receipt = { subject: "Received", body: "It arrived." };
    expect(isAllowed(when(given(), "18:00", { ...report, sender: {}, receipt }))).toBe(true);
  });

  test("by hand is what an operator saw", () => {
    expect(when(given(), "18:00", { type: "RecordSignal", title: "Odd logins" })).toMatchObject([
      { channel: "operator", source: "hand", receivedAt: time("18:00"), sender: {} },
    ]);
  });

  test("through a channel that the policy does not have is refused, and so is one out", () => {
    expect(when(given(), "18:00", { ...report, channel: "pigeon" })).toEqual(["channel-unknown"]);
    expect(when(given(), "18:00", { ...report, channel: "mail" })).toEqual(["channel-unknown"]);
  });

  test("names everything that is wrong at once", () => {
    const wrong = { ...report, title: "", receivedAt: time("19:00"), channel: "pigeon" };
    expect(when(given(), "18:00", wrong)).toEqual([
      "channel-unknown",
      "text-missing",
      "instant-in-future",
    ]);
  });

  test("again records nothing, and that it is over once", () => {
    const again: RecordSignal = { ...report, stopped: false };
    const over: RecordSignal = { ...report, stopped: true, receivedAt: time("18:20") };
    expect(when(given(FIRED), "18:00", again)).toEqual([]);
    expect(when(given(FIRED), "18:30", over)).toEqual([
      { type: "SignalStopped", at: time("18:20") },
    ]);
    const stopped = given(FIRED, { type: "SignalStopped", at: time("18:20") });
    expect(when(stopped, "18:40", over)).toEqual([]);
    expect(when(given(), "18:40", over)).toEqual([]);
  });
});

describe("what a signal owes", () => {
  test("is an answer to whoever reported, and triage; nobody else is owed anything yet", () => {
    expect(ids(given(REPORTED))).toEqual(["triage@team", ACK]);
    expect(ids(given(FIRED))).toEqual(["triage@team"]);
  });

  test("an answer counts in business days from when it reached us", () => {
    const [, ack] = signalObligations(given("20:00", REPORTED), PINNED);
    expect(ack?.dueAt).toBe(time(ACK_DUE));
  });

  test("once confirmed is the answer alone; its incident owes the rest", () => {
    const confirmed = given(REPORTED, { type: "SignalConfirmed", incident: "INC-7" });
    expect(ids(confirmed)).toEqual([ACK]);
  });

  test("closed still is the answer, but for what was out of scope", () => {
    const closed = (reason: "false-positive" | "out-of-scope"): SignalEvent => ({
      type: "SignalClosed",
      reason,
      note: "See there",
    });
    expect(standingOf(given(REPORTED, closed("false-positive")), ACK, "19:00")).toBe("running");
    expect(ids(given(REPORTED, closed("out-of-scope")))).not.toContain(ACK);
    expect(standingOf(given(REPORTED, closed("out-of-scope")), "triage@team", "23:00")).toBe("met");
  });

  test.each([
    ["at the due instant it still runs", ACK_DUE, "running"],
    ["one millisecond later it is missed", "2026-11-23T16:00:00.001Z", "missed"],
  ])("%s", (_, at, is) => {
    expect(standingOf(given(REPORTED), ACK, at)).toBe(is);
  });

  test("accepted at the due instant it is met", () => {
    const met = given(REPORTED, requested, { ...delivered, at: time(ACK_DUE) } as SignalEvent);
    expect(standingOf(met, ACK, "2026-11-24T09:00:00Z")).toBe("met");
  });

  test("reopened its triage runs again", () => {
    const closed: SignalEvent = { type: "SignalClosed", reason: "wont-act", note: "Known" };
    const reopened: SignalEvent = { type: "SignalReopened", note: "It is not" };
    expect(standingOf(given(REPORTED, closed, reopened), "triage@team", "19:00")).toBe("running");
  });
});

describe("waking", () => {
  test("records a miss, pages, and comes to an end", () => {
    const first = signalWakeAt(given(REPORTED), PINNED);
    expect(first).toBe(time("19:40"));
    const events = when(given(REPORTED), "21:41", { type: "Wake" });
    expect(types(events)).toEqual(["ObligationMissed", "PageRequested"]);
    expect(events).toMatchObject([
      { obligation: "triage@team" },
      { body: expect.stringContaining("/app/inbox/R-7QK4-M2") },
    ]);
  });

  test("what fell due before an act is recorded before it", () => {
    const command = { type: "CloseSignal", reason: "false-positive", note: "A test" } as const;
    expect(types(when(given(FIRED), "22:00", command))).toEqual([
      "ObligationMissed",
      "SignalClosed",
    ]);
  });
});

describe("closing", () => {
  const close = { type: "CloseSignal", reason: "false-positive", note: "A scanner" } as const;

  test("keeps the reason's code and the note", () => {
    expect(when(given(REPORTED), "18:00", close)).toEqual([
      { type: "SignalClosed", reason: "false-positive", note: "A scanner" },
    ]);
    expect(when(given(REPORTED), "18:00", { ...close, note: "" })).toEqual(["text-missing"]);
  });

  test("as a duplicate names another signal that exists", () => {
    const duplicate = { ...close, reason: "duplicate" } as const;
    const other = { beside: { signal: { reference: "R-2345-67" } } };
    expect(when(given(REPORTED), "18:00", duplicate)).toEqual(["duplicate-unnamed"]);
    expect(
      when(given(REPORTED), "18:00", { ...duplicate, duplicateOf: "R-7QK4-M2" }, other),
    ).toEqual(["duplicate-of-itself"]);
    expect(when(given(REPORTED), "18:00", { ...duplicate, duplicateOf: "R-9999-99" })).toEqual([
      "signal-unknown",
    ]);
    expect(
      when(given(REPORTED), "18:00", { ...duplicate, duplicateOf: "R-2345-67" }, other),
    ).toEqual([
      { type: "SignalClosed", reason: "duplicate", note: "A scanner", duplicateOf: "R-2345-67" },
    ]);
  });

  test("what is confirmed or closed is refused, and a closed one can be taken up again", () => {
    const confirmed = given(REPORTED, { type: "SignalConfirmed", incident: "INC-7" });
    expect(when(confirmed, "18:00", close)).toEqual(["signal-confirmed"]);
    const closed = given(REPORTED, { type: "SignalClosed", reason: "wont-act", note: "Known" });
    expect(when(closed, "18:00", close)).toEqual(["signal-closed"]);
    const reopen = { type: "ReopenSignal", note: "It is not known" } as const;
    expect(isAllowed(when(closed, "18:00", reopen))).toBe(true);
    expect(when(given(REPORTED), "18:00", reopen)).toEqual(["signal-not-closed"]);
  });
});

describe("snoozing", () => {
  const snooze = (until: string) => ({ type: "SnoozeSignal", until: time(until) }) as const;

  test("goes no further than the first clock that runs", () => {
    expect(isAllowed(when(given(REPORTED), "18:00", snooze("21:40")))).toBe(true);
    expect(when(given(REPORTED), "18:00", snooze("21:41"))).toEqual(["snooze-past-due"]);
  });

  test("goes no further than the acknowledgement's due instant", () => {
    const only = {
      ...PINNED,
      terms: {
        ...PINNED.terms,
        clauses: PINNED.terms.clauses.filter(({ duty }) => duty === "acknowledge"),
      },
    };
    const command = (until: string) =>
      when(given(REPORTED), "18:00", snooze(until), { policy: only });
    expect(isAllowed(command(ACK_DUE))).toBe(true);
    expect(command("2026-11-23T16:01:00Z")).toEqual(["snooze-past-due"]);
  });

  test("into the past is refused", () => {
    expect(when(given(REPORTED), "18:00", snooze("18:00"))).toEqual(["instant-in-past"]);
  });

  test("ends when the reporter writes again", () => {
    const snoozed = given(REPORTED, { type: "SignalSnoozed", until: time("20:00") });
    expect(snoozed.snoozedUntil).toBe(time("20:00"));
    const wrote = given(
      REPORTED,
      { type: "SignalSnoozed", until: time("20:00") },
      { type: "ReporterWrote", text: "It is worse", at: time("18:30") },
    );
    expect(wrote.snoozedUntil).toBeUndefined();
  });
});

describe("what the reporter writes again", () => {
  const wrote = { type: "ReporterWrote", text: "And again", at: time("18:30") } as const;
  const again = { type: "RecordReply", text: "Once more" } as const;
  const after = (count: number) => given(REPORTED, ...Array.from({ length: count }, () => wrote));

  test("is kept two hundred times, by whichever way it comes, and then no more", () => {
    expect(types(when(after(199), "19:00", again))).toEqual(["ReporterWrote"]);
    expect(when(after(200), "19:00", again)).toEqual(["too-many"]);
  });
});

describe("confirming", () => {
  test("names the incident it goes into", () => {
    expect(when(given(REPORTED), "18:00", { type: "ConfirmSignal", into: "INC-7" })).toEqual([
      { type: "SignalConfirmed", incident: "INC-7" },
    ]);
  });

  test("into an open incident does not set that incident's severity", () => {
    const command = { type: "ConfirmSignal", incident: "INC-7", severity: "low" } as const;
    expect(when(given(REPORTED), "18:00", command)).toEqual(["severity-elsewhere"]);
  });
});

describe("answering the reporter", () => {
  const acknowledge = {
    type: "SendAcknowledgement",
    subject: "We are looking",
    body: "Thank you.",
  } as const;

  test("is done by a person, in their own name", () => {
    expect(when(given(REPORTED), "18:00", acknowledge)).toMatchObject([
      {
        kind: "acknowledgement",
        automatic: false,
        author: ADA.id,
        from: { name: "Ada", mail: "ada@fennel.example" },
        meets: ["acknowledgedAt"],
        to: { name: "Ravi", mail: "ravi@kestrel.example" },
      },
    ]);
    expect(when(given(REPORTED), "18:00", acknowledge, { person: undefined })).toEqual([
      "author-missing",
    ]);
    const robot = { ...ADA, mail: "noreply@fennel.example" };
    expect(when(given(REPORTED), "18:00", acknowledge, { person: robot })).toEqual([
      "author-unattended",
    ]);
  });

  test("is met when their server accepts, not when we send", () => {
    expect(standingOf(given(REPORTED, requested), ACK, "19:00")).toBe("running");
    expect(standingOf(given(REPORTED, requested, delivered), ACK, "19:00")).toBe("met");
  });

  test("twice is refused while the first is on its way, and possible after it failed", () => {
    expect(when(given(REPORTED, requested), "18:00", acknowledge)).toEqual([
      "already-acknowledged",
    ]);
    const failed: SignalEvent = {
      type: "DeliveryFailed",
      notice: "N-4TTK",
      attempt: 1,
      reason: "550",
      permanent: true,
    };
    expect(isAllowed(when(given(REPORTED, requested, failed), "18:00", acknowledge))).toBe(true);
  });

  test("with any first word acknowledges", () => {
    const answer = { ...acknowledge, type: "AnswerReporter" } as const;
    expect(when(given(REPORTED), "18:00", answer)).toMatchObject([
      { kind: "answer", meets: ["acknowledgedAt"] },
    ]);
  });

  test("is impossible where nobody left an address", () => {
    expect(when(given(FIRED), "18:00", acknowledge)).toEqual(["reporter-unreachable"]);
  });

  test("reaches who left no address on their case page, and meets the promise there", () => {
    const anonymous = { ...REPORTED, sender: {}, caseToken: "R-7QK4-M2.token" };
    const events = when(given(anonymous), "18:00", acknowledge) as readonly SignalEvent[];
    expect(events.map(({ type }) => type)).toEqual(["NoticeRequested", "Delivered"]);
    const answered = given(anonymous, "18:00", ADA, ...events);
    expect(answered.moments["acknowledgedAt/reporter:R-7QK4-M2"]).toBe(time("18:00"));
  });

  test("needs a subject and a text", () => {
    expect(when(given(REPORTED), "18:00", { ...acknowledge, subject: "", body: " " })).toEqual([
      "text-missing",
      "text-missing",
    ]);
  });
});

describe("why not", () => {
  test("gives the sentence of the refusal, and nothing where it may be done", () => {
    const command = { type: "ReopenSignal", note: "x" } as const;
    expect(whyNot(given(REPORTED), command, context(time("18:00")))?.message).toBe(
      "Only a closed signal can be taken up again.",
    );
    const snooze = { type: "SnoozeSignal", until: time("19:00") } as const;
    expect(whyNot(given(REPORTED), snooze, context(time("18:00")))).toBeUndefined();
  });

  test("works on a state that went through JSON, as the browser has it", () => {
    const sent = JSON.parse(JSON.stringify(given(REPORTED))) as Signal;
    expect(sent).toEqual(given(REPORTED));
  });
});
