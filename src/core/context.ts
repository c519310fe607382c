/**
 * Context: all that a decision may look at besides the subject's own state.
 *
 * Core reads no clock, makes no ids and looks nothing up, so whatever a rule
 * needs of the world stands here. The browser builds one too, to ask why a
 * button may not be pressed: there `beside` is missing, and rules about other
 * subjects are left to the server.
 */

import type { Incident } from "./incident/state.ts";
import type { FilingPack } from "./filing/pack.ts";
import type { LawContents } from "./law/contents.ts";
import type { LawClause, Regime } from "./law/regime.ts";
import type { RulesApart } from "./incident/apart.ts";
import type { DirectoryCustomer } from "./incident/outward/listed.ts";
import type { NoticeLeft, NoticeStopped } from "./incident/notice/sending.ts";
import type { PublicBeside } from "./notice/check/public-words.ts";
import type { NoticeFinding } from "./notice/check/finding.ts";
import type { DraftState } from "./notice/draft.ts";
import type { Addressee, NoticeRequested, PageRequested } from "./notice/notice.ts";
import type { ContactKey } from "./party/contact-key.ts";
import type { Bond } from "./policy/bound.ts";
import type { Policy } from "./policy/policy.ts";
import type { Obligation, Terms } from "./policy/obligations.ts";
import type { Result } from "./problem.ts";
import type { Judged } from "./publication/document.ts";
import type { Instant } from "./time/instant.ts";
import type { FactRecord } from "./time/rule/world.ts";

export const ROLES = ["owner", "responder", "communications", "reader"] as const;
export type AccessRole = (typeof ROLES)[number];

/** Somebody of the team, as their account says. */
export type Person = {
  /** `account/ac_…`. */
  readonly id: string;
  readonly name: string;
  readonly mail: string;
  /** Where they are called; for the team alone. */
  readonly phone?: string | undefined;
  readonly role: AccessRole;
};

/** One published version of the policy, with what it takes to count by it. */
export type PinnedPolicy = {
  readonly version: number;
  /** SHA-256 of the document's bytes, in hex. */
  readonly hash: string;
  readonly policy: Policy;
  readonly terms: Terms;
  /** What laws ask of an incident that looks at some; the browser loads it when one does. */
  readonly law?: (incident: Incident, terms: Terms) => readonly Obligation[];
};

/** Of other subjects, what a command that names them must know. */
export type Beside = {
  /** The signal that the command names. */
  readonly signal?: { readonly reference: string };
  /** The customer that the command names. */
  readonly customer?: {
    readonly id: string;
    readonly name: string;
    readonly stage?: string;
    readonly role?: "controller" | "processor";
    /** What was signed with them. */
    readonly bond?: Bond;
    readonly removed: boolean;
  };
  /** Every customer, for a command that names them by a list. */
  readonly directory?: readonly DirectoryCustomer[];
  /** What the organisation states to be, and the laws of this release. */
  readonly law?: { readonly told: FactRecord; readonly regimes: readonly Regime[] };
  /** The releases of the law's data that are here. */
  readonly releases?: readonly string[];
  /** The names of facts that the laws of this release read. */
  readonly facts?: ReadonlySet<string>;
  /** The version of the policy that the command names. */
  readonly policy?: PinnedPolicy;
  /** The regime that the command names. */
  readonly regime?: Regime;
  /** The provider that the command names. */
  readonly provider?: { readonly id: string; readonly bond?: Bond; readonly removed: boolean };
  /** The account that made the token behind this command. */
  readonly behind?: string;
  /** The hash of the draft that the proposal is of, as it stands. */
  readonly draftHash?: string;
  /** What came of judging the text that is to be published; decided here where it is not given. */
  readonly judged?: Result<Judged>;
  /** Of the files that the policy names by their digests: which are here, as `sha256:…`. */
  readonly kept?: ReadonlySet<string>;
  /** How many have asked to be told of a new version. */
  readonly subscribers?: number;
  /** How many hear of the status page. */
  readonly statusSubscribers?: number;
  /** What must not stand in a text that everybody reads. */
  readonly outward?: PublicBeside;
  /** Whom a notice may reach, and whom it must not name. */
  readonly telling?: {
    readonly recipients: readonly {
      readonly customer: string;
      readonly name: string;
      /** Absent where nobody can be written to. */
      readonly to?: Addressee;
      readonly language?: string;
      readonly zone?: string;
      readonly verifiedOn?: string;
      /** Mail to it comes back. */
      readonly bounces?: true;
      /** Their contacts, where encryption was agreed with one of them. */
      readonly encrypting?: readonly {
        readonly mail: string;
        readonly encrypt?: boolean;
        readonly key?: ContactKey;
      }[];
    }[];
    readonly customers: readonly { readonly id: string; readonly name: string }[];
    readonly reporters: readonly {
      /** `reporter:R-7QK4-M2`. */
      readonly id: string;
      readonly name?: string;
      readonly mail?: string;
    }[];
    /** What laws want said, by stage. */
    readonly contents?: LawContents;
  };
  /** Reporters of linked signals and when each was acknowledged by a person. */
  readonly reporters?: readonly {
    readonly signal: string;
    readonly acknowledgedAt?: Instant;
    readonly closedAs?: string;
  }[];
};

export type Context = {
  readonly at: Instant;
  /** As in Recorded. */
  readonly by: string;
  /** The account behind `by`, where there is one. */
  readonly person?: Person;
  /** Whoever made the token that acts: it is no second person beside them. */
  readonly behind?: string;
  /** For an incident the one it is pinned to, else the current one. */
  readonly policy: PinnedPolicy;
  readonly team: readonly Person[];
  /** The installation's zone, for texts that people read. */
  readonly zone: string;
  /** The release of the time zone data that counts here: 2026b. */
  readonly zoneRules?: string;
  /** Where this installation is reached, without a slash at the end. */
  readonly url: string;
  /**
   * The digest of the secret under which `recipient` reads what they were told in `incident`, as it
   * is made with one of their notices; absent where none can be made.
   */
  readonly ownPage?: (incident: string, recipient: string, notice: string) => string;
  /** How long a notice is held before it leaves, in milliseconds; a minute where it is not said. */
  readonly holdMs?: number;
  /** Fresh random characters (alphabet of references) for what this decision names. */
  readonly fresh?: string;
  readonly beside?: Beside;
  readonly letters?: Letters;
  /** Rules that only a server decides by. */
  readonly apart?: RulesApart;
  readonly filings?: Filings;
};

/** What reads and makes the letters of a draft. The server's; the browser does without. */
export type Letters = {
  readonly hash: (incident: Incident, draft: DraftState, context: Context) => string;
  readonly findings: (
    incident: Incident,
    draft: DraftState,
    context: Context,
  ) => readonly NoticeFinding[];
  /** What leaves by itself at this instant. */
  readonly leaving: (
    incident: Incident,
    context: Context,
  ) => readonly (NoticeRequested | NoticeLeft | NoticeStopped | PageRequested)[];
  /** The open deadlines to keep, for everybody on it, once their time has come. */
  readonly startPage: (incident: Incident, context: Context) => readonly PageRequested[];
};

/** What makes the packs of filings. The server's; the browser does without. */
export type Filings = {
  readonly fields: (regime: Regime, clause: LawClause) => readonly string[];
  readonly pack: (
    incident: Incident,
    stage: { readonly regime: Regime; readonly clause: LawClause },
    context: Context,
  ) => FilingPack;
};

/** For subjects that exist before there is a policy. */
export type BareContext = Omit<Context, "policy"> & { readonly policy?: PinnedPolicy };
