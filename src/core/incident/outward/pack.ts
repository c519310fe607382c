/**
 * Pack: what a controller needs from us for an assessment of their own (GDPR Art. 33(2)
 * and (3), 28(3)(f)), about the data that we process for them.
 *
 * Nothing in it can be another customer's: it is made of the policy's own words for what
 * is held true, of moments, of what this customer's record says of their data, and of the
 * letters that somebody approved for them. What people wrote for themselves (titles,
 * notes, sources, mitigations in their own words) is left out, because it may name others.
 */

import type { Policy } from "../../policy/policy.ts";
import type { DataSet } from "../../party/holding.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import { customerId, type Incident } from "../state.ts";

export type Pack = {
  readonly customer: string;
  readonly organisation: string;
  readonly madeAt: string;
  /** What is held, in the policy's words: suspected, confirmed, ruled out. */
  readonly nature: readonly {
    readonly says: string;
    readonly state: string;
    readonly since: string;
    /** Said of this customer alone. */
    readonly ofYou: boolean;
  }[];
  readonly data: readonly {
    readonly name: string;
    readonly role: "controller" | "processor";
    readonly categories: readonly string[];
  }[];
  /** What was written for them alone: rows, files, regions. */
  readonly numbers: readonly { readonly name: string; readonly value: string }[];
  readonly moments: readonly { readonly name: string; readonly at: string }[];
  readonly measures: readonly {
    readonly kind: string;
    readonly at: string;
    readonly lifted: boolean;
  }[];
  readonly contact: { readonly name: string; readonly mail: string };
  readonly letters: readonly {
    readonly id: string;
    readonly title: string;
    readonly body: string;
    readonly askedAt: string;
    readonly deliveredAt: string | null;
    readonly state: string;
  }[];
  /** What this rests on, so that it can be checked later. */
  readonly evidence: { readonly policyVersion: number; readonly policyHash: string };
};

/** A letter to this customer, as its entry has it. */
export type PackLetter = { readonly id: string; readonly title: string; readonly body: string };

const MOMENTS: readonly (readonly [moment: string, name: string])[] = [
  ["firstSignalAt", "The first sign of it reached us"],
  ["suspectAt", "We suspected it"],
  ["awareAt", "We were aware of it"],
  ["confirmedAt", "It was confirmed"],
  ["mitigatedAt", "It was stopped"],
  ["fixedAt", "Its cause was removed"],
  ["verifiedAt", "That was verified"],
  ["resolvedAt", "It was over"],
];

/** The pack for one touched customer; undefined where this incident does not concern them. */
export function packFor(
  incident: Incident,
  customer: { readonly id: string; readonly name: string; readonly dataSets: readonly Held[] },
  letters: readonly PackLetter[],
  { policy, at }: { readonly policy: Policy; readonly at: Instant },
): Pack | undefined {
  const touched = incident.customers.find(({ id }) => id === customer.id);
  if (touched === undefined) return undefined;
  const own = customerId(customer.id);
  const meant = new Set(touched.dataSets?.map(({ id }) => id));
  const sent = Object.values(incident.notices).filter(
    ({ recipient, kind, automatic }) => recipient === own && kind !== "page" && !automatic,
  );
  const written = new Map(letters.map((letter) => [letter.id, letter]));
  return {
    customer: customer.name,
    organisation: policy.organisation,
    madeAt: toIso(at),
    nature: Object.values(incident.facts)
      .filter(({ concerning }) => concerning === undefined || concerning === own)
      .map(({ claim, state, since, concerning }) => ({
        says: policy.facts.find((fact) => fact.claim === claim)?.says ?? claim,
        state: state.replace("-", " "),
        since: toIso(since),
        ofYou: concerning === own,
      })),
    data: customer.dataSets
      .filter(({ id }) => meant.size === 0 || meant.has(id))
      .map(({ name, role, categories }) => ({ name, role, categories: [...categories] })),
    numbers: numbersOf(incident, own),
    moments: MOMENTS.flatMap(([moment, name]) => {
      const reached = incident.moments[moment];
      return reached === undefined ? [] : [{ name, at: toIso(reached) }];
    }),
    measures: incident.mitigations.map(({ kind, happenedAt, liftedAt }) => ({
      kind: policy.mitigations?.find(({ id }) => id === kind)?.name ?? kind,
      at: toIso(happenedAt),
      lifted: liftedAt !== undefined,
    })),
    contact: { name: policy.owner.name, mail: policy.owner.email ?? "" },
    letters: sent.flatMap(({ id, requestedAt, deliveredAt, state }) => {
      const letter = written.get(id);
      if (letter === undefined) return [];
      const delivered = deliveredAt === undefined ? null : toIso(deliveredAt);
      return [{ ...letter, askedAt: toIso(requestedAt), deliveredAt: delivered, state }];
    }),
    evidence: { policyVersion: incident.policy.version, policyHash: incident.policy.hash },
  };
}

type Held = DataSet & { readonly id: string };

/** The words beside this recipient in what was sent; the latest of each name. */
function numbersOf({ drafts }: Incident, own: string): Pack["numbers"] {
  const words: Record<string, string> = {};
  for (const { state, recipients } of Object.values(drafts)) {
    if (state !== "sent") continue;
    Object.assign(words, recipients.find(({ id }) => id === own)?.words);
  }
  return Object.entries(words).map(([name, value]) => ({ name, value }));
}
