/** Shapes of what is answered about filings with authorities. */

import { z } from "zod";
import { instant, maybe, STANDINGS } from "./view-shapes.ts";

const basis = z
  .enum(["authority", "law", "generic"])
  .describe("Whose order the fields are in: the authority's form, the law's list, or ours.");

const filed = z.object({
  stage: z.string(),
  filedAt: instant,
  filedBy: z.string(),
  number: maybe(z.string()),
  followUp: z.boolean().describe("This stage was filed before."),
  lateFor: maybe(instant).describe("When it was due, where it was too late."),
  reason: maybe(z.string()),
  note: maybe(z.string()),
  hash: z.string().describe("SHA-256 of the pack's contents as they were."),
  answers: z
    .array(z.object({ label: z.string(), value: z.string(), now: maybe(z.string()) }))
    .describe("What was filed, and what the pack says now; none where it was too long to keep."),
  recordedAt: instant,
  entry: z.int(),
});

/** A stage of the same law that is filed after this one, or before. */
const other = z.object({
  stage: z.string(),
  recipient: z.string(),
  within: z.string().describe("How long the law gives for it, and from when, in words."),
  dueAt: maybe(instant),
  dueText: maybe(z.string()),
  standing: maybe(z.enum(STANDINGS)).describe("Null where nothing is owed for it now."),
  filed: z.int(),
});

const difference = z.object({
  about: z.enum(["number", "day"]),
  words: z.string().describe("What the notice says."),
  filed: z.string().describe("What was filed."),
  notice: z.string(),
  title: z.string(),
  sentAt: instant,
});

/** The stages at which an incident's laws ask for a filing. */
export const filingsShape = z
  .object({
    items: z.array(
      z.object({
        regime: z.string(),
        name: z.string(),
        jurisdiction: z.string(),
        stage: z.string(),
        recipient: z.string(),
        basis,
        dueAt: maybe(instant),
        standing: maybe(z.enum(STANDINGS)).describe("Null where nothing is owed for it now."),
        filed: z.int(),
        open: z.int().describe("Fields that are asked for and not known yet."),
      }),
    ),
    differences: z
      .array(difference)
      .describe("Where a notice that was sent says something else than what was filed last."),
  })
  .meta({ id: "Filings" });

/** One stage's form, filled. */
export const filingShape = z
  .object({
    incident: z.string(),
    drill: z.boolean(),
    regime: z.object({
      id: z.string(),
      name: z.string(),
      jurisdiction: z.string(),
      cite: z.string(),
      url: maybe(z.string()),
      verified: z.enum(["P", "S", "U"]),
    }),
    stage: z.string(),
    recipient: z.string(),
    lookedAt: z.boolean().describe("Whether this incident looks at this law."),
    files: z.boolean().describe("Whether it goes to an authority; others are told by a notice."),
    form: z.object({
      basis,
      verified: z.enum(["P", "S", "U"]),
      checked: z.iso.date(),
      says: z.string(),
      portal: maybe(z.string()).describe("Where it is filed; null where that is not known."),
    }),
    obligation: maybe(z.string()).describe("What runs for this stage."),
    dueAt: maybe(instant),
    dueText: maybe(z.string()),
    late: z.boolean(),
    zone: z.string(),
    fields: z.array(
      z.object({
        id: z.string(),
        section: z.string(),
        label: z.string(),
        kind: z.enum(["line", "text", "number", "moment", "yes-no", "choice"]),
        asked: z.enum(["always", "if-known", "if-so"]),
        cite: maybe(z.string()),
        hint: maybe(z.string()),
        covers: z.array(z.string()).describe("Contents that the law requires, word for word."),
        value: maybe(z.string()).describe("Null where nobody knows it yet."),
        at: maybe(z.string()).describe("The instant, where the value is one."),
        held: z.enum(["confirmed", "suspected", "recorded", "written", "unknown"]),
        source: z.string(),
        revision: z.int(),
      }),
    ),
    open: z.int(),
    contents: z.string().describe("What the hash is of."),
    hash: z.string(),
    text: z.string().describe("All of it, to paste."),
    filed: z.array(filed),
    stages: z.array(other).describe("The other stages of the same law that an authority receives."),
    differences: z.array(difference),
  })
  .meta({ id: "Filing" });
