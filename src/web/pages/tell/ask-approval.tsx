/** Ask for approval: who else may read it is named, and gets a mail for this very text once. */

import { useState } from "react";
import { useCommand, useView } from "../../api.ts";
import { ActForm } from "../../ui/act-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Problems } from "../../ui/field.tsx";
import type { DraftView } from "./use-letter.ts";

type Props = {
  readonly incident: string;
  readonly draft: DraftView;
  /** Why the text is not ready to be read by anybody. */
  readonly whyNot: string | undefined;
};

export function AskApproval({ incident, draft, whyNot }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [of, setOf] = useState<readonly string[]>([]);
  const asking = useCommand("AskApproval", incident);
  const people = useView("people").data?.items ?? [];
  const others = people.filter(({ id, role }) => id !== draft.author && role !== "reader");
  const open = others.filter(({ name }) => !draft.asked.includes(name));
  const asked =
    draft.asked.length === 0 ? null : (
      <span className="secondary">Asked: {draft.asked.join(", ")}.</span>
    );
  if (!isOpen) {
    const why =
      others.length === 0
        ? "Nobody else in the team may approve."
        : open.length === 0
          ? "Everybody who may approve was asked for this text."
          : whyNot;
    return (
      <>
        <Button whyNot={why} onClick={() => setOpen(true)}>
          Ask for approval…
        </Button>
        {asked}
      </>
    );
  }
  const toggle = (id: string): void =>
    setOf(of.includes(id) ? of.filter((one) => one !== id) : [...of, id]);
  const send = async (): Promise<void> => {
    await asking.send({ draft: draft.id, hash: draft.hash, of: [...of] }).then(
      () => setOpen(false),
      () => undefined,
    );
  };
  return (
    <ActForm
      submit={of.length === 1 ? "Mail 1 person" : `Mail ${of.length} people`}
      whyNot={whyNot ?? (of.length === 0 ? "Choose who is to read it." : undefined)}
      pending={asking.pending}
      onSend={send}
      onClose={() => setOpen(false)}
    >
      <fieldset className="ask-whom">
        <legend>Who is asked to read and approve</legend>
        {open.map(({ id, name, role }) => (
          <label key={id} className="line">
            <input type="checkbox" checked={of.includes(id)} onChange={() => toggle(id)} />
            <span>
              {name} <span className="secondary">{role}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {asked}
      <Problems problems={asking.problems} />
    </ActForm>
  );
}
