/** Filed: who filed this stage when and under which number, and the form that records it. */

import { useState } from "react";
import { type Instant, toIso } from "../../../core/time/instant.ts";
import { problemAt, useCommand } from "../../api.ts";
import { given } from "../../forms/command-form.tsx";
import { WhenField } from "../../forms/when-field.tsx";
import { ActForm } from "../../ui/act-form.tsx";
import { Button } from "../../ui/button.tsx";
import { Problems, TextArea, TextField } from "../../ui/field.tsx";
import { At } from "../../ui/time.tsx";
import type { FilingView } from "./filing-words.ts";

type Props = {
  readonly id: string;
  readonly filing: FilingView;
  readonly whyNot: string | undefined;
};

export function Filed(props: Props) {
  const { filed } = props.filing;
  const [recording, setRecording] = useState(false);
  return (
    <section className="section">
      <h2>Filed</h2>
      {filed.length === 0 ? <p className="secondary">Nobody has filed this stage yet.</p> : null}
      <ol className="plain stack">
        {filed.map((one) => (
          <li key={one.entry}>
            <p>
              {one.followUp ? "Follow-up filed" : "Filed"} by {one.filedBy},{" "}
              <At iso={one.filedAt} />,{" "}
              {one.number === null ? "without a number" : `under ${one.number}`}.
            </p>
            {one.lateFor === null ? null : (
              <p className="risk">
                It was due <At iso={one.lateFor} />. Given as the reason: {one.reason}
              </p>
            )}
            {one.note === null ? null : <p>{one.note}</p>}
            <p className="secondary">
              Recorded <At iso={one.recordedAt} short />, entry {one.entry}; SHA-256{" "}
              <code className="hash">{one.hash}</code>
            </p>
            <Answers filed={one} />
          </li>
        ))}
      </ol>
      {recording ? (
        <Record {...props} onClose={() => setRecording(false)} />
      ) : (
        <Button
          look={filed.length === 0 ? "first" : "plain"}
          whyNot={props.whyNot}
          onClick={() => setRecording(true)}
        >
          {filed.length === 0 ? "Record that it was filed…" : "Record a follow-up…"}
        </Button>
      )}
    </section>
  );
}

/** What was filed, as it was: the pack goes on changing. */
function Answers({ filed: { answers } }: { readonly filed: FilingView["filed"][number] }) {
  if (answers.length === 0)
    return <p className="secondary">Its answers were too long to keep: only their hash is here.</p>;
  const changed = answers.filter(({ value, now }) => value !== now).length;
  return (
    <details>
      <summary>
        What was filed, {answers.length} answers
        {changed === 0 ? "" : `; ${changed} say something else by now`}
      </summary>
      <dl className="filing-answers">
        {answers.map(({ label, value, now }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {value}
              {value === now ? null : (
                <span className="risk"> Now: {now ?? "not known any more"}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const BESIDE = ["filedBy", "filedAt", "number", "reason", "note"] as const;

function Record({ id, filing, whyNot, onClose }: Props & { readonly onClose: () => void }) {
  const recording = useCommand("RecordFiling", id);
  const [filedBy, setFiledBy] = useState("");
  const [filedAt, setFiledAt] = useState<Instant>();
  const [number, setNumber] = useState("");
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  // What was on screen when it was opened is what was filed; a change meanwhile is refused.
  const [hash] = useState(filing.hash);
  const problem = (field: (typeof BESIDE)[number]) => problemAt(recording.problems, field);
  const isLate = filing.late && filing.filed.length === 0;
  const send = async (): Promise<void> => {
    const said = {
      ...given("filedBy", filedBy),
      ...given("number", number),
      ...given("reason", reason),
      ...given("note", note),
      ...(filedAt === undefined ? {} : { filedAt: toIso(filedAt) }),
    };
    const stage = { regime: filing.regime.id, stage: filing.stage, hash };
    await recording.send({ ...stage, ...said }).then(onClose, () => undefined);
  };
  return (
    <ActForm
      submit="Record that it was filed"
      whyNot={whyNot}
      pending={recording.pending}
      onSend={send}
      onClose={onClose}
    >
      <TextField
        label="Reference number that the authority gave"
        autoFocus
        value={number}
        onChange={setNumber}
        hint="Nothing, if it gave none."
        problem={problem("number")}
      />
      <TextField
        label="Who filed it"
        value={filedBy}
        onChange={setFiledBy}
        hint="You, if not said."
        problem={problem("filedBy")}
      />
      <WhenField
        label="When it was filed"
        hint="Now, if not said."
        onChange={setFiledAt}
        problem={problem("filedAt")}
      />
      {isLate || problem("reason") ? (
        <TextArea
          label="Why it was late"
          rows={3}
          value={reason}
          onChange={setReason}
          hint="As the authority was told: it asks for the reasons."
          problem={problem("reason")}
        />
      ) : null}
      <TextArea label="Note" rows={2} value={note} onChange={setNote} problem={problem("note")} />
      <Problems problems={recording.problems} beside={BESIDE} />
    </ActForm>
  );
}
