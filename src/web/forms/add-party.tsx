/** Add a party that is no customer: a provider, an authority, outside help, a reporter. */

import { useState } from "react";
import { navigate } from "../navigation.tsx";
import { ROUTES } from "../paths.ts";
import { SelectField, TextArea, TextField } from "../ui/field.tsx";
import { PartyForm } from "./party-form.tsx";
import { EMPTY_PERSON, isNobody, PersonFields, personIn } from "./person-fields.tsx";

const KINDS = [
  { value: "provider", label: "Provider: holds data of our customers, or runs what we stand on" },
  { value: "authority", label: "Authority: we may have to file with it" },
  { value: "help", label: "Outside help: counsel, forensics" },
  { value: "reporter", label: "Reporter: finds what we missed" },
] as const;
type OtherKind = (typeof KINDS)[number]["value"];

export function AddParty({ onClose }: { readonly onClose: () => void }) {
  const [kind, setKind] = useState<OtherKind>("provider");
  const [name, setName] = useState("");
  const [about, setAbout] = useState("");
  const [feed, setFeed] = useState("");
  const [person, setPerson] = useState(EMPTY_PERSON);
  return (
    <PartyForm
      type="AddParty"
      input={{
        kind,
        name,
        ...(about.trim() === "" ? {} : { about }),
        ...(feed.trim() === "" ? {} : { feeds: [feed] }),
        ...(isNobody(person) ? {} : { contact: personIn(person) }),
      }}
      submit="Add the party"
      beside={["name", "about", "feeds", "contact"]}
      whyNot={name.trim() === "" ? "Give the party's name." : undefined}
      onClose={onClose}
      onDone={(subject) =>
        navigate({ to: ROUTES.party, params: { id: subject.replace("party/", "") } })
      }
    >
      {(problem) => (
        <>
          <SelectField
            label="What they are to us"
            value={kind}
            choices={KINDS}
            onChange={(value) => setKind(value as OtherKind)}
          />
          <TextField
            label="Name"
            autoFocus
            value={name}
            onChange={setName}
            problem={problem("name")}
          />
          <TextArea
            label="What we use of them, file with them or call them for"
            rows={2}
            value={about}
            onChange={setAbout}
            problem={problem("about")}
          />
          {kind === "provider" ? (
            <TextField
              label="Where their word reaches us"
              placeholder="https://status.gatehouse.example/feed.atom"
              value={feed}
              onChange={setFeed}
              problem={problem("feeds")}
            />
          ) : null}
          <PersonFields
            person={person}
            onChange={setPerson}
            problem={(field) => problem(`contact/${field}`)}
            label="Contact"
          />
        </>
      )}
    </PartyForm>
  );
}
