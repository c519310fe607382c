/** Change a remediation's status, owner or date; one that is dropped says why. */

import { useState } from "react";
import { REMEDIATION_STATUSES } from "../../core/incident/state.ts";
import { STATUS_WORDS } from "../pages/room/known-words.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Choices, TextArea, TextField, useDraft } from "../ui/field.tsx";
import { CommandForm, given } from "./command-form.tsx";
import { OwnerField } from "./owner-field.tsx";

export function ChangeRemediation({ remediation }: { readonly remediation: string }) {
  const { incident, state } = useRoom();
  const held = state.remediations.find(({ id }) => id === remediation);
  const [status, setStatus] = useState(held?.status ?? "open");
  const [owner, setOwner] = useState(held?.owner ?? "");
  const [targetOn, setTargetOn] = useState(held?.targetOn ?? "");
  const [note, setNote, forget] = useDraft(`${incident.id}-${remediation}`, "");
  return (
    <CommandForm
      title={`${remediation}: ${held?.title ?? ""}`}
      command={{
        type: "ChangeRemediation",
        remediation,
        ...(status === held?.status ? {} : { status }),
        ...(owner === held?.owner ? {} : { owner }),
        ...(targetOn === held?.targetOn ? {} : { targetOn }),
        ...given("note", note),
      }}
      submit={`Change ${remediation}`}
      beside={["owner", "targetOn", "note"]}
      locks
      onDone={forget}
    >
      {(problem) => (
        <>
          <Choices
            label="Status"
            name="status"
            value={status}
            choices={REMEDIATION_STATUSES.map((one) => ({ value: one, label: STATUS_WORDS[one] }))}
            onChange={(one) => setStatus(one as typeof status)}
          />
          <OwnerField value={owner} onChange={setOwner} problem={problem("owner")} />
          <TextField
            label="By"
            type="date"
            value={targetOn}
            onChange={setTargetOn}
            problem={problem("targetOn")}
          />
          <TextArea
            label="Note"
            rows={2}
            value={note}
            onChange={setNote}
            problem={problem("note")}
          />
        </>
      )}
    </CommandForm>
  );
}
