/** Enter a phase: its gates are in sight, with what each still wants. */

import { useState } from "react";
import { GateList } from "../pages/room/gates.tsx";
import { useRoom } from "../pages/room/room-state.tsx";
import { SelectField, TextArea, Tick, useDraft } from "../ui/field.tsx";
import { CommandForm, given } from "./command-form.tsx";

export function EnterPhase({ phase: first }: { readonly phase?: string | undefined }) {
  const { incident, state, policy } = useRoom();
  const { main } = state.phase;
  const index = policy.phases.findIndex(({ id }) => id === main);
  const [phase, setPhase] = useState(first ?? policy.phases[index + 1]?.id ?? main ?? "");
  const [beside, setBeside] = useState(false);
  const [reason, setReason, forget] = useDraft(`${incident.id}-phase`, "");
  const chosen = policy.phases.find(({ id }) => id === phase);
  const isBack = policy.phases.findIndex(({ id }) => id === phase) < index;
  return (
    <CommandForm
      title={isBack ? "Go back to a phase" : "Enter a phase"}
      command={{
        type: "EnterPhase",
        phase,
        ...(beside ? { beside } : {}),
        ...given("reason", reason),
      }}
      submit={`${isBack && !beside ? "Go back to" : "Enter"} ${chosen?.name ?? phase}`}
      beside={["phase", "reason"]}
      locks
      onDone={forget}
    >
      {(problem) => (
        <>
          <SelectField
            label="Phase"
            autoFocus
            value={phase}
            choices={policy.phases.map(({ id, name }) => ({
              value: id,
              label: id === main ? `${name} (now)` : name,
            }))}
            onChange={setPhase}
            hint={chosen?.does}
            problem={problem("phase")}
          />
          {main !== undefined && phase !== main ? (
            <Tick
              label={`Beside ${policy.phases[index]?.name ?? main}, which goes on`}
              checked={beside}
              onChange={setBeside}
            />
          ) : null}
          {isBack && !beside ? null : (
            <>
              {beside || main === undefined ? null : (
                <GateList of={main} gates={policy.phases[index]?.leave ?? []} />
              )}
              <GateList of={phase} gates={chosen?.enter ?? []} />
            </>
          )}
          <TextArea
            label="Reason"
            rows={2}
            value={reason}
            onChange={setReason}
            problem={problem("reason")}
            hint="Needed when going back, when skipping a phase, and beside one that the policy does not run so."
          />
        </>
      )}
    </CommandForm>
  );
}
