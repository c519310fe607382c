/** A person at a party: added, or changed. */

import { useState } from "react";
import type { Party } from "../../api/view.ts";
import { TextArea, Tick } from "../ui/field.tsx";
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
  const [key, setKey] = useState("");
  const [encrypt, setEncrypt] = useState(contact?.encrypt ?? false);
  const marks = {
    ...(key.trim() === "" ? {} : { key }),
    ...(encrypt === (contact?.encrypt ?? false) ? {} : { encrypt }),
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
      <details open={encrypt || Boolean(contact?.key)}>
        <summary>Encrypted mail</summary>
        <Tick
          label="Agreed with them: what we write leaves encrypted, or does not leave"
          checked={encrypt}
          onChange={setEncrypt}
        />
        <TextArea
          label={contact?.key ? "Another public key" : "Their OpenPGP public key"}
          hint="Armoured, from BEGIN PGP PUBLIC KEY BLOCK to END. Compare its fingerprint with them by telephone."
          rows={3}
          spellCheck={false}
          value={key}
          onChange={setKey}
          problem={problem("key")}
        />
      </details>
      {contact?.key && person.mail !== contact.mail ? (
        <p className="secondary">With another address their key is forgotten: record it again.</p>
      ) : null}
      {contact && contact.verifiedOn !== null && person.mail !== contact.mail ? (
        <p className="secondary">With another address they are somebody nobody has verified yet.</p>
      ) : null}
    </>
  );
  const frame = {
    id: party.id,
    beside: ["name", "mail", "phone", "language", "zone", "key"],
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
