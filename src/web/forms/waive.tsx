/** Waiver: a clause calls for it, and a person says why it does not apply here. */

import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";
import type { ActOn } from "./obligation-form.tsx";

export function Waive({ obligation, says }: ActOn) {
  const { incident } = useRoom();
  const [reason, setReason, forget] = useDraft(`${incident.id}-waive-${obligation}`, "");
  return (
    <CommandForm
      title={`${says}: does not apply`}
      command={{ type: "WaiveObligation", obligation, reason }}
      submit="Record that it does not apply"
      beside={["reason"]}
      locks
      onDone={forget}
    >
      {(problem) => (
        <>
          <p>Its clock stops, and it stays in sight, slashed. Strike the entry to undo it.</p>
          <TextArea
            label="Why it does not apply"
            autoFocus
            rows={4}
            value={reason}
            onChange={setReason}
            hint="Which words of the clause are not met, and how you know."
            problem={problem("reason")}
          />
        </>
      )}
    </CommandForm>
  );
}
