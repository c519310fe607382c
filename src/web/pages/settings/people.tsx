/** People: who is in the team, and the one-time links by which they come in. */

import { useState } from "react";
import type { PersonRow } from "../../../api/view.ts";
import { problemAt, useView } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, SelectField, TextField } from "../../ui/field.tsx";
import { Section } from "../../ui/sheet.tsx";
import { useAct } from "./access-calls.ts";
import { Once } from "./once.tsx";

const ROLES = [
  { value: "responder", label: "responder: everything but people and policy" },
  { value: "communications", label: "communications: facts and notices" },
  { value: "reader", label: "reader: looks, changes nothing" },
  { value: "owner", label: "owner: everything" },
] as const;

/** For owners: nobody else may ask who there is. */
export function People() {
  const people = useView("people");
  const { problems, send } = useAct();
  const [form, setForm] = useState({ name: "", mail: "", role: "responder" });
  const [link, setLink] = useState<string>();
  const invite = async (): Promise<void> => {
    const made = await send<{ readonly link: string }>("/people/invite", form);
    if (!made) return;
    setLink(made.link);
    setForm({ name: "", mail: "", role: "responder" });
  };
  const id = ({ id: account }: PersonRow): string => account.replace(/^account\//, "");
  return (
    <Section title="People">
      <ul className="plain">
        {people.data?.items.map((person) => (
          <Row
            key={person.id}
            person={person}
            onRole={(role) => void send(`/people/${id(person)}/change`, { role })}
            onReset={() =>
              void send<{ link: string }>(`/people/${id(person)}/reset`).then((made) =>
                setLink(made?.link),
              )
            }
            onRemove={() => void send(`/people/${id(person)}/remove`)}
          />
        ))}
      </ul>
      <form className="stack" onSubmit={(event) => (event.preventDefault(), void invite())}>
        <TextField
          label="Name"
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
          problem={problemAt(problems, "name")}
        />
        <TextField
          label="Mail address"
          type="email"
          value={form.mail}
          onChange={(mail) => setForm({ ...form, mail })}
          problem={problemAt(problems, "mail")}
        />
        <SelectField
          label="May"
          value={form.role}
          choices={ROLES}
          onChange={(role) => setForm({ ...form, role })}
        />
        <div>
          <Button
            type="submit"
            whyNot={
              form.name === "" || form.mail === "" ? "Name and address are needed." : undefined
            }
          >
            Invite them
          </Button>
        </div>
      </form>
      {link ? (
        <Once
          text={link}
          says="Give them this link by a way of your own; it works once, within three days."
        />
      ) : null}
      <Problems problems={problems} beside={["name", "mail"]} />
    </Section>
  );
}

type RowProps = {
  readonly person: PersonRow;
  readonly onRole: (role: string) => void;
  readonly onReset: () => void;
  readonly onRemove: () => void;
};

/** One of the team. Nobody comes back by one press: a removal is asked about once more. */
function Row({ person, onRole, onReset, onRemove }: RowProps) {
  const [isLeaving, setLeaving] = useState(false);
  const { name, mail, role } = person;
  return (
    <li className="line">
      <span>
        {name} &lt;{mail}&gt;
      </span>
      {isLeaving ? (
        <>
          <span>Their sessions end at once, and their tokens but those of monitors.</span>
          <Button onClick={onRemove}>Remove {name}</Button>
          <Button look="quiet" onClick={() => setLeaving(false)}>
            Keep them
          </Button>
        </>
      ) : (
        <>
          <select
            aria-label={`What ${name} may do`}
            value={role}
            onChange={(event) => onRole(event.target.value)}
          >
            {ROLES.map(({ value }) => (
              <option key={value}>{value}</option>
            ))}
          </select>
          <Button look="quiet" onClick={onReset}>
            New password link
          </Button>
          <Button look="quiet" onClick={() => setLeaving(true)}>
            Remove…
          </Button>
        </>
      )}
    </li>
  );
}
