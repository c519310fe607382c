/** Shapes of what is answered about a notice before it leaves. */

import { z } from "zod";
import { DRAFT_KINDS, STEP_KINDS } from "../core/notice/draft.ts";
import { AUDIENCES } from "../core/notice/audience.ts";
import { instant, maybe, obligationShape } from "./view-shapes.ts";

const addressee = z.object({ name: z.string().optional(), mail: z.string() });

const step = z.object({ kind: z.enum(STEP_KINDS), text: z.string() });

const attached = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
});

/** A notice before it leaves. */
export const noticeDraftShape = z
  .object({
    id: z.string(),
    state: z.enum(["draft", "approved", "holding", "sending", "sent", "discarded"]),
    revision: z.int(),
    kind: z.enum(DRAFT_KINDS),
    to: z.enum(AUDIENCES),
    corrects: maybe(z.string()),
    mailed: z.boolean().describe("Whether each gets a mail; else it is published or handed over."),
    subject: z.string(),
    opening: maybe(z.string()),
    steps: z.array(step.extend({ only: maybe(z.array(z.string())) })),
    files: z
      .array(attached.extend({ only: maybe(z.array(z.string())) }))
      .describe("What is attached; an approval signs their digests too."),
    slots: z.array(
      z.object({
        element: z.string(),
        text: z.string(),
        unknown: z.boolean(),
        name: maybe(z.string()),
        under: maybe(z.string()),
      }),
    ),
    nextWordAt: maybe(instant),
    replyTo: maybe(addressee),
    signature: maybe(z.string()),
    from: addressee,
    author: z.string(),
    authorName: z.string(),
    approvedBy: maybe(z.string()),
    asked: z.array(z.string()).describe("Who was asked to approve this very text, by name."),
    alone: z.boolean(),
    holdUntil: maybe(instant).describe("Until then it can be held back."),
    sentAt: maybe(instant),
    recipients: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        to: addressee,
        language: maybe(z.string()),
        zone: maybe(z.string()),
        verifiedOn: maybe(z.string()),
        words: z.record(z.string(), z.string()),
      }),
    ),
    hash: z.string().describe("What an approval signs: every letter, and the policy."),
    elements: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        says: z.string(),
        required: z.boolean().describe("A clause asks for it here."),
        asks: z
          .array(z.string())
          .describe("The laws that ask for it, where it is not the policy's."),
        suggested: maybe(z.string()).describe("What is on the record about it."),
      }),
    ),
    calls: z.array(z.string()).describe("Names for which each recipient has words of their own."),
    findings: z.array(
      z.object({
        code: z.string(),
        level: z.enum(["block", "warn"]),
        message: z.string(),
        at: z.string().describe("JSON Pointer into the draft."),
        words: maybe(z.string()),
      }),
    ),
    letters: z.array(
      z.object({
        recipient: z.string(),
        to: addressee,
        from: addressee,
        replyTo: addressee,
        subject: z.string(),
        body: z.string(),
        steps: z.array(step),
        files: z.array(attached),
      }),
    ),
    meets: z.array(obligationShape),
    sent: z
      .array(z.object({ id: z.string(), subject: z.string(), to: z.enum(AUDIENCES) }))
      .describe("Notices of this incident that left: what a correction can be of."),
    reporters: z.array(z.object({ signal: z.string(), name: z.string(), mail: maybe(z.string()) })),
    touched: z.array(
      z.object({
        customer: z.string(),
        name: z.string(),
        to: maybe(addressee),
        verifiedOn: maybe(z.string()),
      }),
    ),
  })
  .meta({ id: "NoticeDraft" });
