/** Whom a notice is for, and the words that are for each of them alone. */

import { useState } from "react";
import { useCommand } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, TextField } from "../../ui/field.tsx";
import type { DraftView } from "./use-letter.ts";

type Props = {
  readonly incident: string;
  readonly draft: DraftView;
  readonly frozen: boolean;
};

export function Recipients({ incident, draft, frozen }: Props) {
  const naming = useCommand("NameRecipients", incident);
  const dropping = useCommand("DropRecipients", incident);
  const named = new Set(draft.recipients.map(({ id }) => id));
  const left = draft.touched.filter(({ customer }) => !named.has(`customer:${customer}`));
  return (
    <div className="stack">
      <ul className="plain recipients">
        {draft.recipients.slice(0, 50).map((one) => (
          <li key={one.id}>
            <div className="spread">
              <span>
                <strong>{one.name}</strong>{" "}
                <span className="secondary">
                  {one.to.name} {one.to.mail}
                  {one.verifiedOn === null ? ", never checked" : `, checked ${one.verifiedOn}`}
                </span>
              </span>
              {frozen ? null : (
                <Button
                  look="quiet"
                  onClick={() =>
                    void dropping
                      .send({ draft: draft.id, recipients: [one.id.replace(/^customer:/, "")] })
                      .catch(() => undefined)
                  }
                >
                  Leave out<span className="visually-hidden"> {one.name}</span>
                </Button>
              )}
            </div>
            {draft.calls
              .filter((name) => name !== "customer" && name !== "contact")
              .map((name) => (
                <Own
                  key={`${one.id} ${name}`}
                  incident={incident}
                  draft={draft}
                  recipient={one}
                  name={name}
                  frozen={frozen}
                />
              ))}
          </li>
        ))}
      </ul>
      {draft.recipients.length > 50 ? (
        <p className="secondary">and {draft.recipients.length - 50} more</p>
      ) : null}
      {draft.recipients.length === 0 ? (
        <p className="secondary">Nobody would receive this yet.</p>
      ) : null}
      {frozen
        ? null
        : left.slice(0, 20).map(({ customer, name, to }) => (
            <Button
              key={customer}
              look="quiet"
              whyNot={to === null ? `${name} has no contact: add one under Parties.` : undefined}
              onClick={() =>
                void naming
                  .send({ draft: draft.id, recipients: [{ customer }] })
                  .catch(() => undefined)
              }
            >
              Add {name}
            </Button>
          ))}
      <Problems problems={[...naming.problems, ...dropping.problems]} />
    </div>
  );
}

/** What one recipient reads where the draft calls `{{name}}`. */
function Own({
  incident,
  draft,
  recipient,
  name,
  frozen,
}: Props & {
  readonly recipient: DraftView["recipients"][number];
  readonly name: string;
}) {
  const naming = useCommand("NameRecipients", incident);
  const saved = recipient.words[name] ?? "";
  const [text, setText] = useState(saved);
  const save = (): void => {
    if (text === saved) return;
    const words = { ...recipient.words, [name]: text };
    const customer = recipient.id.replace(/^customer:/, "");
    void naming.send({ draft: draft.id, recipients: [{ customer, words }] }).catch(() => undefined);
  };
  return (
    <TextField
      label={
        <span className="mono">
          {`{{${name}}}`}
          <span className="visually-hidden"> for {recipient.name}</span>
        </span>
      }
      value={text}
      readOnly={frozen}
      onChange={setText}
      onBlur={save}
      problem={naming.problems[0]?.message}
    />
  );
}
