/** Counsel is heard: somebody outside has read the decision; it stands, or it does not. */

import { useState } from "react";
import { Choices, TextArea, TextField } from "../ui/field.tsx";
import { CommandForm, given } from "./command-form.tsx";

export function AgreeAsCounsel() {
  const [counsel, setCounsel] = useState("");
  const [note, setNote] = useState("");
  const [agrees, setAgrees] = useState(true);
  return (
    <CommandForm
      title="Counsel has read it"
      command={
        agrees
          ? { type: "AgreeAsCounsel", counsel, ...given("note", note) }
          : { type: "ObjectAsCounsel", counsel, note }
      }
      submit={agrees ? "Record that it stands" : "Record that it does not stand"}
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
            hint="Or give them a seat: then they say it themselves."
            problem={problem("counsel")}
          />
          <Choices
            label="What they say"
            name="counsel-agrees"
            value={agrees ? "yes" : "no"}
            choices={[
              { value: "yes", label: "They agree" },
              { value: "no", label: "They do not" },
            ]}
            onChange={(value) => setAgrees(value === "yes")}
          />
          <TextArea
            label={agrees ? "What they said, if anything" : "What speaks against it"}
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
