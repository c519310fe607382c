/** Change the private title: seen by the team alone. */

import { useState } from "react";
import { useRoom } from "../pages/room/room-state.tsx";
import { TextField } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

export function Retitle() {
  const { incident } = useRoom();
  const [title, setTitle] = useState(incident.title);
  return (
    <CommandForm
      title="Private title"
      command={{ type: "RetitleIncident", title }}
      submit="Change the title"
      beside={["title"]}
      locks
    >
      {(problem) => (
        <TextField
          label="Title"
          autoFocus
          maxLength={200}
          value={title}
          onChange={setTitle}
          hint="It never leaves the room: pages, mails and addresses do not carry it."
          problem={problem("title")}
        />
      )}
    </CommandForm>
  );
}
