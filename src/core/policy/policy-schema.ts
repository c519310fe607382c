/**
 * Policy schema: how a policy is written, format version 1.
 *
 * The only description of it: types, parser, JSON Schema for editors and the
 * public JSON all come from here. Names of the field stay in English; every label
 * a person reads comes from the document.
 */

import { z } from "zod";
import { UNDECIDED } from "./clause.ts";
import { clauseSchema, targetSchema } from "./clause-schema.ts";
import { conditionSchema, idSchema, momentSchema } from "./condition/schema.ts";
import { POLICY_FORMAT } from "./policy.ts";

const text = (max = 4_000) => z.string().min(1).max(max);
const date = z.iso.date();
const mail = z.email().max(254);
/** Printed as a link on a public page, so no other scheme may stand here. */
const web = z.url({ protocol: /^https?$/ }).max(2_000);

/** A draft may leave open what it does not know; it is not published so. */
const undecided = z.literal(UNDECIDED);

/** What is not offered is declared so; a blank is a fault. */
const absent = z
  .strictObject({ absent: text(500).describe("The sentence that says so.") })
  .meta({ id: "absent", description: "Declared absent, in a sentence." });

const localTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, "must be HH:MM");
const window = z
  .tuple([localTime, localTime])
  .describe('an opening and a closing time, like ["09:00", "17:00"]');
const windows = z.array(window).max(12);

export const calendarSchema = z
  .strictObject({
    id: idSchema,
    name: text(120).optional(),
    source: text(400)
      .optional()
      .describe("Where its dates come from, and their release; printed wherever it counts."),
    zone: z.string().min(1).max(64).describe("IANA zone, like Europe/Berlin."),
    windows: z
      .strictObject({
        mon: windows.optional(),
        tue: windows.optional(),
        wed: windows.optional(),
        thu: windows.optional(),
        fri: windows.optional(),
        sat: windows.optional(),
        sun: windows.optional(),
      })
      .describe("Open hours by weekday; a weekday that is not named is closed."),
    holidays: z
      .array(z.strictObject({ date, name: text(120).optional() }))
      .max(2_000)
      .optional()
      .describe("Dates that are not business days, each on the day it is observed."),
    optionalHolidays: z
      .array(z.strictObject({ date, name: text(120).optional() }))
      .max(2_000)
      .optional()
      .describe("Dates that count as open for what is due, and closed for the latest reading."),
    closures: z
      .array(z.strictObject({ from: date, to: date, name: text(120).optional() }))
      .max(200)
      .optional()
      .describe("Spans of closed dates, both ends included."),
  })
  .meta({ id: "calendar" });

export const severitySchema = z
  .strictObject({
    id: idSchema,
    name: text(60),
    criteria: z.array(text()).min(1).describe("What makes it this severity, one criterion each."),
    response: text().optional().describe("How the response runs at this severity, in a sentence."),
  })
  .meta({ id: "severity" });

export const questionSchema = z
  .strictObject({
    id: idSchema,
    ask: text(300),
    severity: idSchema.describe("What a yes makes it, at least."),
    unknown: z.enum(["yes", "no"]).optional().describe("How an unknown counts; no if not said."),
    claim: idSchema.optional().describe("The claim that this question is about."),
  })
  .meta({ id: "question" });

export const gateSchema = z
  .strictObject({
    id: idSchema,
    says: text(300).describe("What must be true, as a sentence."),
    holds: conditionSchema.optional().describe("Where the record itself can tell."),
    evidence: z.enum(["link", "note"]).optional().describe("Where a person has to show it."),
    second: z
      .literal(true)
      .optional()
      .describe("Needs a second person; alone, a recorded exception."),
    when: conditionSchema.optional().describe("Asked only when this holds."),
  })
  .meta({ id: "gate" });

export const phaseSchema = z
  .strictObject({
    id: idSchema,
    name: text(60),
    does: text(),
    enter: z.array(gateSchema).optional(),
    leave: z.array(gateSchema).optional(),
    parallel: z.literal(true).optional().describe("May run beside another phase."),
  })
  .meta({ id: "phase" });

/** One turn of a rota: nobody is named, only when somebody answers. */
export const turnSchema = z
  .strictObject({
    calendar: idSchema.describe("In whose open hours somebody has this turn."),
    answers: z
      .strictObject({ count: z.number().positive().max(48), unit: z.literal("hours") })
      .describe("How long whoever has it may take to answer; none, if not said.")
      .exactOptional(),
  })
  .meta({ id: "turn", description: "One turn of a rota, without names." });

export const roleSchema = z
  .strictObject({
    id: idSchema,
    name: text(60),
    responsibility: text(),
    outside: z.literal(true).optional().describe("An escalation to somebody outside the team."),
    contact: text(300).optional(),
    deputy: idSchema
      .optional()
      .describe("The role whose holder is woken too in the last hour; of the first role."),
    hours: idSchema
      .optional()
      .describe("The calendar in whose hours a holder can be reached; any hour, if not said."),
    rota: z
      .array(turnSchema)
      .min(1)
      .max(20)
      .optional()
      .describe("The turns of those on call for it: together they say when somebody answers."),
    mail: mail
      .optional()
      .describe("Of somebody outside: told to call the team when something is overdue."),
  })
  .meta({ id: "role" });

export const channelSchema = z
  .strictObject({
    id: idSchema,
    name: text(80),
    direction: z.enum(["in", "out"]),
    kind: z.enum([
      "monitoring",
      "audit",
      "advisory",
      "customer",
      "researcher",
      "operator",
      "provider",
      "mail",
      "banner",
      "status-page",
      "call",
      "advisory-page",
      "other",
    ]),
    says: text().optional(),
  })
  .meta({ id: "channel" });

const claimStateSchema = z.strictObject({
  sets: z
    .array(momentSchema)
    .min(1)
    .max(8)
    .describe("Moments set the first time this state is recorded."),
});

export const claimSchema = z
  .strictObject({
    claim: idSchema,
    says: text(200),
    suspected: claimStateSchema.optional(),
    confirmed: claimStateSchema.optional(),
    "ruled-out": claimStateSchema.optional(),
  })
  .meta({ id: "claim" });

const sectionText = z.strictObject({
  id: idSchema,
  title: text(120),
  audience: z.literal("public"),
  text: z
    .string()
    .min(1)
    .max(60_000)
    .describe("Markdown; [[clause-id]] prints that clause's target."),
});

const sectionElsewhere = z.strictObject({
  id: idSchema,
  title: text(120),
  audience: z.enum(["nda", "internal"]),
  file: text(300),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, "must be sha256: and 64 hex digits")
    .describe("Of the file, whose first line is a random salt."),
});

export const policySchema = z
  .strictObject({
    format: z.literal(POLICY_FORMAT).describe("Which format this is."),
    id: idSchema.describe("The same for every version of this policy."),
    title: text(120).describe("The heading of the public page."),
    organisation: text(120).describe("Whose policy it is."),
    version: z
      .string()
      .regex(/^[0-9][0-9A-Za-z.-]*$/, "must be a version, like 1.0")
      .max(32)
      .describe('Its label, in quotes: "1.0".'),
    effective: z.union([date, undecided]).describe("The first day on which it applies."),
    changes: text(500).optional().describe("The changelog line of this version."),
    owner: z
      .strictObject({ name: text(120), role: text(120).optional(), email: mail.optional() })
      .describe("The person who answers for this policy."),
    cadence: z
      .strictObject({
        review: z
          .union([targetSchema, undecided])
          .describe("At the latest this long after the last review."),
        afterMaterialIncident: z
          .boolean()
          .describe("Whether it is reviewed after every material incident too."),
        announce: text(300).describe("How subscribers hear of a substantive change."),
        remediations: targetSchema
          .optional()
          .describe("How often open remediations are looked at again."),
        transparencyReport: z
          .union([targetSchema, absent])
          .optional()
          .describe("How often the aggregated report appears."),
      })
      .describe("When it is looked at again, and who hears of it."),
    publicRecord: z
      .strictObject({
        months: z.int().min(1).max(36).describe("How many whole months back."),
      })
      .optional()
      .describe("Promise against record is shown to everybody, as counts; not, if not said."),
    reporting: z
      .strictObject({
        email: z.union([mail, undecided]).describe("Where anybody can report something."),
        pgp: z
          .union([z.strictObject({ fingerprint: text(80), url: web }), absent])
          .describe("The key for encrypted reports."),
        subject: text(200).optional().describe("The convention for the subject line."),
        include: z.array(text(300)).min(1).describe("What a report should contain."),
        safeHarbour: z.union([text(), absent]).describe("What good-faith research may rely on."),
        bounty: z.union([text(), absent]).describe("The position on bounties."),
        statusPage: z.union([web, absent]).optional().describe("Where availability is reported."),
        languages: z
          .array(
            z
              .string()
              .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, "must be a language tag, like en"),
          )
          .min(1)
          .max(20)
          .optional()
          .describe("In which languages a report is read, by their tags: en, de, pt-BR."),
        acknowledgments: z
          .union([web, absent])
          .optional()
          .describe("Where those who reported something are thanked."),
      })
      .describe("How to tell us something."),
    calendar: idSchema.describe("The calendar that counts where a clause names none."),
    calendars: z.array(calendarSchema).min(1).max(50).describe("What business days and hours are."),
    severities: z.array(severitySchema).min(1).max(12).describe("Most severe first."),
    questions: z
      .array(questionSchema)
      .max(40)
      .describe("The most severe answer decides the severity."),
    otherwise: idSchema.describe("The severity when no question is answered yes."),
    priorities: z
      .array(z.strictObject({ id: idSchema, name: text(60), says: text(300) }))
      .max(12)
      .optional()
      .describe("The team's own operational scale; it starts no clock."),
    phases: z.array(phaseSchema).min(1).max(20).describe("Of the response, in their order."),
    gates: z
      .strictObject({
        fix: z.array(gateSchema).optional(),
        resolve: z.array(gateSchema).optional(),
        close: z.array(gateSchema).optional(),
      })
      .describe("What must be true before a fix counts, an incident is resolved, or is closed."),
    review: z
      .strictObject({
        severities: z.array(idSchema).min(1).describe("Which severities are reviewed."),
        questions: z.array(text(300)).min(1).describe("What every review answers."),
        says: text().optional(),
      })
      .describe("The blameless review after an incident."),
    decision: z
      .array(z.strictObject({ id: idSchema, ask: text(300), claim: idSchema.optional() }))
      .max(20)
      .optional()
      .describe("The questions of the decision whether to notify."),
    roles: z
      .array(roleSchema)
      .min(1)
      .max(30)
      .describe("Functions to be covered; one person may hold several."),
    channels: z
      .array(channelSchema)
      .min(1)
      .max(60)
      .describe("Channels in: best signal-to-noise first."),
    facts: z.array(claimSchema).min(1).max(100).describe("The fact vocabulary."),
    stages: z
      .array(z.strictObject({ id: idSchema, name: text(60), adds: text() }))
      .max(12)
      .optional()
      .describe("Stages of a customer, earliest first: each adds, none takes away."),
    elements: z
      .array(z.strictObject({ id: idSchema, name: text(80), says: text(300) }))
      .max(40)
      .describe("What a notice can contain."),
    mitigations: z
      .array(z.strictObject({ id: idSchema, name: text(80) }))
      .min(1)
      .max(40)
      .describe("Kinds of control that reduce the risk now."),
    providers: z
      .array(z.strictObject({ role: text(80), name: text(80), interface: text(300) }))
      .max(100)
      .optional()
      .describe("Whose services this stands on, and where their word reaches us."),
    clauses: z.array(clauseSchema).min(1).max(500).describe("The promises."),
    sections: z
      .array(z.union([sectionText, sectionElsewhere]))
      .min(1)
      .max(80)
      .describe("The prose, in the order of the page."),
  })
  .meta({ id: "policy", title: "Duenotice policy, format 1" });
