/** Commands about a signal: record, triage, answer. */

import { z } from "zod";
import {
  type CommandSpec,
  RESPOND,
  LEAD,
  line,
  title,
  note,
  instant,
  id,
  answers,
  happened,
  meeting,
  obligation,
  spec,
  text,
} from "./command-spec.ts";

export const SIGNAL_COMMANDS = [
  {
    ...spec("RecordSignal", "signal", "record-signal", "Record a signal by hand.", RESPOND, {
      channel: id.optional().describe("A channel in of the policy; operator if not said."),
      title,
      text: z.string().max(50_000).optional(),
      sender: z.strictObject({ name: line(200).optional(), mail: z.email().optional() }).optional(),
      receivedAt: instant.optional().describe("When it reached us, if not now."),
      happenedAt: happened,
    }),
    creates: true as const,
  },
  spec(
    "CloseSignal",
    "signal",
    "close-signal",
    "Close a signal that is no incident, with its reason.",
    LEAD,
    {
      reason: z.enum([
        "false-positive",
        "duplicate",
        "out-of-scope",
        "not-reproducible",
        "wont-act",
      ]),
      note,
      duplicateOf: id.optional().describe("The signal that this one repeats."),
    },
  ),
  spec("ReopenSignal", "signal", "reopen-signal", "Take a closed signal up again.", LEAD, { note }),
  spec(
    "SnoozeSignal",
    "signal",
    "snooze-signal",
    "Put a signal aside until an instant before its acknowledgement is due.",
    RESPOND,
    {
      until: instant,
    },
  ),
  spec(
    "ConfirmSignal",
    "signal",
    "confirm-signal",
    "Confirm a signal into a new or an existing incident.",
    LEAD,
    {
      incident: id.optional().describe("An open incident; a new one if not said."),
      title: title
        .optional()
        .describe("The new incident's private title; the signal's if not said."),
      answers: answers.optional().describe("Answers to the policy's severity questions."),
      severity: id.optional().describe("A severity other than the answers give."),
      reason: note.optional().describe("Why this severity."),
    },
  ),
  spec(
    "SendAcknowledgement",
    "signal",
    "send-acknowledgement",
    "Acknowledge the reporter, by mail, in your own name.",
    RESPOND,
    {
      subject: title,
      body: text(20_000),
    },
  ),
  spec(
    "AnswerReporter",
    "signal",
    "answer-reporter",
    "Write to the reporter, by mail, in your own name.",
    RESPOND,
    {
      subject: title,
      body: text(20_000),
    },
  ),
  {
    ...spec(
      "TakeSignalClock",
      "signal",
      "take-signal-clock",
      "Say that you have what a signal owes in hand; reminders pause until the next rung.",
      RESPOND,
      { obligation },
    ),
    as: "TakeClock" as const,
  },
  {
    ...spec(
      "MeetSignalObligation",
      "signal",
      "meet-signal",
      "Record that what a signal owes to its reporter was met outside, with the evidence.",
      RESPOND,
      meeting,
    ),
    as: "MeetObligation" as const,
  },
] as const satisfies readonly CommandSpec[];
