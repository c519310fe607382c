/**
 * Told apart from promises: severities that came or went, and what a claim now counts as.
 *
 * Laws and contracts count from the moments that the vocabulary's claims set. A policy that
 * sets them otherwise moves their clocks without a word of any clause.
 */

import { listed } from "../../text.ts";
import type { BehaviourLine } from "./behaviour.ts";
import { CLAIM_STATES } from "../condition/condition.ts";
import { ANCHORS_OF_LAW } from "../moments.ts";
import { afterWords, anchorWords } from "../moment-words.ts";
import { momentsSet, type Policy } from "../policy.ts";

/** What the vocabularies of two policies, in the same ids, have apart. */
export const vocabularyChanges = (before: Policy, after: Policy): readonly BehaviourLine[] =>
  [...severityLines(before, after), ...momentLines(before, after)].map((says) => ({
    kind: "vocabulary",
    says,
    severities: [],
    was: [],
    is: [],
  }));

function severityLines(before: Policy, after: Policy): readonly string[] {
  const apart = (from: Policy, other: Policy): readonly string[] =>
    from.severities
      .filter(({ id }) => !other.severities.some((one) => one.id === id))
      .map(({ name }) => name);
  return [
    ...apart(after, before).map((name) => `The severity ${name} is new.`),
    ...apart(before, after).map((name) => `The severity ${name} is gone.`),
  ];
}

function momentLines(before: Policy, after: Policy): readonly string[] {
  const claims = [...new Set([...after.facts, ...before.facts].map(({ claim }) => claim))];
  return claims.flatMap((claim) =>
    CLAIM_STATES.flatMap((is) => {
      const of = (policy: Policy): readonly string[] =>
        momentsSet(policy, claim, is).filter((moment) =>
          (ANCHORS_OF_LAW as readonly string[]).includes(moment),
        );
      const policy = after.facts.some((fact) => fact.claim === claim) ? after : before;
      const head = anchorWords({ claim, is }, policy);
      const says = (moments: readonly string[], verb: string): readonly string[] =>
        moments.length === 0
          ? []
          : [
              `${head.charAt(0).toUpperCase()}${head.slice(1)} ${verb} as ${listed(moments.map(afterWords))}, from which laws and contracts count.`,
            ];
      const [was, now] = [of(before), of(after)];
      return [
        ...says(
          now.filter((one) => !was.includes(one)),
          "now counts",
        ),
        ...says(
          was.filter((one) => !now.includes(one)),
          "no longer counts",
        ),
      ];
    }),
  );
}
