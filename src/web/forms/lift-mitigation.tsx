/** Record that a control was lifted, and why. */

import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

export function LiftMitigation({ mitigation }: { readonly mitigation: string }) {
  const { incident, state } = useRoom();
  const [reason, setReason, forget] = useDraft(`${incident.id}-lift-${mitigation}`, "");
  return (
    <CommandForm
      title={`Lift ${mitigation}`}
      command={{ type: "LiftMitigation", mitigation, reason }}
      submit={`Record that ${mitigation} is lifted`}
      beside={["reason"]}
      onDone={forget}
    >
      {(problem) => (
        <>
          <p className="secondary">{state.mitigations.find(({ id }) => id === mitigation)?.text}</p>
          <TextArea
            label="Why it is lifted"
            autoFocus
            rows={2}
            value={reason}
            onChange={setReason}
            problem={problem("reason")}
          />
        </>
      )}
    </CommandForm>
  );
}
