/**
 * Nothing is due: what comes next all the same, and what would start at the worst
 * severity, so that an empty board says that it is empty and not that it is broken.
 */

import { useState } from "react";
import type { Context } from "../../../core/context.ts";
import { obligations } from "../../../core/policy/obligations.ts";
import type { Recipient, Situation } from "../../../core/policy/situation.ts";
import { dueAt } from "../../../core/time/count.ts";
import { type Instant, toIso } from "../../../core/time/instant.ts";
import { parseWallTime } from "../../../core/time/wall-time.ts";
import { useContextOf } from "../../policy-on-screen.ts";
import { Button } from "../../ui/button.tsx";
import { ObligationMark, OWED_TO } from "../../ui/mark.tsx";
import { Empty } from "../../ui/sheet.tsx";
import { At, useTime } from "../../ui/time.tsx";
import { owedName } from "../room/duty-words.ts";

export function NothingDue() {
  const context = useContextOf("current");
  const [shown, setShown] = useState(false);
  const { zone } = useTime();
  const reviewAt = context && nextReview(context, zone);
  const worst = context?.policy.policy.severities[0];
  return (
    <Empty
      act={
        worst && context ? (
          <>
            <Button onClick={() => setShown(!shown)}>
              {shown ? "Hide it" : `Show what would start at ${worst.name}`}
            </Button>
            {shown ? <WouldStart context={context} /> : null}
          </>
        ) : undefined
      }
    >
      Nothing is due.{" "}
      {reviewAt === undefined ? null : (
        <>
          Next: policy review, <At iso={toIso(reviewAt)} />.
        </>
      )}
    </Empty>
  );
}

/** The policy says how often it is looked at again, counted from when it came into force. */
function nextReview({ policy: { policy, terms } }: Context, zone: string): Instant | undefined {
  const from = parseWallTime(`${policy.effective}T00:00`, zone);
  const { review } = policy.cadence;
  if (!from.ok || review === "undecided") return undefined;
  const calendar = terms.calendars.get(terms.calendar);
  const counted = dueAt(from.value.at, review, calendar, calendar?.zone ?? zone);
  return counted.ok ? counted.value.dueAt : undefined;
}

const SOMEBODY: readonly Recipient[] = [
  { kind: "authority", id: "authority" },
  { kind: "public", id: "public" },
  { kind: "customer", id: "customer" },
  { kind: "reporter", id: "reporter" },
];

/** What an incident of the worst severity would owe from its first minute, by the policy that runs. */
function WouldStart({ context: { policy, at } }: { readonly context: Context }) {
  const worst = policy.policy.severities[0]?.id ?? "";
  const begun = ["receivedAt", "firstSignalAt", "openedAt", "triagedAt", "severitySetAt"];
  const situation: Situation = {
    openedAt: at,
    severity: [{ to: worst, at }],
    facts: [],
    moments: new Map(begun.map((moment) => [moment, at])),
    recipients: SOMEBODY,
  };
  const owed = obligations(policy.terms, situation).filter(
    ({ stoppedAt, clause }) => stoppedAt === undefined && clause.duty !== "triage",
  );
  return (
    <ul className="plain due-would" aria-label="What would start">
      {owed.map(({ id, clause, recipient, dueAt: due }) => (
        <li key={id} className="line">
          <ObligationMark kind={recipient.kind} standing="running" />
          <span>
            {owedName(clause.duty, recipient)}, {OWED_TO[recipient.kind]},{" "}
            {due === undefined ? "without a number" : <At iso={toIso(due)} relative />}
          </span>
        </li>
      ))}
    </ul>
  );
}
