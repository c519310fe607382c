/** Commands about the decision whether to notify, and about notices before they leave. */

import { z } from "zod";
import { OUTCOMES } from "../core/incident/outward/decision.ts";
import { LIST_LINES_MAX } from "../core/party/matching.ts";
import { AUDIENCES } from "../core/notice/audience.ts";
import { dataSets, pastedList } from "./customer-match.ts";
import { FILE_BYTES_MAX } from "../core/notice/attachment.ts";
import { CALL_OUTCOMES } from "../core/incident/notice/call.ts";
import {
  DRAFT_KINDS,
  RECIPIENTS_AT_ONCE_MAX,
  STEP_CHARACTERS_MAX,
  STEP_KINDS,
  STEPS_MAX,
} from "../core/notice/draft.ts";
import {
  answers,
  type CommandSpec,
  happened,
  id,
  instant,
  LEAD,
  line,
  note,
  RESPOND,
  spec,
  text,
} from "./command-spec.ts";

const draft = id.describe("D-1: one of the incident's drafts.");
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe(
    "SHA-256 of every letter, as the draft's view says it: what was read is what is meant.",
  );
const addressee = z.strictObject({ name: z.string().max(100).optional(), mail: line(254) });
const recipient = z.string().min(1).max(256).describe("customer:cus_…, as in obligations.");
const words = z
  .record(z.string().regex(/^[A-Za-z][\w.-]{0,59}$/), z.string().max(8_000))
  .describe("What is for this recipient alone; the draft calls it as {{name}}.");

export const NOTICE_COMMANDS = [
  spec(
    "Decide",
    "incident",
    "decide",
    "Record the decision whether to notify, a no as much as a yes.",
    LEAD,
    {
      outcome: z.enum(OUTCOMES),
      answers: answers.describe("By question of the policy's decision."),
      reason: note,
      lookAgainAt: instant
        .optional()
        .describe("When what is not known is looked at again; needed where an answer is unknown."),
      counsel: z.boolean().optional().describe("Outside counsel reads it before it stands."),
    },
  ),
  spec(
    "AgreeAsCounsel",
    "incident",
    "agree-as-counsel",
    "Record that counsel agrees with the decision.",
    RESPOND,
    { counsel: line(200).describe("Who has read it."), note: note.optional() },
  ),
  spec(
    "ObjectAsCounsel",
    "incident",
    "object-as-counsel",
    "Record that counsel does not agree with the decision: it does not stand.",
    RESPOND,
    {
      counsel: line(200).describe("Who has read it."),
      note: note.describe("What speaks against it."),
    },
  ),
  spec(
    "TouchCustomers",
    "incident",
    "touch-customers",
    "Record that everybody whom a list or sets of data name is affected; the list stays on the record.",
    RESPOND,
    {
      list: pastedList.optional(),
      dataSets: dataSets.optional(),
      choices: z
        .array(z.strictObject({ line: z.int().min(1), customer: id.optional() }))
        .max(LIST_LINES_MAX)
        .optional()
        .describe("What you say of a line; without a customer it is nobody's."),
      reason: note.optional().describe("Why lines are nobody's."),
    },
  ),
  spec(
    "DraftNotice",
    "incident",
    "draft-notice",
    "Save a notice: a new draft, or the next revision of one.",
    RESPOND,
    {
      draft: draft.optional(),
      revision: z.int().min(1).optional().describe("The revision that was read before."),
      kind: z.enum(DRAFT_KINDS),
      to: z.enum(AUDIENCES).optional().describe("Customers, if not said."),
      corrects: draft.optional().describe("Of a correction: the sent draft that was wrong."),
      subject: z.string().max(200),
      opening: z.string().max(8_000).optional(),
      slots: z
        .array(
          z.strictObject({
            element: id,
            text: z.string().max(8_000),
            unknown: z.literal(true).optional().describe("Not known yet."),
            name: line(500).optional().describe("Of an element that is not the policy's own."),
            under: id.optional().describe("It is said under that element already."),
          }),
        )
        .max(30),
      steps: z
        .array(
          z.strictObject({
            kind: z.enum(STEP_KINDS),
            text: z.string().max(STEP_CHARACTERS_MAX),
            only: z
              .array(recipient)
              .min(1)
              .max(RECIPIENTS_AT_ONCE_MAX)
              .optional()
              .describe("For these recipients; for all of them, if not said."),
          }),
        )
        .max(STEPS_MAX)
        .optional()
        .describe("What they are asked to do; each reports what they have done."),
      nextWordAt: instant.optional().describe("By when we write again; it is owed from then on."),
      replyTo: addressee.optional(),
      signature: z.string().max(500).optional(),
    },
  ),
  spec(
    "NameRecipients",
    "incident",
    "name-recipients",
    "Name whom a draft is for, with the words that are for them alone.",
    RESPOND,
    {
      draft,
      recipients: z
        .array(
          z.strictObject({
            customer: id.optional(),
            reporter: id.optional().describe("The signal whose reporter it is."),
            to: addressee.optional().describe("If not their contact for security."),
            words: words.optional(),
          }),
        )
        .min(1)
        .max(RECIPIENTS_AT_ONCE_MAX),
    },
  ),
  spec(
    "DropRecipients",
    "incident",
    "drop-recipients",
    "Take recipients out of a draft.",
    RESPOND,
    {
      draft,
      recipients: z.array(id).min(1).max(RECIPIENTS_AT_ONCE_MAX),
      reason: note
        .optional()
        .describe("Needed where a correction leaves out who got the wrong version."),
    },
  ),
  spec(
    "NamePeople",
    "incident",
    "name-people",
    "Name the people whose data it is, by their addresses; they are kept privately.",
    RESPOND,
    {
      draft,
      list: text(100_000).describe("Names and mail addresses, one person a line."),
      language: z.string().max(20).optional(),
    },
  ),
  spec(
    "RecordPublished",
    "incident",
    "record-published",
    "Record where an approved text was published, or to whom it was handed over.",
    RESPOND,
    {
      draft,
      hash,
      how: z.enum(["published", "handed-over"]),
      where: note.describe("The address of the page, the newspaper, who tells them."),
      happenedAt: happened,
    },
  ),
  spec("DiscardNotice", "incident", "discard-notice", "Put a draft away, unsent.", RESPOND, {
    draft,
    reason: note,
  }),
  spec(
    "AttachFile",
    "incident",
    "attach-file",
    "Attach a file to a draft; it is part of what is approved.",
    RESPOND,
    {
      draft,
      name: text(1_000).describe("What it is called; made safe wherever it may be saved."),
      content: z
        .string()
        .min(1)
        .max(Math.ceil((FILE_BYTES_MAX + 3) / 3) * 4)
        .meta({ contentEncoding: "base64" })
        .describe("Its bytes in base64, at most 5 MB of them."),
      only: z
        .array(recipient)
        .min(1)
        .max(RECIPIENTS_AT_ONCE_MAX)
        .optional()
        .describe("For these recipients; for all of them, if not said."),
    },
  ),
  spec("TakeFileOff", "incident", "take-file-off", "Take a file off a draft.", RESPOND, {
    draft,
    file: id.describe("F-1: one of the draft's files."),
  }),
  spec(
    "ApproveNotice",
    "incident",
    "approve-notice",
    "Approve every letter of a draft, bound to its hash; any edit voids it.",
    RESPOND,
    {
      draft,
      hash,
      alone: note.optional().describe("Why nobody else can read it, where its author approves it."),
      overrides: z
        .array(z.strictObject({ code: id, reason: note }))
        .max(20)
        .optional()
        .describe("Checks that may stand, each with the reason."),
    },
  ),
  spec(
    "SendDraft",
    "incident",
    "send-draft",
    "Send what was approved, in its author's name; it is held first and can be held back.",
    RESPOND,
    {
      draft,
      hash,
      holdSeconds: z.int().min(0).max(600).optional(),
      reason: note.optional().describe("Why it cannot be held as long as usual."),
    },
  ),
  spec("HoldBack", "incident", "hold-back", "Hold back what has not left yet.", RESPOND, { draft }),
  spec(
    "RecordCall",
    "incident",
    "record-call",
    "Record that you spoke to somebody outside, or that nobody answered.",
    RESPOND,
    {
      recipient,
      outcome: z.enum(CALL_OUTCOMES),
      who: line(200).optional().describe("Whom you spoke to; needed where you did."),
      number: line(200).optional().describe("The number that was called."),
      note: note.optional(),
      happenedAt: happened,
    },
  ),
  spec(
    "EndOwnPage",
    "incident",
    "end-own-page",
    "End the page of one recipient: its address opens nothing any more.",
    LEAD,
    { recipient, reason: note },
  ),
] as const satisfies readonly CommandSpec[];
