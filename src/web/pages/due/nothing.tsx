/**
 * Nothing is due: what comes next all the same, and what would start at the worst
 * severity, so that an empty board says that it is empty and not that it is broken.
 */

import { useState } from "react";
import type { Context } from "../../../core/context.ts";
import { obligations } from "../../../core/policy/obligations.ts";
import type { Recipient, Situation } from "../../../core/policy/situation.ts";
import { toIso } from "../../../core/time/instant.ts";
import { useView } from "../../api.ts";
import { useContextOf } from "../../policy-on-screen.ts";
import { Button } from "../../ui/button.tsx";
import { ObligationMark, OWED_TO } from "../../ui/mark.tsx";
import { Empty } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { owedName } from "../../../core/tape/name.ts";

export function NothingDue() {
  const context = useContextOf("current");
  const [shown, setShown] = useState(false);
  const reviewBy = useView("policies").data?.reviewBy ?? null;
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
      {reviewBy === null ? null : (
        <>
          Next: policy review, <At iso={reviewBy} />.
        </>
      )}
    </Empty>
  );
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
