/**
 * Contract: what was signed with one party, clause by clause: the words as they
 * stand in the document, and beside them the same promise as data.
 *
 * The data is a clause like any other (core/policy/clause.ts), given by the fields
 * of a form or as YAML; to whom it is owed is not asked, since a contract binds one
 * party. A clause whose words are kept without data is shown, and counts nothing.
 * Its id stands in entries that are not erased: it must be fit to be seen.
 */

import type { BareContext } from "../context.ts";
import type { Bond } from "../policy/bound.ts";
import { type BoundClause, type Clause, DUTIES } from "../policy/clause.ts";
import { clauseSchema } from "../policy/clause-schema.ts";
import { CLAIM_STATES } from "../policy/condition/condition.ts";
import { idSchema } from "../policy/condition/schema.ts";
import { references } from "../policy/lint/references.ts";
import type { ContractPromise } from "../policy/lint/beside.ts";
import { parseClause } from "../policy/parse/clause.ts";
import { type Places, placeOf } from "../policy/places.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import {
  listed,
  NOTE_CHARACTERS_MAX,
  TITLE_CHARACTERS_MAX,
  textProblem,
  tooLong,
} from "../text.ts";
import { parseDay } from "../time/day.ts";
import { citation, type DocumentKind, DOCUMENTS } from "./contract-words.ts";

/** A clause without the party, which the contract is with. */
export type ContractTerms = Omit<BoundClause, "id">;

type Written = {
  /** The words, as they stand in the document. */
  readonly text: string;
  readonly document: DocumentKind;
  /** The date of the document, `YYYY-MM-DD`. */
  readonly documentOn?: string;
  /** `§7.2`. */
  readonly section?: string;
};

export type ClauseRecorded = Written & {
  readonly type: "ClauseRecorded";
  /** `kestrel-dpa-7`. */
  readonly clause: string;
  readonly terms?: ContractTerms;
  /** As it was written, where it was given as text. */
  readonly yaml?: string;
};
export type ClauseRemoved = {
  readonly type: "ClauseRemoved";
  readonly clause: string;
  readonly reason: string;
};
export type ContractEvent = ClauseRecorded | ClauseRemoved;

/** The fields of the form. `from` is a moment, or a claim and its state: `data-exposed:confirmed`. */
export type TermsAsked = {
  readonly duty: string;
  readonly from: string;
  readonly within: { readonly count: number; readonly unit: string };
  readonly calendar?: string;
};
export type RecordClause = Written & {
  readonly type: "RecordClause";
  readonly clause: string;
  readonly terms?: TermsAsked;
  readonly yaml?: string;
};
export type RemoveClause = {
  readonly type: "RemoveClause";
  readonly clause: string;
  readonly reason: string;
};
export type ContractCommand = RecordClause | RemoveClause;

export type ContractClause = Omit<ClauseRecorded, "type" | "clause"> & { readonly id: string };

/** The part of a party's state that is about its contract. */
export type Contract = { clauses: ContractClause[] };

export const CLAUSES_MAX = 200;
/**
 * What an incident that touches the party keeps of the contract stands in one entry: the
 * clauses as they are counted, and for each the place where its two texts are withheld.
 */
const BOND_CHARACTERS_MAX = 60_000;
const WITHHELD_CHARACTERS = 160;

/**
 * Records a clause, anew or under an id that is known: then it takes that one's place.
 * Refuses with `clause-id-invalid`, `clause-known`, `clause-unknown`, `clause-twice`, `too-many`,
 * `document-unknown`, `date-invalid`, `terms-invalid`, `reference-unknown`, `moment-unknown`,
 * `text-missing`, `text-too-long`, and as parseClause does.
 */
export function decideContract(
  { clauses }: Contract,
  command: ContractCommand,
  { policy }: BareContext,
): Result<readonly ContractEvent[]> {
  const known = clauses.some(({ id }) => id === command.clause);
  if (command.type === "RemoveClause") {
    if (!known)
      return refuse("clause-unknown", `There is no clause ${command.clause} here.`, "/clause");
    const { clause, reason } = command;
    const unsaid = textProblem(
      reason,
      NOTE_CHARACTERS_MAX,
      "/reason",
      "Say why it no longer binds.",
    );
    return refuseAll(unsaid ? [unsaid] : [], [{ type: "ClauseRemoved", clause, reason }]);
  }
  if (!known && clauses.length >= CLAUSES_MAX) {
    return refuse("too-many", `A contract has at most ${CLAUSES_MAX} clauses here.`);
  }
  const { type: _, terms: __, ...written } = command;
  const given = termsOfClause(command);
  const problems = [
    ...writtenProblems(command, policy),
    ...(given.ok
      ? given.value && policy
        ? referenceProblems(given.value, policy)
        : []
      : given.problems),
  ];
  const terms = given.ok ? given.value?.terms : undefined;
  const recorded: ClauseRecorded = {
    ...written,
    type: "ClauseRecorded",
    ...(terms === undefined ? {} : { terms }),
  };
  const long = terms === undefined ? undefined : bondProblem(clauses, recorded);
  return refuseAll(long ? [...problems, long] : problems, [recorded]);
}

/** A contract that no incident could keep could not be owed to anybody: better said today. */
function bondProblem(
  clauses: readonly ContractClause[],
  { clause, terms }: ClauseRecorded,
): Problem | undefined {
  const counted = [...clauses.filter(({ id }) => id !== clause), { id: clause, terms }];
  let length = 0;
  for (const one of counted) {
    if (one.terms === undefined) continue;
    length += JSON.stringify(one.terms).length + 2 * one.id.length + WITHHELD_CHARACTERS;
  }
  if (length <= BOND_CHARACTERS_MAX) return undefined;
  const message =
    "With this the counted clauses of the contract are more than an incident can keep: put clauses that promise the same into one, or record this one's words alone.";
  return { code: "too-many", message, at: "/clause" };
}

/** What a customer was promised, as a policy is judged beside it; a clause that is not counted is none. */
export const contractPromises = (
  customer: string,
  { clauses }: Contract,
): readonly ContractPromise[] =>
  clauses.flatMap((clause) =>
    clause.terms === undefined
      ? []
      : [{ customer, source: citation(clause), clause: { ...clause.terms, id: clause.id } }],
  );

/** The same of clauses as a file has them. Refuses with what recording them is refused with. */
export function promisesWritten(
  customer: string,
  written: readonly RecordClause[],
): Result<readonly ContractPromise[]> {
  const clauses: ContractClause[] = [];
  for (const one of written) {
    const given = termsOfClause(one);
    if (!given.ok) return given;
    const { type: _, terms: __, yaml: ___, clause: id, ...rest } = one;
    const terms = given.value === undefined ? {} : { terms: given.value.terms };
    clauses.push({ id, ...rest, ...terms });
  }
  return ok(contractPromises(customer, { clauses }));
}

/** Keeps what an event of the contract says. */
export function keepContract(contract: Contract, event: ContractEvent): void {
  const others = contract.clauses.filter(({ id }) => id !== event.clause);
  if (event.type === "ClauseRemoved") {
    contract.clauses = others;
    return;
  }
  const { type: _, clause, ...rest } = event;
  contract.clauses = [...others, { id: clause, ...rest }];
}

/** What can be counted of it, as an incident pins it; undefined where nothing can. */
export function bondOf({ clauses }: Contract): Bond | undefined {
  const counted = clauses.flatMap(({ id, terms }) =>
    terms === undefined ? [] : [{ ...terms, id }],
  );
  if (counted.length === 0) return undefined;
  const words = clauses
    .filter(({ terms }) => terms !== undefined)
    .map((clause) => [clause.id, { source: citation(clause), text: clause.text }] as const);
  return { clauses: counted, words: Object.fromEntries(words) };
}

function writtenProblems(
  { clause, text, document, documentOn, section }: RecordClause,
  policy: BareContext["policy"],
): readonly Problem[] {
  const problems: (Problem | undefined)[] = [
    idProblem(clause, policy),
    textProblem(
      text,
      NOTE_CHARACTERS_MAX,
      "/text",
      "Copy the clause as it stands in the contract: that is what will be read in a dispute.",
    ),
    DOCUMENTS.includes(document)
      ? undefined
      : {
          code: "document-unknown",
          message: `${String(document)} is none of ${listed(DOCUMENTS)}.`,
          at: "/document",
        },
    documentOn === undefined || parseDay(documentOn) !== undefined
      ? undefined
      : {
          code: "date-invalid",
          message: `${documentOn.slice(0, 40)} is no date of the calendar: write it as 2026-11-20.`,
          at: "/documentOn",
        },
    tooLong(section, TITLE_CHARACTERS_MAX, "/section"),
  ];
  return problems.filter((problem) => problem !== undefined);
}

/** An obligation is told by its clause: one of a contract must not be called like one of the policy. */
function idProblem(clause: string, policy: BareContext["policy"]): Problem | undefined {
  if (!idSchema.safeParse(clause).success) {
    const message = "A clause's id is lower-case words joined by hyphens, like kestrel-dpa-7.";
    return { code: "clause-id-invalid", message, at: "/clause" };
  }
  if (!policy?.policy.clauses.some(({ id }) => id === clause)) return undefined;
  const message = `${clause} is a clause of your policy: give the contract's its own id, like kestrel-${clause}.`;
  return { code: "clause-known", message, at: "/clause" };
}

/** The terms, and where they stand in a text if they were given as one. */
type Given = { readonly terms: ContractTerms; readonly places?: Places };

function termsOfClause({ terms, yaml }: RecordClause): Result<Given | undefined> {
  if (terms !== undefined && yaml !== undefined) {
    const message = "This clause is given twice, as fields and as YAML: keep one of the two.";
    return refuse("clause-twice", message, "/yaml");
  }
  if (yaml !== undefined) return parseClause(yaml);
  return terms === undefined ? ok(undefined) : termsFromFields(terms);
}

function termsFromFields(asked: TermsAsked): Result<Given> {
  const { duty, from, within, calendar } = asked;
  const [claim, is, ...more] = from.split(":");
  const parsed = clauseSchema.safeParse({
    id: "clause",
    to: "customer",
    duty,
    from: is === undefined ? from : { claim, is },
    within,
    ...(calendar === undefined ? {} : { calendar }),
  });
  if (parsed.success && more.length === 0) {
    const { id: _, to: __, ...terms } = parsed.data;
    return ok({ terms });
  }
  const wrong = parsed.success ? "from" : String(parsed.error.issues[0]?.path[0] ?? "duty");
  const message = `${wrong} ${FIELD_WANTS[wrong] ?? "cannot be taken"}.`;
  return refuse("terms-invalid", message, `/terms/${wrong}`);
}

const FIELD_WANTS: Readonly<Record<string, string>> = {
  duty: `must be one of ${DUTIES.join(", ")}`,
  from: `must be a moment like awareAt, or a claim with its state (${CLAIM_STATES.join(", ")}), like data-exposed:confirmed`,
  within: "must be a number above 0 and hours, days, months, business-hours or business-days",
  calendar: "must be the id of a calendar, like office",
};

/** What the clause names must be there, or its clock would never start. */
function referenceProblems(
  { terms, places }: Given,
  { policy }: NonNullable<BareContext["policy"]>,
): readonly Problem[] {
  const clause: Clause = { ...terms, id: "clause", to: "customer" };
  return [...references({ policy: { ...policy, clauses: [clause] } })]
    .filter(({ at }) => at.startsWith("/clauses/0/"))
    .map(({ code, message, at }) => {
      const pointer = at.slice("/clauses/0".length);
      return places === undefined
        ? { code, message, at: `/terms${pointer.replace("/from/claim", "/from")}` }
        : { code, message, at: `/yaml${pointer}`, ...placeOf(places, pointer) };
    });
}
