/** Dispute: this is not owed, or counted wrongly. It runs on until that is settled. */

import { useState } from "react";
import { DISPUTE_GROUNDS, type DisputeGround } from "../../core/incident/owed/dispute.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Choices, TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";
import type { ActOn } from "./obligation-form.tsx";

const LABELS: Readonly<Record<DisputeGround, string>> = {
  "not-owed": "It is not owed",
  "counted-wrongly": "It is counted wrongly",
};

export function Dispute({ obligation, says }: ActOn) {
  const { incident } = useRoom();
  const [ground, setGround] = useState<DisputeGround>("not-owed");
  const [reason, setReason, forget] = useDraft(`${incident.id}-dispute-${obligation}`, "");
  return (
    <CommandForm
      title={`${says}: disagree`}
      command={{ type: "DisputeObligation", obligation, ground, reason }}
      submit="Record the dispute"
      beside={["ground", "reason"]}
      onDone={forget}
    >
      {(problem) => (
        <>
          <p>It is shown wherever this is, and changes nothing until it is settled.</p>
          <Choices
            label="What is wrong?"
            name="ground"
            value={ground}
            choices={DISPUTE_GROUNDS.map((value) => ({ value, label: LABELS[value] }))}
            onChange={(value) => setGround(value as DisputeGround)}
          />
          <TextArea
            label="Why"
            autoFocus
            rows={4}
            value={reason}
            onChange={setReason}
            hint="Which words of the clause, which fact, which hour."
            problem={problem("reason")}
          />
        </>
      )}
    </CommandForm>
  );
}
