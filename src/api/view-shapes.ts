/**
 * View shapes: what the answers of views are made of. Instants are RFC 3339 in
 * UTC; what may be absent is null, never missing.
 */

import { z } from "zod";
import { CHANGE_KINDS } from "../core/law/release-changes.ts";
import { askShape } from "./ask-shape.ts";
import { OTHER_KINDS } from "../core/party/other-words.ts";

export const instant = z.string().meta({ format: "date-time" });
export const maybe = <T extends z.ZodType>(type: T) => type.nullable();

export const STANDINGS = ["running", "owed", "met", "met-late", "missed", "waived"] as const;

export const obligationShape = z
  .object({
    id: z.string(),
    subject: z.string().describe("incident/INC-7 or signal/R-7QK4-M2."),
    clause: z.string(),
    duty: z.string(),
    met: maybe(z.enum(["sent", "accepted", "contact"])).describe(
      "What meets a duty to tell: it left, their server took it, or a person spoke to them.",
    ),
    recipient: z.object({ kind: z.string(), id: z.string(), name: maybe(z.string()) }),
    says: z.string().describe("The promise, in the words of the published page."),
    startedAt: instant,
    dueAt: maybe(instant).describe("Null where the clause promises without a number."),
    overdueAt: maybe(instant).describe("The first instant that is too late."),
    latestAt: maybe(instant).describe("The outermost defensible instant; information only."),
    prepareAt: maybe(instant).describe("When work must begin to be done in time."),
    stoppedAt: maybe(instant),
    raisedAt: maybe(instant),
    originalDueAt: maybe(instant).describe(
      "When its clause has it due, where an extension of ours moved `dueAt`.",
    ),
    disputedAt: maybe(instant).describe("Since when somebody disputes it; it runs on."),
    standing: z.enum(STANDINGS),
    word: maybe(z.enum(["immediately", "best-effort", "aggregated"])),
    takenBy: maybe(z.string()),
    problem: maybe(z.string()),
    law: maybe(z.object({ regime: z.string(), stage: z.string() })).describe(
      "The stage of a law that it is: what its filing is found by.",
    ),
  })
  .meta({ id: "Obligation" });

/** With what a list shows of the signal or incident that owes it. */
export const listedObligationShape = obligationShape
  .extend({
    subjectTitle: z.string(),
    severity: maybe(
      z.object({ id: z.string(), name: z.string(), rank: z.int(), of: z.int() }),
    ).describe("Of the incident that owes it; null without one."),
    drill: z.boolean(),
    slack: z.boolean().describe("A tighter promise of the same duty to the same party still runs."),
  })
  .meta({ id: "ListedObligation" });

const count = z.int().min(0);

/** How what is open stands, and on which days it is due. */
export const dueShape = z
  .object({
    open: count,
    overdue: count,
    atRisk: count.describe("Past its preparation with nobody at it."),
    today: count,
    soon: count.describe("In 72 hours, and not today."),
    later: count,
    uncounted: count.describe("Promised without a number."),
    days: z.array(z.object({ due: count, overdue: count })),
    ghosts: z
      .object({
        total: count,
        incidents: z.array(z.object({ id: z.string(), title: z.string(), count })),
      })
      .describe("What would start if what is suspected were confirmed; of incidents the first 20."),
  })
  .meta({ id: "Due" });

/** An entry about one obligation. */
export const historyShape = z
  .object({
    version: z.int().describe("The entry's number within its subject."),
    type: z.string(),
    at: instant,
    byName: z.string(),
    says: z.string(),
    text: maybe(z.string()).describe("What a person wrote."),
    struck: z.boolean(),
  })
  .meta({ id: "ObligationHistory" });

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
      .describe("What this entry did to the clocks, soonest due first."),
    moreClocks: z.int().describe("How many more it changed than are listed."),
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

export const page = <T extends z.ZodType>(item: T, id: string) =>
  z.object({ items: z.array(item), next: maybe(z.string()), total: z.int() }).meta({ id });

export const regimeShape = z
  .object({
    id: z.string(),
    name: z.string(),
    jurisdiction: z.string(),
    cite: z.string(),
    url: maybe(z.string()),
    status: z.string(),
    inForceFrom: maybe(z.string()),
    verified: z.enum(["P", "S", "U"]).describe("Official text, secondary source, not yet."),
    checked: z.string().describe("The date of that check."),
    binds: z.enum(["yes", "no", "unknown"]),
    why: z.string(),
    watch: maybe(z.string()),
    clauses: z.array(
      z.object({
        id: z.string(),
        duty: z.string(),
        recipient: z.string(),
        within: z.string(),
        threshold: maybe(z.string()),
      }),
    ),
  })
  .meta({ id: "Regime" });

export const lawChangesShape = z
  .object({
    releases: z
      .array(z.object({ release: z.string(), hash: z.string() }))
      .describe("Every release that is kept, oldest first; the last one runs."),
    lastRead: maybe(z.string()).describe("The release somebody said they had read."),
    from: maybe(z.string()).describe("Null where there is no earlier release to compare with."),
    to: z.string(),
    changes: z.array(
      z.object({
        regime: z.string(),
        stage: maybe(z.string()),
        kind: z.enum(CHANGE_KINDS),
        says: z.string(),
        movesDue: z.boolean().describe("Something may be due at another time than before."),
      }),
    ),
  })
  .meta({ id: "LawChanges" });

/** The subject's state as core folds it: what the browser asks `decide` with. Instants are milliseconds. */
export const stateShape = z.record(z.string(), z.unknown()).meta({ id: "State" });

export const policyRowShape = z
  .object({
    version: z.int(),
    label: z.string(),
    hash: z.string(),
    publishedAt: instant,
    publishedBy: z.string(),
    effective: z.string(),
    changes: maybe(z.string()),
    current: z.boolean().describe("Whether it runs now."),
    runsFrom: maybe(instant).describe("When it begins to run, where that was set for later."),
    proposedBy: maybe(z.string()).describe("Who proposed it, where somebody else approved it."),
  })
  .meta({ id: "PolicyVersion" });

/** What waits for approval: these bytes and no others. */
export const proposalShape = z
  .object({
    label: z.string(),
    hash: z.string(),
    changes: maybe(z.string()),
    effective: z.string(),
    draft: maybe(z.string()),
    proposedAt: instant,
    proposedBy: z.string(),
    void: z.boolean().describe("Its draft was edited since: it cannot be approved any more."),
    approvers: z.array(z.string()).describe("Who can approve it, by name."),
    alone: z.boolean().describe("Nobody but the proposer could: approving it asks for a reason."),
  })
  .meta({ id: "Proposal" });

export const customerShape = z
  .object({
    id: z.string(),
    name: z.string(),
    contact: maybe(
      z.object({
        name: z.string(),
        mail: z.string(),
        phone: maybe(z.string()),
        verifiedOn: maybe(z.string()).describe("A date; null while nobody has."),
      }),
    ).describe("Whom to write to about security; null while nobody can be written to."),
    contacts: z.int(),
    clauses: z.int().describe("Of their contract."),
    stage: maybe(z.string()),
    role: maybe(z.string()),
    zone: maybe(z.string()),
    sample: z.boolean(),
  })
  .meta({ id: "Customer" });

export const otherShape = z
  .object({
    id: z.string(),
    kind: z.enum(OTHER_KINDS),
    name: z.string(),
    about: z.string(),
    contact: maybe(
      z.object({
        name: z.string(),
        mail: z.string(),
        phone: maybe(z.string()),
        verifiedOn: maybe(z.string()),
      }),
    ),
    clauses: z.int().describe("What they owe us by contract."),
    sample: z.boolean(),
  })
  .meta({ id: "OtherParty" });

const contactShape = z.object({
  id: z.string(),
  name: z.string(),
  mail: z.string(),
  phone: maybe(z.string()),
  language: maybe(z.string()),
  zone: maybe(z.string()),
  verifiedOn: maybe(z.string()).describe("A date; null while nobody has."),
  primary: z.boolean(),
  security: z.boolean(),
  encrypt: z.boolean().describe("Mail to them leaves encrypted, or not at all."),
  key: maybe(z.object({ fingerprint: z.string(), expiresAt: maybe(instant) })),
  asked: maybe(askShape),
});

const contractClauseShape = z
  .object({
    id: z.string(),
    text: z.string().describe("The words, as they stand in the document."),
    document: z.string(),
    documentOn: maybe(z.string()),
    section: maybe(z.string()),
    source: z.string().describe("The document, its date and the place in it."),
    says: maybe(z.string()).describe("What is counted, in a sentence; null where nothing is."),
    terms: maybe(z.record(z.string(), z.unknown())),
    yaml: maybe(z.string()),
  })
  .meta({ id: "ContractClause" });

/** One party, whole. */
export const partyShape = z
  .object({
    id: z.string(),
    kind: z.enum(["customer", ...OTHER_KINDS]),
    version: z.int(),
    name: z.string(),
    stage: maybe(z.string()),
    role: maybe(z.string()),
    zone: maybe(z.string()),
    removed: z.boolean(),
    sample: z.boolean(),
    contacts: z.array(contactShape.meta({ id: "Contact" })),
    clauses: z.array(contractClauseShape),
    dataSets: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        role: z.enum(["controller", "processor"]),
        categories: z.array(z.string()),
      }),
    ),
    deployments: z.array(z.object({ id: z.string(), product: z.string(), release: z.string() })),
    obligations: z.array(obligationShape).describe("The checks of contacts, soonest first."),
    about: z.string(),
    feeds: z.array(z.string()),
    customers: z
      .array(z.object({ id: z.string(), name: z.string() }))
      .describe("Whose data sit at a provider."),
    lacks: z.array(z.string()).describe("What is missing, and what cannot be done for it."),
    folded: stateShape,
  })
  .meta({ id: "Party" });

export const shareShape = z
  .object({
    id: z.string(),
    section: z.string(),
    contact: z.string(),
    name: z.string(),
    path: z.string().describe("Below DUE_URL; for that person alone."),
    sharedAt: instant,
    until: instant,
    state: z.enum(["open", "expired", "ended"]),
    opened: z.array(instant),
  })
  .meta({ id: "Share" });
