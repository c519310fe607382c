/**
 * Call sheet: the numbers, what to say, and under it what became of the call.
 *
 * Made of the notice's own words, so that what is said is what is written.
 */

import { useState } from "react";
import type { Instant } from "../../../core/time/instant.ts";
import { toIso } from "../../../core/time/instant.ts";
import { problemAt, problemsIn, useCommand, useView } from "../../api.ts";
import { WhenField } from "../../forms/when-field.tsx";
import { Button } from "../../ui/button.tsx";
import { Problems, TextArea, TextField } from "../../ui/field.tsx";
import { At } from "../../ui/time.tsx";

type Props = {
  readonly incident: string;
  readonly recipient: string;
  readonly onDone: () => void;
};

export function CallSheet({ incident, recipient, onDone }: Props) {
  const view = useView("call", { id: incident, recipient });
  const sheet = view.data;
  if (!sheet) return <p>{problemsIn(view.error)[0]?.message ?? "Opening…"}</p>;
  return (
    <div className="stack">
      {sheet.owed.map(({ id, says, dueAt }) => (
        <p key={id} className="risk">
          {says}{" "}
          {dueAt === null ? null : (
            <>
              Due <At iso={dueAt} relative />.
            </>
          )}
        </p>
      ))}
      <ul className="plain call-numbers">
        {sheet.numbers.map(({ name, phone, zone }) => (
          <li key={`${name} ${phone}`}>
            <a href={`tel:${phone.replace(/[^+\d]/g, "")}`}>{phone}</a>{" "}
            <span className="secondary">
              {name}
              {zone === null ? "" : `, ${zone}`}
            </span>
          </li>
        ))}
        {sheet.numbers.length === 0 ? (
          <li className="secondary">No number is known: add one to a contact, under Parties.</li>
        ) : null}
      </ul>
      <h3>What to say</h3>
      {sheet.script.length === 0 ? (
        <p className="secondary">
          No notice names them yet: name them in one, and it stands here in spoken form.
        </p>
      ) : (
        <div className="call-script">
          {sheet.script.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      <Outcome incident={incident} recipient={recipient} onDone={onDone} />
    </div>
  );
}

function Outcome({ incident, recipient, onDone }: Props) {
  const recording = useCommand("RecordCall", incident);
  const [who, setWho] = useState("");
  const [note, setNote] = useState("");
  const [at, setAt] = useState<Instant>();
  const record = (outcome: "spoke" | "no-answer"): void =>
    void recording
      .send({
        recipient,
        outcome,
        ...(outcome === "spoke" ? { who } : {}),
        ...(note.trim() === "" ? {} : { note }),
        ...(at === undefined ? {} : { happenedAt: toIso(at) }),
      })
      .then(onDone, () => undefined);
  return (
    <section className="stack" aria-label="What became of the call">
      <h3>What became of it</h3>
      <TextField
        label="Spoke to"
        hint="Their name, as they gave it."
        value={who}
        onChange={setWho}
        problem={problemAt(recording.problems, "who")}
      />
      <WhenField
        label="At"
        hint="Now, if not said."
        onChange={setAt}
        problem={problemAt(recording.problems, "happenedAt")}
      />
      <TextArea label="Note" rows={2} value={note} onChange={setNote} />
      <Problems problems={recording.problems.filter(({ at: where }) => where === undefined)} />
      <div className="line">
        <Button
          look="first"
          whyNot={
            who.trim() === ""
              ? "Say whom you spoke to."
              : recording.pending
                ? "One moment."
                : undefined
          }
          onClick={() => record("spoke")}
        >
          Record: spoke to them
        </Button>
        <Button
          whyNot={recording.pending ? "One moment." : undefined}
          onClick={() => record("no-answer")}
        >
          Record: no answer
        </Button>
      </div>
    </section>
  );
}
