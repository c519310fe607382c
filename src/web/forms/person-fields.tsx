/** The fields of a person whom we can reach. */

import { TextField } from "../ui/field.tsx";

export type Person = {
  readonly name: string;
  readonly mail: string;
  readonly phone: string;
  readonly language: string;
  readonly zone: string;
};

export const EMPTY_PERSON: Person = { name: "", mail: "", phone: "", language: "", zone: "" };

export const isNobody = (person: Person): boolean =>
  Object.values(person).every((value) => value.trim() === "");

/** What was filled in; name and mail always. */
export function personIn({ name, mail, ...rest }: Person) {
  const given = Object.entries(rest).filter(([, value]) => value.trim() !== "");
  return { name, mail, ...(Object.fromEntries(given) as Partial<typeof rest>) };
}

type Props = {
  readonly person: Person;
  readonly onChange: (person: Person) => void;
  readonly problem: (field: string) => string | undefined;
  readonly label: string;
  readonly autoFocus?: boolean;
};

export function PersonFields({ person, onChange, problem, label, autoFocus = false }: Props) {
  const set = (field: keyof Person) => (value: string) => onChange({ ...person, [field]: value });
  return (
    <>
      <TextField
        label={label}
        autoFocus={autoFocus}
        value={person.name}
        onChange={set("name")}
        problem={problem("name")}
      />
      <TextField
        label="Their mail address"
        type="email"
        value={person.mail}
        onChange={set("mail")}
        problem={problem("mail")}
      />
      <TextField
        label="Their telephone"
        type="tel"
        value={person.phone}
        onChange={set("phone")}
        problem={problem("phone")}
      />
      <details open={person.language !== "" || person.zone !== ""}>
        <summary>Language and time zone</summary>
        <TextField
          label="Language"
          placeholder="de"
          value={person.language}
          onChange={set("language")}
          problem={problem("language")}
        />
        <TextField
          label="Time zone"
          placeholder="Europe/Berlin"
          value={person.zone}
          onChange={set("zone")}
          problem={problem("zone")}
        />
      </details>
    </>
  );
}
