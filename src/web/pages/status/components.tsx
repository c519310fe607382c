/** Components: what people rely on, under the names by which they know them. */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import { COMPONENT_WORDS } from "../../../core/status/words.ts";
import { problemAt, useCommand } from "../../api.ts";
import { ActForm } from "../../ui/act-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Problems, TextField } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";

type Component = ViewOf<"status">["components"][number];

export function Components({ components }: { readonly components: readonly Component[] }) {
  const [isAdding, setIsAdding] = useState(false);
  const removing = useCommand("RemoveComponent");
  return (
    <Section
      title="Components"
      says="What they are follows from the updates that are open and name them."
      side={<Button onClick={() => setIsAdding(true)}>Add one</Button>}
    >
      {isAdding ? <AddComponent onClose={() => setIsAdding(false)} /> : null}
      <Problems problems={removing.problems} />
      {components.length === 0 ? (
        <p className="secondary">None yet: an update without components is one, too.</p>
      ) : (
        <ul className="plain">
          {components.map(({ id, name, about, state }) => (
            <li key={id} className="spread">
              <span>
                {name} <span className="secondary">{about}</span>
              </span>
              <span className="line">
                {COMPONENT_WORDS[state]}
                <Button
                  look="quiet"
                  onClick={() => void removing.send({ component: id }).catch(() => undefined)}
                >
                  Take off<span className="visually-hidden"> {name}</span>
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function AddComponent({ onClose }: { readonly onClose: () => void }) {
  const adding = useCommand("DescribeComponent");
  const [name, setName] = useState("");
  const [about, setAbout] = useState("");
  return (
    <ActForm
      submit="Put it on the page"
      pending={adding.pending}
      whyNot={name.trim() === "" ? "Name it first." : undefined}
      onClose={onClose}
      onSend={async () => {
        const said = about.trim() === "" ? { name } : { name, about };
        if (await adding.send(said).catch(() => undefined)) onClose();
      }}
    >
      <Problems problems={adding.problems} beside={["name"]} />
      <TextField
        label="Name"
        hint="As those who rely on it call it."
        value={name}
        onChange={setName}
        problem={problemAt(adding.problems, "name")}
      />
      <TextField label="What it does (optional)" value={about} onChange={setAbout} />
    </ActForm>
  );
}
