/** Shapes of what is answered about what recipients were told, and what they said to it. */

import { z } from "zod";
import { CALL_OUTCOMES } from "../core/incident/notice/call.ts";
import { OPENED_AS } from "../core/incident/notice/own-page.ts";
import { STEP_KINDS } from "../core/notice/draft.ts";
import { KEPT } from "../core/notice/notice.ts";
import { instant, maybe, obligationShape } from "./view-shapes.ts";

const count = z.int().min(0);

export const callShape = z.object({
  version: z.int().describe("The entry that says so."),
  outcome: z.enum(CALL_OUTCOMES),
  happenedAt: instant,
  byName: z.string(),
  who: maybe(z.string()),
  number: maybe(z.string()),
  note: maybe(z.string()),
});

export const noticeShape = z
  .object({
    id: z.string(),
    subject: z.string(),
    kind: z.string(),
    automatic: z.boolean(),
    state: z.enum(["waiting", "sending", "delivered", "deferred", "failed"]),
    to: z.string(),
    from: maybe(z.string()),
    title: z.string().describe("The mail's subject line."),
    body: z.string(),
    requestedAt: instant,
    deliveredAt: maybe(instant),
    attempts: z.int(),
    nextAt: maybe(instant),
    reason: maybe(z.string()),
    recipient: maybe(z.string()).describe("customer:cus_..., reporter:R-..., as obligations say."),
    draft: maybe(z.string()),
    uncertain: z.boolean().describe("The connection broke after it was sent: it may have arrived."),
    kept: maybe(z.enum(KEPT)).describe(
      "Delivered, and no mail server has it: kept here as a file, or read on the page of a case.",
    ),
    openedAt: maybe(instant).describe("First opening of their own page since, by a person."),
    acknowledged: z
      .array(z.object({ at: instant, name: z.string(), word: maybe(z.string()) }))
      .describe("Who there said that they have it."),
    nextWordAt: maybe(instant).describe("By when it says that the next word comes."),
    files: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
  })
  .meta({ id: "Notice" });

/** What went out about one incident, or to one party, and what came back of it. */
export const pictureRowShape = z.object({
  id: z.string().describe("incident/INC-7, or customer:cus_..., as notices say."),
  name: z.string(),
  notices: count.describe("Everything that was asked to be sent."),
  held: count.describe("Letters that are written, approved or held, and have not left."),
  waiting: count,
  accepted: count.describe("Accepted by a mail server."),
  kept: count.describe("Kept as a file, or read on the page of a case: no mail server has it."),
  deferred: count,
  failed: count,
  opened: count,
  acknowledged: count,
  lastAt: maybe(instant),
  lastAcknowledged: z.boolean().describe("Whether somebody there says they have the last one."),
  nextWordAt: maybe(instant).describe("What the last one promises."),
});

/** What it takes to call one recipient. */
export const callSheetShape = z
  .object({
    recipient: z.string(),
    name: z.string(),
    numbers: z.array(
      z.object({
        name: z.string(),
        phone: z.string(),
        zone: maybe(z.string()),
        security: z.boolean(),
      }),
    ),
    draft: maybe(z.string()).describe("The notice that the script is made of."),
    script: z.array(z.string()).describe("What to say, a paragraph for each breath."),
    owed: z.array(obligationShape).describe("What asks for a person to speak to them, and runs."),
    calls: z.array(callShape),
  })
  .meta({ id: "CallSheet" });

/** What each recipient was told, and what they did with it. */
export const toldShape = z
  .object({
    counts: z.object({
      told: count,
      opened: count.describe("Recipients whose page was opened by a person's browser."),
      acknowledged: count,
      steps: count,
      done: count,
    }),
    items: z.array(
      z.object({
        recipient: z.string(),
        name: z.string(),
        callOwed: z.boolean().describe("Something that runs asks for a person to speak to them."),
        page: z.enum(["open", "ended", "none"]).describe("Whether they have a page of their own."),
        letters: z.array(
          z.object({
            id: z.string(),
            sentAt: instant,
            state: z.enum(["requested", "delivered", "deferred", "failed"]),
            kept: maybe(z.enum(KEPT)).describe("Delivered, and no mail server has it."),
            reason: maybe(z.string()).describe("Why it has not arrived, in their server's words."),
            subject: z.string(),
            changes: maybe(count).describe("Sentences that came or went since the letter before."),
          }),
        ),
        opened: z.array(
          z.object({ at: instant, what: z.enum(OPENED_AS), agent: maybe(z.string()) }),
        ),
        acknowledged: z.array(
          z.object({ at: instant, notice: z.string(), name: z.string(), word: maybe(z.string()) }),
        ),
        steps: z.array(
          z.object({ kind: z.enum(STEP_KINDS), text: z.string(), doneAt: maybe(instant) }),
        ),
        calls: z.array(callShape),
      }),
    ),
  })
  .meta({ id: "Told" });
