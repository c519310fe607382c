/**
 * Record everybody whom a pasted list or a set of data names. Each line is shown with
 * whom it means; what means nobody, or several, is answered by a person first.
 */

import { useState } from "react";
import type { z } from "zod";
import type { customerMatchShape } from "../../api/customer-match.ts";
import type { ChosenLine } from "../../core/incident/outward/listed.ts";
import type { Problem } from "../../core/problem.ts";
import { client, useView } from "../api.ts";
import { named } from "../names.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Button } from "../ui/button.tsx";
import { Choices, Problems, SelectField, TextArea, Tick, useDraft } from "../ui/field.tsx";
import { CommandForm, given } from "./command-form.tsx";

type Matches = z.output<typeof customerMatchShape>;
type Line = Matches["lines"][number];

const FROM = [
  { value: "list", label: "A list" },
  { value: "data-sets", label: "Sets of data" },
] as const;

const NOBODY = "nobody";
const ASK = { value: "", label: "Say whom it means" };
const BY = {
  id: "its id",
  mail: "a mail address",
  domain: "its domain",
  name: "its name",
} as const;
const SHOWN_MAX = 100;

export function TouchList() {
  const { incident } = useRoom();
  const [from, setFrom] = useState<string>("list");
  const [list, setList, forget] = useDraft(`${incident.id}-touched`, "");
  const [sets, setSets] = useState<readonly string[]>([]);
  const [matches, setMatches] = useState<Matches>();
  const [said, setSaid] = useState<Readonly<Record<number, string>>>({});
  const [reason, setReason] = useState("");
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const isList = from === "list";
  const asked = isList ? { list } : { dataSets: [...sets] };
  const start = (): void => {
    setMatches(undefined);
    setSaid({});
    setProblems([]);
  };
  const match = async (): Promise<void> => {
    const answer = await client.call<Matches>("POST", "/api/v1/customer-matches", asked);
    start();
    if (answer.ok) setMatches(answer.value);
    else setProblems(answer.problems);
  };
  const lines = matches?.lines ?? [];
  const unclear = lines.filter(({ state }) => state === "ambiguous" || state === "unmatched");
  const open = unclear.filter(({ line }) => (said[line] ?? "") === "").length;
  const choices = unclear.map(({ line }): ChosenLine => {
    const one = said[line] ?? NOBODY;
    return one === NOBODY ? { line } : { line, customer: one };
  });
  const isLeftOut = choices.some(({ customer }) => customer === undefined);
  const command = {
    type: "TouchCustomers",
    ...asked,
    ...(choices.length === 0 ? {} : { choices }),
    ...(isLeftOut ? given("reason", reason) : {}),
  } as const;
  const touched = new Set([
    ...(matches?.customers.map(({ id }) => id) ?? []),
    ...choices.flatMap(({ customer }) => customer ?? []),
  ]).size;
  return (
    <CommandForm
      title="Who is touched"
      command={command}
      submit={matches ? `Record that ${counted(touched, "customer")} are affected` : "Record it"}
      beside={["reason"]}
      whyNot={
        matches === undefined
          ? "See first whom it names."
          : open > 0
            ? `Say of ${counted(open, "line")} whom ${open === 1 ? "it means" : "they mean"}.`
            : isLeftOut && reason.trim() === ""
              ? "Say why lines are nobody's."
              : undefined
      }
      onDone={forget}
    >
      {(problem) => (
        <>
          <Choices
            label="Whom"
            name="touch-from"
            value={from}
            choices={FROM}
            onChange={(value) => (setFrom(value), start())}
          />
          {isList ? (
            <TextArea
              label="List"
              hint="Names, ids or mail domains one a line, CSV, or what a query answered as JSON. It stays on the record as it is."
              rows={8}
              className="source"
              spellCheck={false}
              value={list}
              onChange={(value) => (setList(value), start())}
            />
          ) : (
            <DataSets chosen={sets} onChange={(next) => (setSets(next), start())} />
          )}
          <Button
            whyNot={
              (isList ? list.trim() : sets.join("")) === "" ? "Nothing is named yet." : undefined
            }
            onClick={() => void match()}
          >
            See whom it names
          </Button>
          <Problems problems={problems} />
          {matches ? <Found matches={matches} /> : null}
          {unclear.slice(0, SHOWN_MAX).map((line) => (
            <Unclear
              key={line.line}
              line={line}
              value={said[line.line] ?? ""}
              onChange={(value) => setSaid({ ...said, [line.line]: value })}
            />
          ))}
          {unclear.length > 1 && open > 0 ? (
            <Button
              look="quiet"
              onClick={() =>
                setSaid({
                  ...Object.fromEntries(unclear.map(({ line }) => [line, NOBODY])),
                  ...said,
                })
              }
            >
              The other {open} are nobody's
            </Button>
          ) : null}
          {matches && isLeftOut ? (
            <TextArea
              label="Why those lines are nobody's"
              rows={2}
              value={reason}
              onChange={setReason}
              problem={problem("reason")}
            />
          ) : null}
        </>
      )}
    </CommandForm>
  );
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? "" : "s"}`;

/** Whom it names, with what binds us to each. */
function Found({ matches: { lines, customers } }: { readonly matches: Matches }) {
  const { incident, policy } = useRoom();
  const before = new Set(incident.customers.map(({ id }) => id));
  const heads = lines.filter(({ state }) => state === "heading").length;
  const by = new Map(lines.flatMap((one) => (one.customer ? [[one.customer, one.by]] : [])));
  return (
    <div role="status">
      <p>
        {customers.length === 0
          ? "It names nobody that we know"
          : `It names ${counted(customers.length, "customer")}`}
        {lines.length === 0 ? "." : ` in ${counted(lines.length, "line")}`}
        {lines.length > 0 && heads > 0 ? `, ${heads} of them headings` : ""}
        {lines.length > 0 ? "." : ""}
      </p>
      <ul className="plain">
        {customers.slice(0, SHOWN_MAX).map(({ id, name, stage, roles, clauses }) => (
          <li key={id}>
            {name}{" "}
            <span className="secondary">
              {[
                stage ? named(policy.stages ?? [], stage) : "",
                roles.length === 0 ? "" : `we are ${roles.join(" and ")}`,
                clauses === 0 ? "" : counted(clauses, "clause of their contract"),
                by.get(id) ? `by ${BY[by.get(id) as keyof typeof BY]}` : "",
                before.has(id) ? "recorded before" : "",
              ]
                .filter(Boolean)
                .join(", ")}
            </span>
          </li>
        ))}
      </ul>
      {customers.length > SHOWN_MAX ? (
        <p className="secondary">and {customers.length - SHOWN_MAX} more</p>
      ) : null}
    </div>
  );
}

function Unclear({
  line: { line, text, state, near },
  value,
  onChange,
}: {
  readonly line: Line;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <SelectField
      label={
        <>
          Line {line}: <span className="mono">{text.trim()}</span>
        </>
      }
      hint={
        state === "ambiguous"
          ? "It may be several."
          : "No customer of ours is called so. If it is one who is not offered, correct the line above."
      }
      value={value}
      choices={[
        ASK,
        ...near.map(({ id, name }) => ({ value: id, label: name })),
        { value: NOBODY, label: "Nobody: leave it out" },
      ]}
      onChange={onChange}
    />
  );
}

function DataSets({
  chosen,
  onChange,
}: {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const known = useView("data-sets");
  if (known.data?.items.length === 0)
    return <p className="secondary">No customer has a set of data: record them under Parties.</p>;
  return (
    <fieldset className="field">
      <legend>Sets of data</legend>
      {known.data?.items.map(({ name, customers, controller, processor }) => (
        <Tick
          key={name}
          label={`${name}: ${counted(customers, "customer")}${processor > 0 ? `, for ${processor} we are the processor` : ""}${controller > 0 ? `, for ${controller} the controller` : ""}`}
          checked={chosen.includes(name)}
          onChange={(on) => onChange(on ? [...chosen, name] : chosen.filter((one) => one !== name))}
        />
      ))}
    </fieldset>
  );
}
