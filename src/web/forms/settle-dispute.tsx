/** How a dispute ended: it stands, or it was right and the record is put right by an act of its own. */

import { useState } from "react";
import { DISPUTE_OUTCOMES, type DisputeOutcome } from "../../core/incident/owed/dispute.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Choices, TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";
import type { ActOn } from "./obligation-form.tsx";

const LABELS: Readonly<Record<DisputeOutcome, string>> = {
  stands: "It stands as it is",
  corrected: "The dispute was right",
};

export function SettleDispute({ obligation, says }: ActOn) {
  const { incident } = useRoom();
  const [outcome, setOutcome] = useState<DisputeOutcome>("stands");
  const [reason, setReason, forget] = useDraft(`${incident.id}-settle-${obligation}`, "");
  return (
    <CommandForm
      title={`${says}: settle the dispute`}
      command={{ type: "SettleDispute", obligation, outcome, reason }}
      submit="Record how it ended"
      beside={["outcome", "reason"]}
      locks
      onDone={forget}
    >
      {(problem) => (
        <>
          <Choices
            label="How did it end?"
            name="outcome"
            value={outcome}
            choices={DISPUTE_OUTCOMES.map((value) => ({ value, label: LABELS[value] }))}
            onChange={(value) => setOutcome(value as DisputeOutcome)}
          />
          {outcome === "corrected" ? (
            <p>
              This moves no clock. Correct the fact, strike the entry, waive it or record an
              extension: each has its own entry.
            </p>
          ) : null}
          <TextArea
            label="How it was settled, and by whom"
            autoFocus
            rows={3}
            value={reason}
            onChange={setReason}
            problem={problem("reason")}
          />
        </>
      )}
    </CommandForm>
  );
}
