/** Says: an obligation beside its lane: standing, absolute time, how far away, who has it. */

import type { ObligationView } from "../../api/view.ts";
import { isAtRisk, toItem } from "../../core/tape/item.ts";
import type { Instant } from "../../core/time/instant.ts";
import { At } from "../ui/time.tsx";

export function LaneSays({
  owed,
  now,
  takenBy,
}: {
  readonly owed: ObligationView;
  readonly now: Instant;
  readonly takenBy?: string | undefined;
}) {
  const has = takenBy ? <span className="secondary">, {takenBy} has it</span> : null;
  if (owed.stoppedAt !== null)
    return (
      <span className="lane-says">
        {SAYS[owed.standing] ?? "met "}
        <At iso={owed.stoppedAt} short />
      </span>
    );
  if (owed.problem !== null)
    return <span className="lane-says risk">cannot be counted: {owed.problem}</span>;
  if (owed.dueAt === null)
    return (
      <span className="lane-says">
        {toItem(owed).word}
        {has}
      </span>
    );
  return (
    <span className="lane-says">
      {owed.standing === "missed" ? "overdue, was due " : "due "}
      <At iso={owed.dueAt} short relative />
      {isAtRisk(toItem(owed), now) ? <span className="risk">, not begun</span> : null}
      {owed.originalDueAt === null ? null : (
        <span className="secondary">
          , extended from <At iso={owed.originalDueAt} short />
        </span>
      )}
      {owed.disputedAt === null ? null : <span className="risk">, disputed</span>}
      {has}
    </span>
  );
}

const SAYS: Readonly<Record<string, string>> = { "met-late": "met late ", waived: "waived " };
