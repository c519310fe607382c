/**
 * One field of a form: its answer as it would be pasted, how sure it is and where it came
 * from, and a place for a person's own words, which then stand before the record's.
 */

import { useState } from "react";
import { problemAt, useCommand } from "../../api.ts";
import { ActForm } from "../../ui/act-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Copy } from "../../ui/copy.tsx";
import { Problems, TextArea, useDraft } from "../../ui/field.tsx";
import { ASKED, type FilingField, type FilingView, HELD } from "./filing-words.ts";

type Props = {
  readonly id: string;
  readonly filing: FilingView;
  readonly field: FilingField;
  readonly whyNot: string | undefined;
};

export function FieldOf(props: Props) {
  const { field, whyNot } = props;
  const [writing, setWriting] = useState(false);
  return (
    <div
      className="filing-field"
      id={`field-${field.id}`}
      data-open={field.value === null || undefined}
    >
      <dt>
        {field.label}
        <span className="filing-asked">
          {[ASKED[field.asked], field.cite].filter(Boolean).join(", ")}
        </span>
      </dt>
      <dd>
        {writing ? (
          <Write {...props} onClose={() => setWriting(false)} />
        ) : (
          <>
            <p className="outward-text">{field.value ?? "Not known yet."}</p>
            <p className="filing-from">
              {field.value === null ? null : <strong>{HELD[field.held]}. </strong>}
              {field.source}
              {field.hint === null ? "" : ` ${field.hint}`}
            </p>
            <div className="line">
              {field.value === null ? null : (
                <Copy text={field.value}>
                  Copy<span className="visually-hidden"> {field.label}</span>
                </Copy>
              )}
              <Button look="quiet" whyNot={whyNot} onClick={() => setWriting(true)}>
                {field.held === "written" ? "Change" : "Write"}
                <span className="visually-hidden"> {field.label}</span>
              </Button>
            </div>
          </>
        )}
      </dd>
    </div>
  );
}

function Write({ id, filing, field, whyNot, onClose }: Props & { readonly onClose: () => void }) {
  const { regime, stage } = filing;
  const key = `${id}-filing-${regime.id}-${stage}-${field.id}`;
  const [text, setText, forget] = useDraft(key, field.value ?? "");
  // What was on screen when it was opened: somebody else's words are never written over unread.
  const [read, setRead] = useState(field.revision);
  const writing = useCommand("WriteFilingField", id);
  const send = async (words: string): Promise<void> => {
    try {
      await writing.send({
        regime: regime.id,
        stage,
        field: field.id,
        text: words,
        revision: read,
      });
    } catch {
      return;
    }
    forget();
    onClose();
  };
  const isTheirs = field.revision !== read;
  return (
    <ActForm
      submit="Keep these words"
      whyNot={whyNot ?? (isTheirs ? "Somebody wrote here meanwhile: look at it first." : undefined)}
      pending={writing.pending}
      onSend={() => send(text)}
      onClose={onClose}
    >
      <TextArea
        label={`In your words: ${field.label}`}
        autoFocus
        rows={Math.min(12, Math.max(3, Math.ceil(text.length / 60)))}
        value={text}
        onChange={setText}
        hint={field.hint ?? "They stand before what the record would fill in."}
        problem={problemAt(writing.problems, "text")}
      />
      {isTheirs ? (
        <div role="status">
          <p>Now there is: {field.value ?? "nothing"}</p>
          <Button onClick={() => setRead(field.revision)}>Mine shall stand</Button>{" "}
          <Button onClick={() => (setText(field.value ?? ""), setRead(field.revision))}>
            Go on from theirs
          </Button>
        </div>
      ) : null}
      {field.held === "written" ? (
        <p>
          <Button look="quiet" onClick={() => void send("")}>
            Take the words out: the record fills it again
          </Button>
        </p>
      ) : null}
      <Problems
        problems={writing.problems.filter(
          ({ code }) => !(isTheirs && code === "filing-field-changed"),
        )}
        beside={["text"]}
      />
    </ActForm>
  );
}
