/** Show that a gate holds: the evidence it asks for, one item a line. */

import { gatesOf } from "../../core/incident/response/gate.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

type Props = { readonly of: string; readonly gate: string };

export function ShowGate({ of, gate }: Props) {
  const { incident, policy } = useRoom();
  const [text, setText, forget] = useDraft(`${incident.id}-gate-${of}-${gate}`, "");
  const asked = gatesOf(policy, of).find(({ id }) => id === gate);
  const evidence = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return (
    <CommandForm
      title={asked?.says ?? gate}
      command={{
        type: "ShowGate",
        of,
        gate,
        evidence: evidence.length === 0 && asked?.evidence === undefined ? ["Shown."] : evidence,
      }}
      submit="Show that it holds"
      beside={["evidence"]}
      onDone={forget}
    >
      {(problem) => (
        <TextArea
          label={
            asked?.evidence === "link"
              ? "Links to the evidence, one a line"
              : "Evidence, one item a line"
          }
          autoFocus
          rows={3}
          value={text}
          onChange={setText}
          problem={problem("evidence")}
          hint={
            asked?.second
              ? "It takes a second person: whoever shows it cannot be the one who passes the gate."
              : undefined
          }
        />
      )}
    </CommandForm>
  );
}
