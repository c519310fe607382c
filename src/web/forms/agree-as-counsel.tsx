/** Counsel agrees: somebody outside has read the decision, and from now on it stands. */

import { useState } from "react";
import { TextArea, TextField } from "../ui/field.tsx";
import { CommandForm, given } from "./command-form.tsx";

export function AgreeAsCounsel() {
  const [counsel, setCounsel] = useState("");
  const [note, setNote] = useState("");
  return (
    <CommandForm
      title="Counsel agrees"
      command={{ type: "AgreeAsCounsel", counsel, ...given("note", note) }}
      submit="Record that it stands"
      beside={["counsel", "note"]}
      locks
    >
      {(problem) => (
        <>
          <TextField
            label="Who has read it"
            autoFocus
            value={counsel}
            onChange={setCounsel}
            problem={problem("counsel")}
          />
          <TextArea
            label="What they said, if anything"
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
