/** Open a law: a person judges that it binds us here and was triggered. */

import { useState } from "react";
import { useView } from "../api.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

export function OpenRegime() {
  const { state } = useRoom();
  const { data } = useView("regimes");
  const [sought, setSought] = useState("");
  const [chosen, setChosen] = useState("");
  const left = (data?.items ?? [])
    .filter(({ id }) => !state.law?.opened.includes(id))
    .filter(({ id, name, jurisdiction }) =>
      `${id} ${name} ${jurisdiction}`.toLowerCase().includes(sought.toLowerCase()),
    );
  const one = left.find(({ id }) => id === chosen) ?? left[0];
  return (
    <CommandForm
      title="Open a law"
      command={{ type: "OpenRegime", regime: one?.id ?? "" }}
      submit={one ? `Open ${one.id}` : "Open it"}
      beside={["regime"]}
      whyNot={one ? undefined : data ? "No law here is called so." : "One moment."}
    >
      {(problem) => (
        <>
          <p className="secondary">
            By opening it you say that it binds us in this incident and that its trigger has
            happened. It can be struck in the timeline.
          </p>
          <TextField label="Find" autoFocus value={sought} onChange={setSought} />
          <SelectField
            label="Law"
            value={one?.id ?? ""}
            choices={left.map(({ id, name, jurisdiction }) => ({
              value: id,
              label: `${name} (${jurisdiction})`,
            }))}
            onChange={setChosen}
            hint={one?.why}
            problem={problem("regime")}
          />
        </>
      )}
    </CommandForm>
  );
}
