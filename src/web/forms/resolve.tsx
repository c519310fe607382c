/** Resolve: it is over for those who were affected. Closing is another act, with another clock. */

import { forecast } from "../pages/room/forecast.ts";
import { GateList } from "../pages/room/gates.tsx";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { ClocksForecast } from "./clocks-forecast.tsx";
import { CommandForm } from "./command-form.tsx";

export function Resolve() {
  const { incident, state, context, policy } = useRoom();
  const [note, setNote, forget] = useDraft(`${incident.id}-resolve`, "");
  return (
    <CommandForm
      title={`Resolve ${incident.id}`}
      command={{ type: "ResolveIncident", note }}
      submit={`Declare ${incident.id} resolved`}
      beside={["note"]}
      locks
      onDone={forget}
    >
      {(problem) => (
        <>
          <GateList of="resolve" gates={policy.gates.resolve ?? []} />
          <TextArea
            label="How we know that it is over"
            autoFocus
            rows={3}
            value={note}
            onChange={setNote}
            problem={problem("note")}
          />
          <ClocksForecast
            result={forecast(state, { type: "ResolveIncident", note: note.trim() || "…" }, context)}
          />
        </>
      )}
    </CommandForm>
  );
}
