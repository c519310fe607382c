/** Add a remediation: what will change, who owns it, by when. */

import { useState } from "react";
import { DAY_MS, plus } from "../../core/time/instant.ts";
import { localDate } from "../../core/time/wall-time.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextField, useDraft } from "../ui/field.tsx";
import { useTime } from "../ui/time.tsx";
import { CommandForm } from "./command-form.tsx";
import { OwnerField } from "./owner-field.tsx";

export function AddRemediation() {
  const { incident, context } = useRoom();
  const { now, zone } = useTime();
  const [title, setTitle, forget] = useDraft(`${incident.id}-remediation`, "");
  const [owner, setOwner] = useState(context.by);
  const [targetOn, setTargetOn] = useState(localDate(plus(now, 30 * DAY_MS), zone));
  return (
    <CommandForm
      title="Add a remediation"
      command={{ type: "AddRemediation", title, owner, targetOn }}
      submit="Add it"
      beside={["title", "owner", "targetOn"]}
      onDone={forget}
    >
      {(problem) => (
        <>
          <TextField
            label="What will change"
            autoFocus
            value={title}
            onChange={setTitle}
            problem={problem("title")}
          />
          <OwnerField value={owner} onChange={setOwner} problem={problem("owner")} />
          <TextField
            label="By"
            type="date"
            value={targetOn}
            onChange={setTargetOn}
            problem={problem("targetOn")}
          />
        </>
      )}
    </CommandForm>
  );
}
