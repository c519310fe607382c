/**
 * Clause form: everything that a clause says, each field at its own place in the source.
 *
 * Its condition is asked in short lists, or as the tree that it is, so that no field can lose
 * a part of it (clause-when.tsx).
 */

import { useEffect, useState } from "react";
import {
  type Clause,
  DUTIES,
  type Target,
  UNCOUNTED,
  UNDECIDED,
} from "../../../core/policy/clause.ts";
import { conditionWords } from "../../../core/policy/condition/words.ts";
import { knownMoments } from "../../../core/policy/moments.ts";
import type { PolicyDocument } from "../../../core/policy/parse/parse.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { RECIPIENT_KINDS } from "../../../core/policy/situation.ts";
import { SelectField, Tick } from "../../ui/field.tsx";
import { ClauseWhen } from "./clause-when.tsx";
import { type Put, putValue } from "./putting.ts";
import { Slow } from "./slow.tsx";

/** In which a clause is written; a key that is new finds its place by it. */
export const CLAUSE_ORDER = [
  "id",
  "duty",
  "to",
  "when",
  "from",
  "within",
  "calendar",
  "until",
  "met",
  "contents",
  "by",
  "prepare",
  "says",
  "cites",
  "keeps",
  "assumed",
] as const;

type Props = {
  readonly clause: Clause;
  readonly index: number;
  readonly document: PolicyDocument;
};

export type PutClause = (key: (typeof CLAUSE_ORDER)[number], value: unknown) => Put;

export function ClauseForm({ clause: read, index, document }: Props) {
  const { policy } = document;
  const [clause, put] = useAhead(read, index);
  return (
    <div className="stack clause-form">
      <div className="pair">
        <SelectField
          label="We owe"
          value={clause.duty}
          choices={DUTIES.map((duty) => ({ value: duty, label: duty.replaceAll("-", " ") }))}
          onChange={(value) => put("duty", value)}
        />
        <SelectField
          label="To"
          value={clause.to}
          choices={RECIPIENT_KINDS.map((kind) => ({ value: kind, label: TO[kind] }))}
          onChange={(value) => put("to", value)}
        />
      </div>
      <Within clause={clause} policy={policy} put={put} />
      <From clause={clause} policy={policy} put={put} />
      <ClauseWhen clause={clause} policy={policy} put={put} />
      <details>
        <summary>How it is met, what it contains, its own words</summary>
        <More clause={clause} policy={policy} put={put} />
      </details>
    </div>
  );
}

/**
 * The clause as it was put, before the draft is read again: a box that was ticked is ticked at
 * once, and the next press builds on it and not on what it was a moment ago.
 */
function useAhead(read: Clause, index: number): readonly [Clause, PutClause] {
  const [ahead, setAhead] = useState<Readonly<Record<string, unknown>>>({});
  useEffect(() => setAhead({}), [read]);
  const put: PutClause = (key, value) => {
    const problem = putValue(["clauses", index, key], value, `${read.id}/${key}`, CLAUSE_ORDER);
    if (problem === undefined) setAhead((before) => ({ ...before, [key]: value }));
    return problem;
  };
  return [{ ...read, ...ahead } as Clause, put];
}

const TO: Readonly<Record<(typeof RECIPIENT_KINDS)[number], string>> = {
  team: "ourselves: our own target",
  reporter: "the reporter",
  customer: "each affected customer",
  authority: "the authority",
  provider: "the provider",
  public: "the public",
};

export type FieldsOf = {
  readonly clause: Clause;
  readonly policy: Policy;
  readonly put: PutClause;
};

const WORDS = [...UNCOUNTED, UNDECIDED] as const;
const UNITS = ["hours", "days", "months", "business-hours", "business-days"] as const;

function Within({ clause: { within, calendar }, policy, put }: FieldsOf) {
  const target: Target = typeof within === "string" ? { count: 1, unit: "business-days" } : within;
  const unit = typeof within === "string" ? within : within.unit;
  return (
    <div className="pair">
      {typeof within === "string" ? null : (
        <Slow
          label="Within"
          type="number"
          value={String(within.count)}
          onChange={(text) => {
            const count = Number(text);
            if (count > 0 && count <= 10_000) put("within", { ...target, count });
          }}
        />
      )}
      <SelectField
        label={typeof within === "string" ? "Within" : "Unit"}
        value={unit}
        choices={[...UNITS, ...WORDS.filter((one) => one !== UNDECIDED || one === unit)].map(
          (one) => ({
            value: one,
            label: one.replaceAll("-", " "),
          }),
        )}
        onChange={(next) => {
          const { ends: _, ...rest } = target;
          put(
            "within",
            (WORDS as readonly string[]).includes(next) ? next : { ...rest, unit: next },
          );
        }}
      />
      {unit.startsWith("business") && policy.calendars.length > 1 ? (
        <SelectField
          label="Calendar"
          value={calendar ?? policy.calendar}
          choices={policy.calendars.map(({ id, name }) => ({ value: id, label: name ?? id }))}
          onChange={(next) => put("calendar", next === policy.calendar ? undefined : next)}
        />
      ) : null}
    </div>
  );
}

function From({ clause: { from }, policy, put }: FieldsOf) {
  const value = typeof from === "string" ? from : `${from.claim}=${from.is}`;
  const claims = policy.facts.flatMap(({ claim }) =>
    (["suspected", "confirmed"] as const).map((is) => ({
      value: `${claim}=${is}`,
      label: `${claim} is ${is}`,
    })),
  );
  const moments = [...knownMoments(policy)]
    .filter((moment) => !moment.includes("."))
    .map((moment) => ({ value: moment, label: moment }));
  const choices = [...moments, ...claims];
  const isListed = choices.some((choice) => choice.value === value);
  return (
    <SelectField
      label="Counted from"
      value={value}
      choices={isListed ? choices : [{ value, label: value }, ...choices]}
      onChange={(next) => {
        const [claim, is] = next.split("=");
        put("from", is === undefined ? next : { claim, is });
      }}
    />
  );
}

const MET = {
  "": "as the duty has it",
  sent: "it is handed over",
  accepted: "their server accepts it",
  contact: "we spoke with somebody",
} as const;

function More({ clause, policy, put }: FieldsOf) {
  const { contents = [], by = [] } = clause;
  const toggled = (
    list: readonly string[],
    id: string,
    on: boolean,
  ): readonly string[] | undefined => {
    const next = on ? [...list, id] : list.filter((one) => one !== id);
    return next.length === 0 ? undefined : next;
  };
  return (
    <div className="stack">
      <SelectField
        label="Met when"
        value={clause.met ?? ""}
        choices={Object.entries(MET).map(([value, label]) => ({ value, label }))}
        onChange={(value) => put("met", value === "" ? undefined : value)}
      />
      {policy.elements.length > 0 ? (
        <fieldset className="choices">
          <legend>Must contain</legend>
          {policy.elements.map(({ id, name }) => (
            <Tick
              key={id}
              label={name}
              checked={contents.includes(id)}
              onChange={(on) => put("contents", toggled(contents, id, on))}
            />
          ))}
        </fieldset>
      ) : null}
      <fieldset className="choices">
        <legend>Goes out by</legend>
        {policy.channels
          .filter(({ direction }) => direction === "out")
          .map(({ id, name }) => (
            <Tick
              key={id}
              label={name}
              checked={by.includes(id)}
              onChange={(on) => put("by", toggled(by, id, on))}
            />
          ))}
      </fieldset>
      <Slow
        label="In words of its own"
        area
        value={clause.says ?? ""}
        onChange={(value) => put("says", value.trim() === "" ? undefined : value)}
        hint={`Only where the sentence made from the data will not do${
          clause.when ? `: it applies when ${conditionWords(clause.when, policy)}` : ""
        }.`}
      />
      <Slow
        label="Comes from"
        value={clause.cites ?? ""}
        onChange={(value) => put("cites", value.trim() === "" ? undefined : value)}
      />
      {clause.to === "authority" ? (
        <Slow
          label="Stage of a law that this keeps"
          value={clause.keeps ?? ""}
          onChange={(value) => put("keeps", value.trim() === "" ? undefined : value.trim())}
          hint="As gdpr-33-1/sa-notification: one filing then, with one clock, where an incident looks at that law."
        />
      ) : null}
      <Tick
        label="Our reading: the source gives no number"
        checked={clause.assumed === true}
        onChange={(on) => put("assumed", on ? true : undefined)}
      />
    </div>
  );
}
