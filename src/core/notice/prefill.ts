/**
 * Prefill: what is on the record already, put under the element it answers.
 *
 * Only what is confirmed or done is taken, in the policy's own words; a suspicion is
 * named as one. Which element is meant is read from its name, because policies name
 * theirs freely: where none fits, nothing is put in.
 */

import { formatBoth } from "../time/format.ts";
import type { Instant } from "../time/instant.ts";
import type { ClaimState } from "../policy/condition/condition.ts";

export type OnRecord = {
  readonly facts: readonly {
    readonly says: string;
    readonly state: ClaimState;
    readonly since: Instant;
  }[];
  readonly measures: readonly { readonly text: string; readonly happenedAt: Instant }[];
  readonly author: { readonly name?: string; readonly mail: string };
  readonly zone: string;
};

type Element = { readonly id: string; readonly name: string };

/** A first text for `element`, to be rewritten; undefined where nothing fits. */
export function prefill({ id, name }: Element, record: OnRecord): string | undefined {
  const called = `${id} ${name}`.toLowerCase();
  const writer = WRITERS.find(({ fits }) => fits.test(called));
  const text = writer?.write(record) ?? "";
  return text === "" ? undefined : text;
}

const WRITERS: readonly {
  readonly fits: RegExp;
  readonly write: (record: OnRecord) => string;
}[] = [
  { fits: /happen|nature|incident|what-is/, write: happened },
  { fits: /we-did|we have done|measure|contain|done|steps/, write: done },
  { fits: /contact|whom|reach/, write: contact },
];

function happened({ facts, zone }: OnRecord): string {
  const say = ({ says, state, since }: OnRecord["facts"][number]): string =>
    state === "confirmed"
      ? `We have confirmed, ${formatBoth(since, zone)}: ${says}.`
      : `We suspect, and have not confirmed: ${says}.`;
  return facts
    .filter(({ state }) => state !== "ruled-out")
    .map(say)
    .join("\n");
}

function done({ measures, zone }: OnRecord): string {
  return measures
    .map(({ text, happenedAt }) => `${formatBoth(happenedAt, zone)}: ${text}`)
    .join("\n");
}

function contact({ author }: OnRecord): string {
  return `${author.name ?? author.mail}, ${author.mail}`;
}
