/** A provider's word: when it is due beside ours, and the letter that asks for it. */

import { useState } from "react";
import type { ObligationView } from "../../../api/view.ts";
import { lateWord, providerRequest } from "../../../core/notice/provider-request.ts";
import { parseInstant } from "../../../core/time/instant.ts";
import { useView } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { OutwardSheet } from "../../ui/sheet.tsx";
import { At, useTime } from "../../ui/time.tsx";
import { useRoom } from "./room-state.tsx";

type Props = { readonly id: string; readonly name: string };

export function ProviderWord({ id, name }: Props) {
  const { incident } = useRoom();
  const [asked, setAsked] = useState<string>();
  const open = incident.obligations.filter((one) => one.stoppedAt === null && one.dueAt !== null);
  const theirs = open.filter(({ recipient }) => recipient.id === `provider:${id}`);
  const [ours] = open
    .filter((one) => one.recipient.kind === "customer" && one.duty === "notify")
    .map(({ dueAt }) => dueAt ?? "")
    .sort();
  return theirs.map((owed) => {
    const dueAt = parseInstant(owed.dueAt ?? "");
    if (dueAt === undefined) return null;
    return (
      <div key={owed.id} className="secondary">
        <p>
          They owe us word by <At iso={owed.dueAt ?? ""} relative />.{" "}
          {lateWord(dueAt, parseInstant(ours ?? ""))}
        </p>
        {asked === owed.id ? (
          <Request id={id} name={name} owed={owed} onClose={() => setAsked(undefined)} />
        ) : (
          <Button look="quiet" onClick={() => setAsked(owed.id)}>
            Draft a request<span className="visually-hidden"> to {name}</span>
          </Button>
        )}
      </div>
    );
  });
}

/** Read here, sent from the person's own mailbox: their answer comes there. */
function Request({
  id,
  name,
  owed,
  onClose,
}: Props & { readonly owed: ObligationView; readonly onClose: () => void }) {
  const { incident } = useRoom();
  const { zone } = useTime();
  const me = useView("me");
  const party = useView("party", { id });
  const why = useView("why", { id: owed.id }, { subject: `incident/${incident.id}` });
  const dueAt = parseInstant(owed.dueAt ?? "");
  if (!me.data || !party.data || !why.data || dueAt === undefined) return <p>Opening…</p>;
  const contacts = party.data.contacts;
  const contact = contacts.find(({ security }) => security) ?? contacts[0];
  const { subject, body } = providerRequest({
    provider: contact?.name ?? name,
    organisation: me.data.organisation,
    source: why.data.source ?? owed.clause,
    says: owed.says,
    dueAt,
    zone,
    author: me.data.person.name,
  });
  const words = `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return (
    <OutwardSheet recipient={contact ? `${contact.name} <${contact.mail}>` : name}>
      <p>
        <strong>{subject}</strong>
      </p>
      <pre className="outward-text">{body}</pre>
      <p className="line">
        {contact ? (
          <a href={`mailto:${encodeURIComponent(contact.mail)}?${words}`}>Open it in your mail</a>
        ) : (
          "They have no contact: add one first."
        )}
        <Button look="quiet" onClick={onClose}>
          Not now
        </Button>
      </p>
    </OutwardSheet>
  );
}
