/** Strike an entry: it stays readable, marked with the reason, and no longer counts. */

import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

type Props = { readonly version: number; readonly says: string };

export function StrikeEntry({ version, says }: Props) {
  const { incident } = useRoom();
  const [reason, setReason, forget] = useDraft(`${incident.id}-strike-${version}`, "");
  return (
    <CommandForm
      title={`Strike entry ${version}`}
      command={{ type: "StrikeEntry", version, reason }}
      submit={`Strike entry ${version}`}
      beside={["reason", "version"]}
      onDone={forget}
    >
      {(problem) => (
        <>
          <p className="quote">{says}</p>
          <TextArea
            label="Why it no longer counts"
            autoFocus
            rows={2}
            value={reason}
            onChange={setReason}
            hint="The entry stays readable beside the reason. Clocks that it moved go back to where they were."
            problem={problem("reason") ?? problem("version")}
          />
        </>
      )}
    </CommandForm>
  );
}
