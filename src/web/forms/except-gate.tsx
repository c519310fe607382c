/** Except a gate: an explicit exception, with its reason, on the record for good. */

import { gatesOf } from "../../core/incident/response/gate.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

type Props = { readonly of: string; readonly gate: string };

export function ExceptGate({ of, gate }: Props) {
  const { incident, policy, context } = useRoom();
  const [reason, setReason, forget] = useDraft(`${incident.id}-except-${of}-${gate}`, "");
  const asked = gatesOf(policy, of).find(({ id }) => id === gate);
  const alone = context.team.filter(({ role }) => role !== "reader").length < 2;
  return (
    <CommandForm
      title={`Exception: ${asked?.says ?? gate}`}
      command={{ type: "ExceptGate", of, gate, reason }}
      submit="Record the exception"
      beside={["reason"]}
      onDone={forget}
    >
      {(problem) => (
        <>
          <p>
            {alone
              ? "There is nobody else in the team who could do this. The record will say so."
              : "The gate counts as passed, and the record says that it was passed without."}
          </p>
          <TextArea
            label="Why it is passed without"
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
