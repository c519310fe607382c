/**
 * Hand over: to whom, in which incidents, with a note. One command for each incident, so that
 * each has it in its own record; what one of them refuses is said beside it, and what went
 * over stays over.
 */

import { useState } from "react";
import type { Problem } from "../../../core/problem.ts";
import { client, queryClient, useView } from "../../api.ts";
import { ActForm } from "../../ui/act-form.tsx";
import { FieldProblem, SelectField, TextArea } from "../../ui/field.tsx";
import type { Handed } from "./handover.tsx";

type Incident = Handed["incidents"][number];

/** The incidents in which `person` holds a role or has something in hand. */
export const heldBy = ({ incidents }: Handed, person: string): readonly Incident[] =>
  incidents.filter(
    ({ roles, taken }) =>
      roles.some((role) => role.person === person) || taken.some(({ by }) => by === person),
  );

type Outcome = { readonly id: string; readonly problem?: Problem };

export function HandOverForm({
  data,
  onClose,
}: {
  readonly data: Handed;
  readonly onClose: () => void;
}) {
  const me = useView("me");
  const people = useView("people");
  const team = people.data?.items ?? [];
  const self = me.data?.person.id ?? "";
  const [from, setFrom] = useState(self);
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [pending, setPending] = useState(false);
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const done = outcomes.filter(({ problem }) => problem === undefined).map(({ id }) => id);
  const held = heldBy(data, from);
  const chosen = held.filter(({ id }) => !left.has(id) && !done.includes(id));
  const nameOf = (id: string): string => team.find((one) => one.id === id)?.name ?? "…";
  const takers = team.filter(({ id, role }) => id !== from && role !== "reader");

  const send = async (): Promise<void> => {
    setPending(true);
    const all: Outcome[] = outcomes.filter(({ problem }) => problem === undefined);
    for (const { id } of chosen) {
      const said = note.trim() === "" ? {} : { note };
      const sent = await client.send(
        "HandOver",
        id,
        { to, from, ...said },
        { idempotencyKey: crypto.randomUUID() },
      );
      all.push(sent.ok ? { id } : { id, problem: sent.problems[0] });
      setOutcomes([...all]);
    }
    setPending(false);
    void queryClient.invalidateQueries();
    if (all.every(({ problem }) => problem === undefined)) onClose();
  };
  return (
    <ActForm
      submit={to === "" ? "Hand over" : `Hand ${countOf(chosen)} over to ${nameOf(to)}`}
      whyNot={whyNot({ held: held.length, chosen: chosen.length, to, takers: takers.length })}
      pending={pending}
      onSend={send}
      onClose={onClose}
    >
      <h2>Hand over</h2>
      <div className="handover-who">
        <SelectField
          label="What is held by"
          value={from}
          choices={team.map(({ id, name }) => ({
            value: id,
            label: id === self ? `${name} (you)` : name,
          }))}
          onChange={setFrom}
        />
        <SelectField
          label="Goes to"
          autoFocus
          value={to}
          choices={[
            { value: "", label: "Choose a person" },
            ...takers.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={setTo}
          hint="They are mailed the open deadlines of each, with whom to call."
        />
      </div>
      <fieldset className="handover-which">
        <legend>In these incidents</legend>
        {held.length === 0 ? <p>{nameOf(from)} holds nothing in any of them.</p> : null}
        {held.map(({ id, title, roles, taken }) => {
          const problem = outcomes.find((one) => one.id === id)?.problem;
          return (
            <label key={id} className="line">
              <input
                type="checkbox"
                checked={!left.has(id)}
                disabled={done.includes(id)}
                onChange={() => setLeft(toggled(left, id))}
              />
              <span>
                <span className="mono">{id}</span> {title}:{" "}
                {[
                  ...roles.filter(({ person }) => person === from).map(({ name }) => name),
                  ...(taken.some(({ by }) => by === from) ? ["what is in hand"] : []),
                ].join(", ")}
                {done.includes(id) ? ", handed over" : ""}
                <FieldProblem says={problem && ` Not handed over: ${problem.message}`} inline />
              </span>
            </label>
          );
        })}
      </fieldset>
      <TextArea
        label="A note for them"
        value={note}
        onChange={setNote}
        hint="It stands in each incident's timeline, and in no mail."
      />
    </ActForm>
  );
}

const countOf = (chosen: readonly Incident[]): string =>
  chosen.length === 1 ? (chosen[0]?.id ?? "") : `${chosen.length} incidents`;

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

function whyNot(given: {
  readonly held: number;
  readonly chosen: number;
  readonly to: string;
  readonly takers: number;
}): string | undefined {
  if (given.held === 0) return "There is nothing to hand over.";
  if (given.takers === 0)
    return "There is nobody else in the team who can act: add somebody under Settings.";
  if (given.to === "") return "Choose who takes over.";
  return given.chosen === 0 ? "Choose at least one incident." : undefined;
}
