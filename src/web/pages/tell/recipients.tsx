/** Whom a notice is for, and the words that are for each of them alone. */

import { useState } from "react";
import { useCommand } from "../../api.ts";
import { BASE } from "../../paths.ts";
import { whenReleased } from "../../ui/pressed.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, TextArea, TextField } from "../../ui/field.tsx";
import type { DraftView } from "./use-letter.ts";

type Props = {
  readonly incident: string;
  readonly draft: DraftView;
  readonly frozen: boolean;
};

export function Recipients({ incident, draft, frozen }: Props) {
  const naming = useCommand("NameRecipients", incident);
  const dropping = useCommand("DropRecipients", incident);
  const [leaving, setLeaving] = useState<string>();
  const [why, setWhy] = useState("");
  const drop = (id: string, reason?: string): void => {
    const said = reason === undefined ? {} : { reason };
    void dropping.send({ draft: draft.id, recipients: [id], ...said }).then(
      () => setLeaving(undefined),
      () => undefined,
    );
  };
  const named = new Set(draft.recipients.map(({ id }) => id));
  const left = draft.touched.filter(({ customer }) => !named.has(`customer:${customer}`));
  return (
    <div className="stack">
      <ul className="plain recipients">
        {draft.recipients.slice(0, 50).map((one) => (
          <li key={one.id}>
            <div className="spread">
              <span>
                {/* Two names beside each other that are read from the right would change places. */}
                <strong>
                  <bdi>{one.name}</bdi>
                </strong>{" "}
                <span className="secondary">
                  {one.to.mail === "" ? (
                    "published, or handed over: no mail"
                  ) : (
                    <>
                      <bdi>{one.to.name}</bdi> {one.to.mail}
                    </>
                  )}
                  {!one.id.startsWith("customer:")
                    ? ""
                    : one.verifiedOn === null
                      ? ", never checked"
                      : `, checked ${one.verifiedOn}`}
                </span>
              </span>
              {frozen || one.to.mail === "" ? null : (
                <Button
                  look="quiet"
                  onClick={() => (draft.corrects === null ? drop(one.id) : setLeaving(one.id))}
                >
                  Leave out<span className="visually-hidden"> {one.name}</span>
                </Button>
              )}
            </div>
            {one.id.startsWith("customer:") ? (
              <span className="secondary">
                For their own assessment: <Pack incident={incident} recipient={one.id} as="text" />{" "}
                <Pack incident={incident} recipient={one.id} as="pdf" />
              </span>
            ) : null}
            {leaving === one.id ? (
              <div className="line">
                <TextField
                  label={`Why ${one.name} does not hear what is right`}
                  value={why}
                  onChange={setWhy}
                />
                <Button
                  whyNot={why.trim() === "" ? "Say why: they read what was wrong." : undefined}
                  onClick={() => drop(one.id, why)}
                >
                  Leave out with this reason
                </Button>
              </div>
            ) : null}
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
      {frozen || draft.to !== "data-subjects" ? null : <People incident={incident} draft={draft} />}
      {frozen || draft.to !== "reporter"
        ? null
        : draft.reporters
            .filter(({ signal }) => !named.has(`reporter:${signal}`))
            .map(({ signal, name, mail }) => (
              <Button
                key={signal}
                look="quiet"
                whyNot={mail === null ? `${name} left no mail address.` : undefined}
                onClick={() =>
                  void naming
                    .send({ draft: draft.id, recipients: [{ reporter: signal }] })
                    .catch(() => undefined)
                }
              >
                Add {name}, who reported {signal}
              </Button>
            ))}
      {frozen || (draft.to !== "customers" && draft.to !== "controllers")
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
    const [kind = "", id = ""] = recipient.id.split(":");
    const whom = kind === "reporter" ? { reporter: id } : { customer: id };
    void naming.send({ draft: draft.id, recipients: [{ ...whom, words }] }).catch(() => undefined);
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
      onBlur={() => whenReleased(save)}
      problem={naming.problems[0]?.message}
    />
  );
}

/** People by their addresses: pasted, kept privately, one mail each. */
function People({ incident, draft }: Omit<Props, "frozen">) {
  const naming = useCommand("NamePeople", incident);
  const [list, setList] = useState("");
  return (
    <>
      <TextArea
        label="People by address"
        hint="A name and a mail address a line. Without any it is published, or handed over."
        rows={4}
        spellCheck={false}
        value={list}
        onChange={setList}
      />
      <Button
        whyNot={list.trim() === "" ? "Paste their addresses first." : undefined}
        onClick={() =>
          void naming.send({ draft: draft.id, list }).then(
            () => setList(""),
            () => undefined,
          )
        }
      >
        Name them
      </Button>
      <Problems problems={naming.problems} />
    </>
  );
}

/** What a controller needs from us, made of this customer's facts alone. */
function Pack({
  incident,
  recipient,
  as,
}: {
  readonly incident: string;
  readonly recipient: string;
  readonly as: "text" | "pdf";
}) {
  const customer = recipient.replace(/^customer:/, "");
  const query = new URLSearchParams({ incident, customer, format: as }).toString();
  return (
    <a href={`${BASE}/api/v1/exports/controller-pack?${query}`} download>
      {as === "pdf" ? "PDF" : "text"}
    </a>
  );
}
