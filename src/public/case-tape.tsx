/**
 * Case tape: what we owe the reporter, on one axis of time, and the same in words.
 *
 * The picture is core's; shrunk to a telephone nobody could read it, so there it
 * runs down the page. The list below says everything that it does.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { raw } from "hono/html";
import type { PinnedPolicy } from "../core/context.ts";
import type { Duty } from "../core/policy/clause.ts";
import { type Obligation, overdueAt, standing } from "../core/policy/obligations.ts";
import { clauseSentence } from "../core/policy/sentence.ts";
import type { TapeItem } from "../core/tape/item.ts";
import { renderTape } from "../core/tape/tape.ts";
import { formatBoth } from "../core/time/format.ts";
import type { Instant } from "../core/time/instant.ts";
import { zoneOf } from "./policy-facts.ts";
import { dueWords } from "./report-time.ts";

/** An obligation, and the policy that it was counted by. */
export type Owed = { readonly obligation: Obligation; readonly policy: PinnedPolicy };

type Given = { readonly owed: readonly Owed[]; readonly since: Instant; readonly now: Instant };

const WIDTH = 1_040;
const WIDTH_DOWN = 342;

export function CaseTape({ owed, since, now }: Given) {
  const [first] = owed;
  if (!first) return null;
  const zone = zoneOf(first.policy.policy);
  const items = owed.map(toItem);
  const options = { zone, startAt: since };
  return (
    <section>
      <h2>What we owe you</h2>
      <div class="tape-wide">{raw(renderTape(items, now, { ...options, width: WIDTH }))}</div>
      <div class="tape-tall">
        {raw(renderTape(items, now, { ...options, width: WIDTH_DOWN, height: "down" }))}
      </div>
      <ul class="plain">
        {owed.map((one) => (
          <li>
            <strong>{standingWords(one, now)}</strong>
            <p>{clauseSentence(one.obligation.clause, one.policy.policy)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const NAMES: Readonly<Partial<Record<Duty, string>>> = {
  acknowledge: "A person answers",
  notify: "Notice to you",
  update: "Next word to you",
  summarise: "Summary to you",
  "confirm-closure": "Closing with you",
};

/** What the reporter is shown of it: nothing of who has it in hand, or when work begins. */
function toItem({ obligation }: Owed): TapeItem {
  const { id, clause, recipient, startedAt, dueAt, stoppedAt, waivedAt } = obligation;
  const tooLateAt = overdueAt(obligation);
  const name = NAMES[clause.duty] ?? "Owed to you";
  return {
    id,
    name,
    says: name,
    to: recipient.kind,
    startedAt,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(tooLateAt === undefined ? {} : { overdueAt: tooLateAt }),
    ...(stoppedAt === undefined ? {} : { stoppedAt }),
    ...(waivedAt === undefined ? {} : { isWaived: true }),
  };
}

function standingWords(one: Owed, now: Instant): string {
  const { obligation, policy } = one;
  const due = dueWords(obligation, policy);
  const { stoppedAt } = obligation;
  const done = stoppedAt === undefined ? "" : formatBoth(stoppedAt, zoneOf(policy.policy));
  switch (standing(obligation, now)) {
    case "running":
      return `Due by ${due}.`;
    case "owed":
      return "Owed, without a number.";
    case "met":
      return due === "" ? `Done ${done}.` : `Done ${done}; it was due by ${due}.`;
    case "met-late":
      return `Done late, ${done}; it was due by ${due}.`;
    case "waived":
      return "We hold that this does not apply here.";
    case "missed":
      return `Missed: it was due by ${due}. It is still owed.`;
  }
}
