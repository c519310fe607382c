/**
 * The view registry: everything that can be read, once.
 *
 * From this list come the GET routes, OpenAPI, the CLI's lists and the web's
 * queries. Lists are pages with a cursor; every answer has an ETag. `asOf` reads
 * the record as it stood then. Instants on the wire are RFC 3339 in UTC.
 */

import { z } from "zod";
import type { Role } from "./command.ts";

const instant = z.string().meta({ format: "date-time" });
const maybe = <T extends z.ZodType>(type: T) => type.nullable();

export const STANDINGS = ["running", "owed", "met", "met-late", "missed"] as const;

export const obligationShape = z
  .object({
    id: z.string(),
    subject: z.string().describe("incident/INC-7 or signal/R-7QK4-M2."),
    clause: z.string(),
    duty: z.string(),
    recipient: z.object({ kind: z.string(), id: z.string(), name: maybe(z.string()) }),
    says: z.string().describe("The promise, in the words of the published page."),
    startedAt: instant,
    dueAt: maybe(instant).describe("Null where the clause promises without a number."),
    latestAt: maybe(instant).describe("The outermost defensible instant; information only."),
    prepareAt: maybe(instant).describe("When work must begin to be done in time."),
    stoppedAt: maybe(instant),
    raisedAt: maybe(instant),
    standing: z.enum(STANDINGS),
    word: maybe(z.enum(["immediately", "best-effort", "aggregated"])),
    takenBy: maybe(z.string()),
    problem: maybe(z.string()),
  })
  .meta({ id: "Obligation" });

export const timelineLineShape = z
  .object({
    version: z.int().describe("The entry's number within its subject."),
    seq: z.int().describe("The entry's place in the ledger."),
    entry: z.string().describe("The entry's id."),
    type: z.string(),
    at: instant.describe("Written."),
    happenedAt: maybe(instant).describe("Happened, where that is another instant."),
    by: z.string(),
    byName: z.string(),
    says: z.string().describe("The line, in one sentence."),
    text: maybe(z.string()).describe("What a person wrote, as Markdown."),
    key: z.boolean(),
    struck: maybe(z.object({ at: instant, byName: z.string(), reason: z.string() })),
    clocks: z
      .array(
        z.object({
          change: z.enum(["added", "moved", "removed", "stopped"]),
          obligation: z.string(),
          says: z.string(),
          dueAt: maybe(instant),
          wasDueAt: maybe(instant),
        }),
      )
      .describe("What this entry did to the clocks."),
  })
  .meta({ id: "TimelineLine" });

export const signalRowShape = z
  .object({
    id: z.string(),
    channel: z.string(),
    source: z.string(),
    state: z.enum(["open", "snoozed", "confirmed", "closed", "unreadable"]),
    title: z.string(),
    sender: z.object({ name: maybe(z.string()), mail: maybe(z.string()) }),
    receivedAt: instant,
    count: z.int().describe("How often it came, the first time included."),
    lastSeenAt: instant,
    firing: maybe(z.boolean()).describe(
      "Whether its source still says so; null where it never does.",
    ),
    snoozedUntil: maybe(instant),
    incident: maybe(z.string()),
    closedAs: maybe(z.string()),
    acknowledgedAt: maybe(instant),
    next: maybe(obligationShape),
    sample: z.boolean(),
  })
  .meta({ id: "Signal" });

export const incidentRowShape = z
  .object({
    id: z.string(),
    title: z.string(),
    state: z.enum(["open", "resolved", "closed"]),
    severity: maybe(
      z.object({
        id: z.string(),
        name: z.string(),
        rank: z.int().describe("1 is the most severe."),
        of: z.int(),
      }),
    ),
    phases: z.array(z.object({ id: z.string(), name: z.string() })),
    lead: maybe(z.string()),
    openedAt: instant,
    resolvedAt: maybe(instant),
    closedAt: maybe(instant),
    missed: z.int(),
    next: maybe(obligationShape),
    policyVersion: z.int(),
    sample: z.boolean(),
  })
  .meta({ id: "Incident" });

const page = <T extends z.ZodType>(item: T, id: string) =>
  z.object({ items: z.array(item), next: maybe(z.string()), total: z.int() }).meta({ id });

const noticeShape = z
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
  })
  .meta({ id: "Notice" });

/** The subject's state as core folds it: what the browser asks `decide` with. Instants are milliseconds. */
const stateShape = z.record(z.string(), z.unknown()).meta({ id: "State" });

const personShape = z
  .object({
    id: z.string(),
    name: z.string(),
    mail: z.string(),
    role: z.enum(["owner", "responder", "communications", "reader"]),
  })
  .meta({ id: "Person" });

const policyRowShape = z
  .object({
    version: z.int(),
    label: z.string(),
    hash: z.string(),
    publishedAt: instant,
    publishedBy: z.string(),
    effective: z.string(),
    changes: maybe(z.string()),
    current: z.boolean(),
  })
  .meta({ id: "PolicyVersion" });

const customerShape = z
  .object({
    id: z.string(),
    name: z.string(),
    contact: z.object({ name: z.string(), mail: z.string(), phone: maybe(z.string()) }),
    stage: maybe(z.string()),
    role: maybe(z.string()),
    zone: maybe(z.string()),
    sample: z.boolean(),
  })
  .meta({ id: "Customer" });

const listQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
};
const asOf = z.iso
  .datetime({ offset: true })
  .optional()
  .describe("Read the record as it stood at this instant.");

export type ViewSpec = {
  readonly name: string;
  readonly path: string;
  readonly summary: string;
  readonly roles: readonly Role[];
  readonly query: z.ZodObject;
  readonly output: z.ZodType;
};

const ALL: readonly Role[] = ["owner", "responder", "communications", "reader"];
const view = <const N extends string, Q extends z.ZodRawShape, O extends z.ZodType>(
  name: N,
  path: string,
  summary: string,
  query: Q,
  output: O,
  roles: readonly Role[] = ALL,
) => ({ name, path, summary, roles, query: z.strictObject(query), output });

export const VIEWS = [
  view(
    "me",
    "/me",
    "Who you are, what you may do, and what this installation knows of itself.",
    {},
    z
      .object({
        person: personShape,
        organisation: z.string(),
        zone: z.string(),
        mail: z.object({ configured: z.boolean(), says: z.string() }),
        policyVersion: maybe(z.int()),
        serverAt: instant,
        sample: z.boolean(),
        factors: z.object({ totp: z.boolean(), passkeys: z.int() }),
        version: z.string(),
      })
      .meta({ id: "Me" }),
  ),
  view(
    "signals",
    "/signals",
    "Signals, newest first.",
    {
      ...listQuery,
      state: z.enum(["open", "snoozed", "confirmed", "closed", "unreadable", "all"]).optional(),
      q: z.string().max(200).optional(),
    },
    page(signalRowShape, "SignalPage"),
  ),
  view(
    "signal",
    "/signals/{id}",
    "One signal, whole.",
    { asOf },
    signalRowShape
      .extend({
        version: z.int(),
        text: z.string(),
        fields: z.record(z.string(), z.string()),
        hasReporter: z.boolean(),
        casePath: maybe(z.string()),
        raw: maybe(z.string()).describe("The body as it came, where it could not be read."),
        obligations: z.array(obligationShape),
        timeline: z.array(timelineLineShape),
        notices: z.array(noticeShape),
        alike: z.array(z.object({ id: z.string(), title: z.string() })),
        folded: stateShape,
      })
      .meta({ id: "SignalWhole" }),
  ),
  view(
    "incidents",
    "/incidents",
    "Incidents, newest first.",
    {
      ...listQuery,
      state: z.enum(["open", "resolved", "closed", "all"]).optional(),
      severity: z.string().max(64).optional(),
      q: z.string().max(200).optional(),
    },
    page(incidentRowShape, "IncidentPage"),
  ),
  view(
    "incident",
    "/incidents/{id}",
    "One incident: its state and what it owes.",
    { asOf },
    incidentRowShape
      .extend({
        version: z.int(),
        policyHash: z.string(),
        entries: z.int().describe("How many lines its timeline has."),
        signals: z.array(
          z.object({ id: z.string(), title: z.string(), acknowledgedAt: maybe(instant) }),
        ),
        customers: z.array(customerShape),
        obligations: z.array(obligationShape),
        notices: z.array(noticeShape),
        nextSays: z.string().describe("What to do next, and why, in one sentence."),
        asOf: maybe(instant),
        folded: stateShape,
      })
      .meta({ id: "IncidentWhole" }),
  ),
  view(
    "timeline",
    "/incidents/{id}/timeline",
    "An incident's timeline, in pages.",
    {
      asOf,
      from: z.coerce
        .number()
        .int()
        .min(0)
        .optional()
        .describe("Lines from this one on, oldest first, counted from 0."),
      limit: z.coerce.number().int().min(1).max(500).optional(),
      only: z.enum(["key", "work", "everything"]).optional(),
    },
    z
      .object({ items: z.array(timelineLineShape), from: z.int(), total: z.int() })
      .meta({ id: "TimelinePage" }),
  ),
  view(
    "obligations",
    "/obligations",
    "What is owed, soonest first.",
    {
      ...listQuery,
      standing: z.enum([...STANDINGS, "open", "all"]).optional(),
      subject: z.string().max(80).optional(),
    },
    page(obligationShape.extend({ subjectTitle: z.string() }), "ObligationPage"),
  ),
  view(
    "why",
    "/obligations/{id}/why",
    "Why an obligation is due when it is.",
    { subject: z.string().max(80) },
    z
      .object({
        obligation: obligationShape,
        clause: z.record(z.string(), z.unknown()),
        clauseSays: z.string(),
        source: maybe(z.string()),
        trigger: z.object({
          moment: z.string(),
          says: z.string(),
          at: instant,
          entry: maybe(z.int()),
        }),
        steps: z.array(z.string()),
        calendar: maybe(z.string()),
        raised: maybe(z.string()),
      })
      .meta({ id: "Why" }),
  ),
  view(
    "policies",
    "/policies",
    "The policy's versions, newest first.",
    {},
    z.object({ items: z.array(policyRowShape) }).meta({ id: "PolicyVersions" }),
  ),
  view(
    "policy",
    "/policies/{version}",
    "One version of the policy as data; `current` is the one that runs.",
    {},
    policyRowShape
      .extend({ policy: z.record(z.string(), z.unknown()), text: z.string() })
      .meta({ id: "PolicyWhole" }),
  ),
  view(
    "customers",
    "/parties",
    "Customers, by name.",
    { ...listQuery, q: z.string().max(200).optional() },
    page(customerShape, "CustomerPage"),
  ),
  view(
    "people",
    "/people",
    "The people of the team.",
    {},
    z.object({ items: z.array(personShape) }).meta({ id: "People" }),
  ),
  view(
    "notices",
    "/notices",
    "What was sent, is being sent, and could not be.",
    {
      ...listQuery,
      state: z.enum(["waiting", "sending", "delivered", "deferred", "failed", "all"]).optional(),
    },
    page(noticeShape, "NoticePage"),
  ),
  view(
    "ledger",
    "/ledger",
    "The ledger's head and what the last self-check found.",
    {},
    z
      .object({
        origin: z.string(),
        size: z.int(),
        root: z.string(),
        checkpoint: maybe(z.string()),
        key: z.string(),
        checkedAt: maybe(instant),
        checkSays: z.string(),
      })
      .meta({ id: "LedgerHead" }),
  ),
] as const satisfies readonly ViewSpec[];

export type ViewName = (typeof VIEWS)[number]["name"];
export type ViewOf<N extends ViewName> = z.output<
  Extract<(typeof VIEWS)[number], { name: N }>["output"]
>;
export type QueryOf<N extends ViewName> = z.input<
  Extract<(typeof VIEWS)[number], { name: N }>["query"]
>;

export type ObligationView = z.output<typeof obligationShape>;
export type TimelineLine = z.output<typeof timelineLineShape>;
export type SignalRow = z.output<typeof signalRowShape>;
export type IncidentRow = z.output<typeof incidentRowShape>;
export type Notice = z.output<typeof noticeShape>;
export type Customer = z.output<typeof customerShape>;
export type PersonRow = z.output<typeof personShape>;

/** The route of a view with its parameters filled in: `/api/v1/incidents/INC-7`. */
export function viewPath(path: string, parameters: Readonly<Record<string, string>>): string {
  return `/api/v1${path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(parameters[key] ?? ""))}`;
}
