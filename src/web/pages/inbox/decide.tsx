/**
 * Deciding on a signal, inline and in the policy's words: accept it with the
 * severity questions, close it with a coded reason and a note, or put it aside
 * for no longer than its acknowledgement allows.
 */

import { useState } from "react";
import type { ViewOf } from "../../../api/view.ts";
import type { Context } from "../../../core/context.ts";
import { plus, toIso } from "../../../core/time/instant.ts";
import { problemAt, useCommand, useView } from "../../api.ts";
import { type Answers, SeverityQuestions } from "../../forms/severity-questions.tsx";
import { navigate } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { ActForm } from "../../ui/act-form.tsx";
import { Problems, SelectField, TextArea, TextField, useDraft } from "../../ui/field.tsx";
import { useTime } from "../../ui/time.tsx";

type Signal = ViewOf<"signal">;
type Props = { readonly signal: Signal; readonly onClose: () => void };

export function Accept({ signal, context, onClose }: Props & { readonly context: Context }) {
  const command = useCommand("ConfirmSignal", signal.id);
  const open = useView("incidents", {}, { state: "open", limit: 50 });
  const [into, setInto] = useState("");
  const [title, setTitle] = useState(signal.title);
  const [answers, setAnswers] = useState<Answers>({});
  const { policy } = context.policy;
  const unanswered = policy.questions.filter(({ id }) => answers[id] === undefined).length;

  const accept = async (): Promise<void> => {
    const input = into === "" ? { title, answers } : { incident: into };
    const accepted = await command.send(input).catch(() => undefined);
    if (!accepted) return;
    const created = (accepted as { readonly created?: string }).created ?? `incident/${into}`;
    navigate({ to: ROUTES.incident, params: { id: created.replace(/^incident\//, "") } });
  };
  return (
    <ActForm
      submit={into === "" ? "Open the incident" : `Join ${into}`}
      whyNot={
        into === "" && unanswered > 0
          ? `${unanswered} of the policy's questions are not answered. "Not known yet" is an answer.`
          : undefined
      }
      pending={command.pending}
      onSend={accept}
      onClose={onClose}
    >
      <SelectField
        label="Into"
        value={into}
        autoFocus
        choices={[
          { value: "", label: "a new incident" },
          ...(open.data?.items ?? []).map(({ id, title: of }) => ({
            value: id,
            label: `${id} ${of}`,
          })),
        ]}
        onChange={setInto}
        problem={problemAt(command.problems, "incident")}
      />
      {into === "" ? (
        <>
          <TextField
            label="Private title"
            value={title}
            onChange={setTitle}
            hint="Seen by the team alone; it never leaves the room."
            problem={problemAt(command.problems, "title")}
          />
          <SeverityQuestions policy={policy} answers={answers} onChange={setAnswers} />
        </>
      ) : null}
      <Problems problems={command.problems} beside={["incident", "title"]} />
    </ActForm>
  );
}

const REASONS = [
  { value: "false-positive", label: "False positive: what it says is not so" },
  { value: "out-of-scope", label: "Out of scope: not ours" },
  { value: "not-reproducible", label: "Not reproducible" },
  { value: "wont-act", label: "Real, but we will not act on it" },
] as const;

type CloseProps = Props & { readonly duplicate: boolean; readonly onDone: () => void };

export function CloseAs({ signal, duplicate, onClose, onDone }: CloseProps) {
  const command = useCommand("CloseSignal", signal.id);
  const [reason, setReason] = useState<(typeof REASONS)[number]["value"]>("false-positive");
  const [of, setOf] = useState(signal.alike[0]?.id ?? "");
  const [note, setNote, forget] = useDraft(`close-${signal.id}`, "");
  const close = async (): Promise<void> => {
    const input = duplicate
      ? { reason: "duplicate" as const, duplicateOf: of, note }
      : { reason, note };
    if (!(await command.send(input, { ifVersion: signal.version }).catch(() => undefined))) return;
    forget();
    onDone();
  };
  return (
    <ActForm
      submit="Close the signal"
      whyNot={note.trim() === "" ? "Say in a few words why: the note is kept." : undefined}
      pending={command.pending}
      onSend={close}
      onClose={onClose}
    >
      {duplicate ? (
        <TextField
          label="It repeats"
          value={of}
          onChange={setOf}
          autoFocus
          placeholder="R-7QK4-M2"
          problem={problemAt(command.problems, "duplicateOf")}
        />
      ) : (
        <SelectField
          label="Why it is closed"
          value={reason}
          choices={REASONS}
          onChange={(value) => setReason(value as typeof reason)}
          autoFocus
        />
      )}
      <TextArea
        label="Note"
        rows={2}
        value={note}
        onChange={setNote}
        hint="Kept with the signal. It is still counted."
        problem={problemAt(command.problems, "note")}
      />
      <Problems problems={command.problems} beside={["note", "duplicateOf"]} />
    </ActForm>
  );
}

const WAITS = [
  { value: "1", label: "for 1 hour" },
  { value: "4", label: "for 4 hours" },
  { value: "16", label: "until tomorrow (16 hours)" },
  { value: "72", label: "for 3 days" },
] as const;

export function Snooze({ signal, onClose, onDone }: Props & { readonly onDone: () => void }) {
  const command = useCommand("SnoozeSignal", signal.id);
  const { now } = useTime();
  const [hours, setHours] = useState("1");
  const snooze = async (): Promise<void> => {
    const until = toIso(plus(now, Number(hours) * 3_600_000));
    if (await command.send({ until }).catch(() => undefined)) onDone();
  };
  return (
    <ActForm submit="Put it aside" pending={command.pending} onSend={snooze} onClose={onClose}>
      <SelectField label="Put aside" value={hours} choices={WAITS} onChange={setHours} autoFocus />
      <Problems problems={command.problems} />
    </ActForm>
  );
}
