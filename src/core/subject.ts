/**
 * Subject: what a command is about, and which nouns decide and fold it.
 *
 *   signal/R-7QK4-M2   incident/INC-7   party/cus_… or party/prv_…
 *   policy/current     subscription/sub_…   access/current   installation/current
 *   status/current     banner/current
 *
 * Each kind has the same functions in its own file: a fold from entries to
 * state, `decide` from state and command to events, and, where people have buttons
 * for it, `whyNot` for one that may not be pressed. Only this file knows all kinds.
 */

import {
  type Access,
  type AccessCommand,
  type AccessEvent,
  decide as decideAccess,
  foldAccess,
} from "./access/access.ts";
import {
  type BannerCommand,
  type BannerEvent,
  type Banners,
  decide as decideBanner,
  foldBanners,
} from "./banner/banner.ts";
import type { BareContext, Context, Filings, Letters } from "./context.ts";
import type { EraseEntry } from "./erasure.ts";
import type { AnyEvent } from "./event.ts";
import { RULES_APART } from "./incident/apart.ts";
import {
  decide as decideIncident,
  foldIncident,
  type IncidentCommand,
  type IncidentEvent,
} from "./incident/incident.ts";
import { startPage } from "./incident/owed/deadlines.ts";
import { foldFurther } from "./incident/further.ts";
import { fieldsOf, filingPack } from "./incident/outward/filing-pack.ts";
import { leaving } from "./incident/notice/leaving.ts";
import type { Incident } from "./incident/state.ts";
import { draftHash, findingsOf } from "./incident/notice/telling.ts";
import {
  decide as decideInstallation,
  foldInstallation,
  type Installation,
  type InstallationCommand,
  type InstallationEvent,
} from "./installation/installation.ts";
import {
  decideParty,
  foldParty,
  type Party,
  type PartyCommand,
  type PartyEvent,
} from "./party/party.ts";
import { refuse, type Result } from "./problem.ts";
import {
  decide as decidePublication,
  foldPublication,
  type PublicationCommand,
  type PublicationEvent,
} from "./publication/publication.ts";
import type { Publication } from "./publication/state.ts";
import type { Recorded } from "./recorded.ts";
import { withdrawSample, type WithdrawSample } from "./sample.ts";
import {
  decide as decideSignal,
  foldSignal,
  type SignalCommand,
  type SignalEvent,
} from "./signal/signal.ts";
import type { Signal } from "./signal/state.ts";
import type { StatusPage } from "./status/state.ts";
import {
  decide as decideStatus,
  foldStatus,
  type StatusCommand,
  type StatusEvent,
} from "./status/status.ts";
import {
  decide as decideSubscription,
  foldSubscription,
  type Subscription,
  type SubscriptionCommand,
  type SubscriptionEvent,
} from "./subscription/subscription.ts";

const LETTERS: Letters = { hash: draftHash, findings: findingsOf, leaving, startPage };
const FILINGS: Filings = { fields: fieldsOf, pack: filingPack };

export const KINDS = [
  "signal",
  "incident",
  "party",
  "policy",
  "subscription",
  "status",
  "banner",
  "access",
  "installation",
] as const;
export type Kind = (typeof KINDS)[number];

/** Any command about any subject. */
export type Command =
  | SignalCommand
  | IncidentCommand
  | PartyCommand
  | PublicationCommand
  | SubscriptionCommand
  | StatusCommand
  | BannerCommand
  | AccessCommand
  | InstallationCommand
  | EraseEntry
  | WithdrawSample;

/** A subject's state, with its kind. */
export type Folded =
  | { readonly kind: "signal"; readonly id: string; readonly state: Signal }
  | { readonly kind: "incident"; readonly id: string; readonly state: Incident }
  | { readonly kind: "party"; readonly id: string; readonly state: Party }
  | { readonly kind: "policy"; readonly id: string; readonly state: Publication }
  | { readonly kind: "subscription"; readonly id: string; readonly state: Subscription }
  | { readonly kind: "status"; readonly id: string; readonly state: StatusPage }
  | { readonly kind: "banner"; readonly id: string; readonly state: Banners }
  | { readonly kind: "access"; readonly id: string; readonly state: Access }
  | { readonly kind: "installation"; readonly id: string; readonly state: Installation };

/** Kind and id of `incident/INC-7`; undefined where it is no subject. */
export function parseSubject(subject: string): { kind: Kind; id: string } | undefined {
  const [name, id, ...more] = subject.split("/");
  const kind = KINDS.find((known) => known === name);
  return kind && id && more.length === 0 ? { kind, id } : undefined;
}

/** The state of `subject` after its entries, oldest first. */
export function foldSubject(
  { kind, id }: { readonly kind: Kind; readonly id: string },
  entries: readonly Recorded<AnyEvent>[],
): Folded {
  switch (kind) {
    case "signal":
      return { kind, id, state: foldSignal(id, entries as readonly Recorded<SignalEvent>[]) };
    case "incident":
      return { kind, id, state: foldIncident(id, entries as readonly Recorded<IncidentEvent>[]) };
    case "party":
      return { kind, id, state: foldParty(id, entries as readonly Recorded<PartyEvent>[]) };
    case "policy":
      return { kind, id, state: foldPublication(entries as readonly Recorded<PublicationEvent>[]) };
    case "subscription":
      return {
        kind,
        id,
        state: foldSubscription(id, entries as readonly Recorded<SubscriptionEvent>[]),
      };
    case "status":
      return { kind, id, state: foldStatus(entries as readonly Recorded<StatusEvent>[]) };
    case "banner":
      return { kind, id, state: foldBanners(entries as readonly Recorded<BannerEvent>[]) };
    case "access":
      return { kind, id, state: foldAccess(entries as readonly Recorded<AccessEvent>[]) };
    case "installation":
      return {
        kind,
        id,
        state: foldInstallation(entries as readonly Recorded<InstallationEvent>[]),
      };
  }
}

/**
 * The state of `subject` after `added` as well, the last of its `entries`. `folded` is given away: it
 * may be written into, because an incident with thousands of letters is not folded anew for each.
 */
export function foldOn(
  folded: Folded,
  added: readonly Recorded<AnyEvent>[],
  entries: readonly Recorded<AnyEvent>[],
): Folded {
  const goesOn =
    folded.kind === "incident" &&
    foldFurther(folded.state, added as readonly Recorded<IncidentEvent>[]);
  return goesOn ? folded : foldSubject(folded, entries);
}

/**
 * What `command` adds to its subject's record. That the command belongs to this kind
 * of subject is for the caller to have settled.
 * Refuses with `policy-missing`, and as the subject's own rules do.
 */
export function decideSubject(
  folded: Folded,
  command: Command,
  context: BareContext,
): Result<readonly AnyEvent[]> {
  if (command.type === "WithdrawSample") {
    return withdrawSample("sample" in folded.state ? folded.state : { sample: false });
  }
  switch (folded.kind) {
    case "signal":
      return isBound(context)
        ? decideSignal(folded.state, command as SignalCommand, context)
        : noPolicy();
    case "incident":
      return isBound(context)
        ? decideIncident(folded.state, command as IncidentCommand, {
            ...context,
            letters: LETTERS,
            apart: RULES_APART,
            filings: FILINGS,
          })
        : noPolicy();
    case "party":
      return decideParty(folded.state, command as PartyCommand, context);
    case "policy":
      return decidePublication(folded.state, command as PublicationCommand, context);
    case "subscription":
      return decideSubscription(folded.state, command as SubscriptionCommand, context);
    case "status":
      return decideStatus(folded.state, command as StatusCommand, context);
    case "banner":
      return decideBanner(folded.state, command as BannerCommand, context);
    case "access":
      return decideAccess(folded.state, command as AccessCommand);
    case "installation":
      return decideInstallation(folded.state, command as InstallationCommand, context);
  }
}

const isBound = (context: BareContext): context is Context => context.policy !== undefined;

const noPolicy = (): Result<never> =>
  refuse("policy-missing", "No policy is published yet: publish one, and it runs from then on.");
