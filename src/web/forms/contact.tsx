/** A person at a party: added, or changed. */

import { useState } from "react";
import type { Party } from "../../api/view.ts";
import { Tick } from "../ui/field.tsx";
import { PartyForm } from "./party-form.tsx";
import { EMPTY_PERSON, personIn, PersonFields } from "./person-fields.tsx";

type Props = {
  readonly party: Party;
  readonly contact?: Party["contacts"][number] | undefined;
  readonly onClose: () => void;
};

export function ContactForm({ party, contact, onClose }: Props) {
  const [person, setPerson] = useState(
    contact
      ? {
          name: contact.name,
          mail: contact.mail,
          phone: contact.phone ?? "",
          language: contact.language ?? "",
          zone: contact.zone ?? "",
        }
      : EMPTY_PERSON,
  );
  const [primary, setPrimary] = useState(contact?.primary ?? party.contacts.length === 0);
  const [security, setSecurity] = useState(contact?.security ?? party.contacts.length === 0);
  const marks = {
    ...(primary === (contact?.primary ?? false) ? {} : { primary }),
    ...(security === (contact?.security ?? false) ? {} : { security }),
  };
  const whyNot =
    person.name.trim() === "" || person.mail.trim() === ""
      ? "Give a name and a mail address."
      : undefined;
  const fields = (problem: (field: string) => string | undefined) => (
    <>
      <PersonFields person={person} onChange={setPerson} problem={problem} label="Name" autoFocus />
      <Tick label="Write to them first" checked={primary} onChange={setPrimary} />
      <Tick
        label="Write to them when it is about security"
        checked={security}
        onChange={setSecurity}
      />
      {contact && contact.verifiedOn !== null && person.mail !== contact.mail ? (
        <p className="secondary">With another address they are somebody nobody has verified yet.</p>
      ) : null}
    </>
  );
  const frame = {
    id: party.id,
    beside: ["name", "mail", "phone", "language", "zone"],
    whyNot,
    onClose,
  };
  return contact ? (
    <PartyForm
      {...frame}
      title={`Change ${contact.name}`}
      type="ChangeContact"
      input={{ contact: contact.id, ...personIn(person), ...marks }}
      submit="Save the contact"
    >
      {fields}
    </PartyForm>
  ) : (
    <PartyForm
      {...frame}
      title="Add a contact"
      type="AddContact"
      input={{ ...personIn(person), ...marks }}
      submit="Add the contact"
    >
      {fields}
    </PartyForm>
  );
}
