/** Close: everything that is still open is named at once, each beside what mends it. */

import { openToClose } from "../../core/incident/response/closure.ts";
import { GateList } from "../pages/room/gates.tsx";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

export function Close({ text = "" }: { readonly text?: string | undefined }) {
  const { incident, state, context, policy } = useRoom();
  const [note, setNote, forget] = useDraft(`${incident.id}-close`, text);
  const open = openToClose(state, context);
  return (
    <CommandForm
      title={`Close ${incident.id}`}
      command={{ type: "CloseIncident", note }}
      submit={`Close ${incident.id}`}
      beside={["note"]}
      locks
      whyNot={
        open.length > 0
          ? `${open.length} ${open.length === 1 ? "thing is" : "things are"} still open: ${open[0]?.message}`
          : undefined
      }
      onDone={forget}
    >
      {(problem) => (
        <>
          {open.length > 0 ? (
            <div>
              <p className="strong">Still open: {open.length}</p>
              <ul className="open-list">
                {open.map(({ code, message, at }) => (
                  <li key={`${code} ${at ?? ""} ${message}`}>{message}</li>
                ))}
              </ul>
            </div>
          ) : (
            <p>Nothing is open any more.</p>
          )}
          <GateList of="close" gates={policy.gates.close ?? []} />
          <TextArea
            label="What whoever reads this later should know"
            rows={3}
            value={note}
            onChange={setNote}
            problem={problem("note")}
          />
        </>
      )}
    </CommandForm>
  );
}
