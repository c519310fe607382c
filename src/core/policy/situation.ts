/**
 * Situation: all that clauses may look at.
 *
 * A live incident, a signal in the inbox, a what-if and a file in CI all become
 * one of these, so one function says what is owed in each of them. Nothing here
 * knows what an incident is.
 */

import type { Instant } from "../time/instant.ts";
import type { ClaimState } from "./condition/condition.ts";

/** To whom a clause may owe something. `team` is ourselves: our own targets. */
export const RECIPIENT_KINDS = [
  "team",
  "reporter",
  "customer",
  "authority",
  "provider",
  "public",
] as const;
export type RecipientKind = (typeof RECIPIENT_KINDS)[number];

/** One party a clause may be applied to. */
export type Recipient = {
  readonly kind: RecipientKind;
  /** Opaque and stable: part of every obligation's id. */
  readonly id: string;
  /** The customer's stage, where the policy has stages. */
  readonly stage?: string;
  /** Our role for this party's data. */
  readonly role?: "controller" | "processor";
  /** How this party reached us (a reporter's channel). */
  readonly channel?: string;
};

export type HeldFact = {
  readonly claim: string;
  readonly state: ClaimState;
  /** A recipient's id where the fact is about that party alone. */
  readonly concerning?: string;
};

export type Situation = {
  readonly openedAt: Instant | undefined;
  /** Every severity held, oldest first; the last one holds now. */
  readonly severity?: readonly { readonly to: string; readonly at: Instant }[];
  readonly facts: readonly HeldFact[];
  /** `resolvedAt`, or `acknowledgedAt/<recipient id>` where it came for one party alone. */
  readonly moments: ReadonlyMap<string, Instant>;
  readonly channel?: string;
  /** The team is always owed its own targets and need not be listed. */
  readonly recipients: readonly Recipient[];
};

export const TEAM: Recipient = { kind: "team", id: "team" };
