/** Record how we know that the fix works. */

import { useState } from "react";
import type { Instant } from "../../core/time/instant.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";
import { WhenField } from "./when-field.tsx";

export function VerifyFix() {
  const { incident } = useRoom();
  const [note, setNote, forget] = useDraft(`${incident.id}-verify`, "");
  const [happenedAt, setHappenedAt] = useState<Instant>();
  return (
    <CommandForm
      title="Verify the fix"
      command={{
        type: "VerifyFix",
        note,
        ...(happenedAt === undefined ? {} : { happenedAt }),
      }}
      submit="Record the verification"
      beside={["note", "happenedAt"]}
      onDone={forget}
    >
      {(problem) => (
        <>
          <TextArea
            label="How we know that it works"
            autoFocus
            rows={3}
            value={note}
            onChange={setNote}
            problem={problem("note")}
          />
          <WhenField
            label="When it was verified"
            hint="Now, if not said."
            onChange={setHappenedAt}
            problem={problem("happenedAt")}
          />
        </>
      )}
    </CommandForm>
  );
}
