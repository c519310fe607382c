/** Take a resolved or closed incident up again. */

import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

export function Reopen() {
  const { incident } = useRoom();
  const [reason, setReason, forget] = useDraft(`${incident.id}-reopen`, "");
  return (
    <CommandForm
      title={`Take ${incident.id} up again`}
      command={{ type: "ReopenIncident", reason }}
      submit="Take it up again"
      beside={["reason"]}
      locks
      onDone={forget}
    >
      {(problem) => (
        <TextArea
          label="Why"
          autoFocus
          rows={3}
          value={reason}
          onChange={setReason}
          problem={problem("reason")}
        />
      )}
    </CommandForm>
  );
}
