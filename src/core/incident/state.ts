/**
 * Incident: what is known after the events so far.
 *
 * Plain records and arrays: the API hands the state to the browser, where the same
 * `decide` says why a button may not be pressed. Each noun's file imports this;
 * none imports incident.ts, so the switches there close no circle.
 *
 * The fold owns the state while it builds it and writes into it; everybody else
 * reads. Copying at every event instead would make folding quadratic.
 */

import type { PublicReviewState } from "./response/public-review.ts";
import type { Held } from "../notice/ladder.ts";
import type { DraftState } from "../notice/draft.ts";
import type { NoticeState } from "../notice/notice.ts";
import type { Arranged } from "../policy/arranged.ts";
import type { Bond } from "../policy/bound.ts";
import type { ClaimState } from "../policy/condition/condition.ts";
import type { Instant } from "../time/instant.ts";
import type { DecisionState } from "./outward/decision.ts";
import type { CallState } from "./notice/call.ts";
import type { IncidentFilings } from "./outward/filing.ts";
import type { IncidentLaw } from "./owed/law.ts";
import type { OwnPageState } from "./notice/own-page.ts";
import type { Seats } from "../seat.ts";

export type Yes = "yes" | "no" | "unknown";
export type Answers = Readonly<Record<string, Yes>>;

export type LinkedSignal = {
  readonly signal: string;
  readonly receivedAt: Instant;
  readonly channel: string;
  /** The reporter as a recipient, where there is one. */
  readonly reporter?: string;
  readonly acknowledgedAt?: Instant;
};

export type TouchedCustomer = {
  readonly id: string;
  readonly stage?: string;
  readonly role?: "controller" | "processor";
  /** The sets of their data that this is about, where somebody said which. */
  readonly dataSets?: readonly { readonly id: string; readonly role: "controller" | "processor" }[];
  /** What their contract said when they were touched, or bound anew since. */
  readonly bond?: Bond;
};

export type InvolvedProvider = {
  readonly id: string;
  /** What their contract owes us, as it said when they were named. */
  readonly bond?: Bond;
};

/** What is held of one claim, in general or concerning one party. */
export type FactState = {
  readonly claim: string;
  readonly state: ClaimState;
  readonly concerning?: string;
  /** The entry that said so. */
  readonly version: number;
  /** Since when we have held it: the recording, or an earlier instant given with it. */
  readonly since: Instant;
};

export type ShownGate = { readonly evidence: readonly string[]; readonly by: string };

export type MitigationState = {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly happenedAt: Instant;
  readonly partial: boolean;
  liftedAt?: Instant;
};

export type FixState = {
  readonly id: string;
  readonly text: string;
  readonly release?: string;
  readonly happenedAt: Instant;
};

export const REMEDIATION_STATUSES = ["open", "doing", "done", "dropped"] as const;
export type RemediationStatus = (typeof REMEDIATION_STATUSES)[number];

export type RemediationState = {
  readonly id: string;
  readonly title: string;
  owner: string;
  targetOn: string;
  status: RemediationStatus;
};

export type Incident = {
  /** `INC-7`. */
  readonly reference: string;
  /** The version of its last entry; 0 before the first. */
  version: number;
  state: "none" | "open" | "resolved" | "closed";
  title: string;
  drill: boolean;
  sample: boolean;
  /** A sample that was wiped: shown nowhere, owes nothing. */
  withdrawn?: true;
  /** The policy version it is pinned to. */
  policy: { readonly version: number; readonly hash: string };
  /** Every severity held, oldest first. */
  severity: { readonly to: string; readonly at: Instant }[];
  /** The answers that the last severity rests on. */
  answers: Answers;
  priority?: string;
  /** What is held now, by `<claim>` or `<claim>/<party>`. */
  facts: Record<string, FactState>;
  /** When each came first; `acknowledgedAt/reporter:R-…` where it came for one party alone. */
  moments: Record<string, Instant>;
  phase: { main?: string; beside: string[]; visited: string[] };
  /** By `<of>/<gate>`. */
  shown: Record<string, ShownGate>;
  excepted: Record<string, { readonly by: string }>;
  /** The account that holds each role. */
  roles: Record<string, string>;
  signals: LinkedSignal[];
  customers: TouchedCustomer[];
  /** How many lists of customers were taken. */
  lists: number;
  providers: InvolvedProvider[];
  /** The laws looked at, and what was told for them; absent before any was taken up. */
  law?: IncidentLaw;
  /** Whether to notify, as it was decided each time; the last one counts. */
  decisions: DecisionState[];
  mitigations: MitigationState[];
  fixes: FixState[];
  review?: { text: string; answers: Readonly<Record<string, string>>; writtenAt: Instant };
  /** What everybody may read of it, if anything. */
  publicReview?: PublicReviewState;
  remediations: RemediationState[];
  notices: Record<string, NoticeState>;
  /** Notices that were begun here, sent or not. */
  drafts: Record<string, DraftState>;
  /** By recipient: where each reads again what they were told. */
  ownPages: Record<string, OwnPageState>;
  /** Who from outside reads it, and when they did; absent before the first. */
  seats?: Seats;
  calls: CallState[];
  /** What was filed with authorities, and words for their forms; absent before the first. */
  filings?: IncidentFilings;
  held: Record<string, Held>;
  /** Extensions, waivers and disputes, by obligation. */
  arranged: Record<string, Arranged>;
  /**
   * Versions of the entries that may be struck and are not, as runs from the first to the last: an
   * incident of ten thousand lines is sent to a browser whole.
   */
  strikable: [first: number, last: number][];
  /** How many were ever numbered: a struck one keeps its number. */
  numbered: { mitigations: number; fixes: number; remediations: number };
};

export const providerId = (provider: string): string => `provider:${provider}`;
export const reporterId = (signal: string): string => `reporter:${signal}`;
export const customerId = (customer: string): string => `customer:${customer}`;

/** The draft of that name; `constructor` and `__proto__`, which every object has, are none. */
export const draftOf = (
  { drafts }: Pick<Incident, "drafts">,
  id: string,
): DraftState | undefined => (Object.hasOwn(drafts, id) ? drafts[id] : undefined);

export const emptyIncident = (reference: string): Incident => ({
  reference,
  version: 0,
  state: "none",
  title: "",
  drill: false,
  sample: false,
  policy: { version: 0, hash: "" },
  severity: [],
  answers: {},
  facts: {},
  moments: {},
  phase: { beside: [], visited: [] },
  shown: {},
  excepted: {},
  roles: {},
  signals: [],
  customers: [],
  lists: 0,
  providers: [],
  decisions: [],
  mitigations: [],
  fixes: [],
  remediations: [],
  notices: {},
  drafts: {},
  ownPages: {},
  calls: [],
  held: {},
  arranged: {},
  strikable: [],
  numbered: { mitigations: 0, fixes: 0, remediations: 0 },
});
