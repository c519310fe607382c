/**
 * The view registry: everything that can be read, once.
 *
 * From this list come the GET routes, OpenAPI, the CLI's lists and the web's
 * queries. Lists are pages with a cursor; every answer has an ETag. `asOf` reads
 * the record as it stood then. Instants on the wire are RFC 3339 in UTC.
 */

import { sectionFileShape } from "./section-shapes.ts";
import { z } from "zod";
import { OTHER_KINDS } from "../core/party/other-words.ts";
import { ATTAINMENT_VIEW } from "./attainment.ts";
import { FILING_VIEWS } from "./filing-views.ts";
import { ME_VIEW } from "./me-view.ts";
import { personShape } from "./person-shape.ts";
import { HOLIDAYS_VIEW } from "./holidays-view.ts";
import { HANDOVER_VIEW } from "./handover-view.ts";
import { SEAT_VIEWS } from "./seat-views.ts";
import { noticeShape } from "./told-shapes.ts";
import { TELLING_VIEWS } from "./telling-views.ts";
import { view, type ViewSpec } from "./view-spec.ts";
export type { ViewSpec } from "./view-spec.ts";
import { BANNERS_VIEW, STATUS_VIEW } from "./status-views.ts";
import { asOf, boardQuery, listQuery } from "./view-query.ts";
import { RESPOND } from "./command-spec.ts";
import { draftRowShape, draftShape } from "./draft-shapes.ts";
import {
  instant,
  maybe,
  STANDINGS,
  dueShape,
  historyShape,
  listedObligationShape,
  obligationShape,
  timelineLineShape,
  signalRowShape,
  incidentRowShape,
  page,
  stateShape,
  policyRowShape,
  lawChangesShape,
  proposalShape,
  regimeShape,
  customerShape,
  otherShape,
  partyShape,
  shareShape,
} from "./view-shapes.ts";

export const VIEWS = [
  ME_VIEW,
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
        files: z
          .array(
            z.object({
              id: z.string(),
              name: z.string(),
              bytes: z.int(),
              sha256: z.string(),
              at: instant,
            }),
          )
          .describe("What the reporter sent along; GET /signals/{id}/files/{file} saves one."),
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
        providers: z.array(z.object({ id: z.string(), name: z.string() })),
        obligations: z
          .array(obligationShape)
          .describe(
            "Soonest due first. Of more than 1,000 the soonest that are open; all are at /obligations.",
          ),
        owedTotal: z.int().describe("How many obligations there are."),
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
      ...boardQuery,
      standing: z.enum([...STANDINGS, "open", "all"]).optional(),
      subject: z.string().max(80).optional(),
      order: z.enum(["due", "party"]).optional().describe("By when it is due, or by recipient."),
    },
    page(listedObligationShape, "ObligationPage"),
  ),
  view(
    "due",
    "/due",
    "How what is owed stands: overdue, at risk, today, soon; and on which days it is due.",
    {
      ...boardQuery,
      days: z
        .string()
        .max(2_000)
        .optional()
        .describe("Where days begin, and where the last one ends: instants with commas between."),
      zone: z.enum(["utc"]).optional().describe("Today in UTC, not in the installation's zone."),
    },
    dueShape,
  ),
  HANDOVER_VIEW,
  ATTAINMENT_VIEW,
  STATUS_VIEW,
  BANNERS_VIEW,
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
        words: maybe(z.string()).describe("A contract's clause, as it stands in the document."),
        trigger: z.object({
          moment: z.string(),
          says: z.string(),
          at: instant,
          entry: maybe(z.int()),
        }),
        steps: z.array(z.string()),
        calendar: maybe(z.string()),
        raised: maybe(z.string()),
        metSays: z.string().describe("What meets it, in a sentence."),
        others: z
          .array(z.object({ governs: z.boolean(), obligation: obligationShape }))
          .describe("What other clauses promise to the same recipient for the same duty."),
        history: z
          .array(historyShape)
          .describe("What was said of it and what time did to it, oldest first."),
      })
      .meta({ id: "Why" }),
  ),
  view(
    "policies",
    "/policies",
    "The policy's versions, newest first.",
    {},
    z
      .object({
        items: z.array(policyRowShape),
        proposal: maybe(proposalShape),
        subscribers: z.int().describe("How many have asked to be told of a new version."),
        reviewedAt: maybe(instant).describe("When somebody last looked at the whole policy."),
        reviewBy: maybe(instant).describe("When it is due to be looked at again."),
      })
      .meta({ id: "PolicyVersions" }),
  ),
  view(
    "policy",
    "/policies/{version}",
    "One version of the policy as data; `current` is the one that runs, `proposed` the one that waits for approval.",
    {
      only: z
        .enum(["terms", "stages"])
        .optional()
        .describe(
          "`terms` is what is decided by: without its prose (no sections) and its source (no text). `stages` is the stages of customers alone.",
        ),
    },
    policyRowShape
      .extend({
        policy: z.record(z.string(), z.unknown()),
        text: maybe(z.string()).describe("The document as it was published."),
      })
      .meta({ id: "PolicyWhole" }),
  ),
  view(
    "policy-files",
    "/policies/{version}/files",
    "The sections of a version that stand in files of their own, and whether each file is here.",
    {},
    z.object({ items: z.array(sectionFileShape) }).meta({ id: "SectionFiles" }),
    RESPOND,
  ),
  view(
    "policy-file",
    "/policies/{version}/files/{section}",
    "The file of such a section, whole; its first line is its salt.",
    {},
    sectionFileShape.extend({ text: z.string() }).meta({ id: "SectionFile" }),
    RESPOND,
  ),
  HOLIDAYS_VIEW,
  view(
    "drafts",
    "/drafts",
    "Drafts of the policy, by name.",
    {},
    z.object({ items: z.array(draftRowShape) }).meta({ id: "Drafts" }),
    RESPOND,
  ),
  view(
    "draft",
    "/drafts/{name}",
    "One draft of the policy; the working one is `next`.",
    {},
    draftShape,
    RESPOND,
  ),
  view(
    "customers",
    "/parties",
    "Customers, by name.",
    { ...listQuery, q: z.string().max(200).optional() },
    page(customerShape, "CustomerPage"),
  ),
  view(
    "others",
    "/parties/others",
    "Parties that are no customers, by name.",
    { ...listQuery, q: z.string().max(200).optional(), kind: z.enum(OTHER_KINDS).optional() },
    page(otherShape, "OtherPartyPage"),
  ),
  view("party", "/parties/{id}", "One party, whole.", { asOf }, partyShape),
  view(
    "shares",
    "/parties/{id}/shares",
    "The links by which sections of the policy were opened to them, and when each was used.",
    {},
    z.object({ items: z.array(shareShape) }).meta({ id: "Shares" }),
    RESPOND,
  ),
  view(
    "regimes",
    "/regimes",
    "The laws of this release, and which could bind us.",
    {
      only: z
        .enum(["told"])
        .optional()
        .describe("`told` is what we state to be, without the laws."),
    },
    z
      .object({
        told: maybe(z.record(z.string(), z.unknown())).describe("What we state to be."),
        items: z.array(regimeShape),
      })
      .meta({ id: "Regimes" }),
  ),
  view(
    "law-changes",
    "/regimes/changes",
    "What changed between two releases of the law's data; since the one read last, if not said.",
    {
      from: z.iso.date().optional().describe("A release: 2026-11-21."),
      to: z.iso.date().optional().describe("A release; the one that runs, if not said."),
    },
    lawChangesShape,
  ),
  view(
    "people",
    "/people",
    "The people of the team.",
    {},
    z.object({ items: z.array(personShape) }).meta({ id: "People" }),
  ),
  ...TELLING_VIEWS,
  ...FILING_VIEWS,
  ...SEAT_VIEWS,
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

export type ListedObligation = z.output<typeof listedObligationShape>;
export type ObligationView = z.output<typeof obligationShape>;
export type TimelineLine = z.output<typeof timelineLineShape>;
export type SignalRow = z.output<typeof signalRowShape>;
export type IncidentRow = z.output<typeof incidentRowShape>;
export type Notice = z.output<typeof noticeShape>;
export type Customer = z.output<typeof customerShape>;
export type OtherParty = z.output<typeof otherShape>;
export type Party = z.output<typeof partyShape>;
export type PersonRow = z.output<typeof personShape>;
