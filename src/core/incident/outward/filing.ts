/**
 * Filing: what was filed with an authority, by whom and under which number; and the words
 * that a person puts into a field of its form.
 *
 * This program prepares and records; a person files. A filing may be recorded later than
 * it was made, meets what is owed for its stage, and is a moment that later stages count
 * from. A second one of the same stage is a follow-up: the first stays the one that met it.
 * What was filed is kept as it was and by its hash, so that it can be compared with what
 * others were told.
 */

import type { WrittenField } from "../../filing/material.ts";
import type { Context } from "../../context.ts";
import type { LawClause, Regime } from "../../law/regime.ts";
import { meet, type ObligationMet } from "../../notice/meet.ts";
import { type Obligation, overdueAt } from "../../policy/obligations.ts";
import { type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import type { Recorded } from "../../recorded.ts";
import { NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX, tooLong } from "../../text.ts";
import { formatBoth } from "../../time/format.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import { futureProblem, reach } from "../../when.ts";
import type { FactTold } from "../owed/law.ts";
import { filingMoment } from "./filing-moment.ts";
import { incidentObligations } from "../owed/obligation.ts";
import type { Incident } from "../state.ts";

export type FilingFieldWritten = {
  readonly type: "FilingFieldWritten";
  readonly regime: string;
  readonly stage: string;
  readonly field: string;
  /** Empty: what the record fills in counts again. */
  readonly text: string;
};
export type FilingRecorded = {
  readonly type: "FilingRecorded";
  readonly regime: string;
  readonly stage: string;
  /** The moment that it is, for what counts from it. */
  readonly moment: string;
  readonly filedAt: Instant;
  /** How many of this stage there were before. */
  readonly followUp?: number;
  /** What was due when, where it was too late. */
  readonly lateFor?: Instant;
  /** SHA-256 of the contents. */
  readonly hash: string;
  /** The pack's fields as they were; absent where they are too long for an entry. */
  readonly contents?: string;
  readonly filedBy: string;
  readonly number?: string;
  readonly reason?: string;
  readonly note?: string;
};
export type FilingEvent = FilingFieldWritten | FilingRecorded;

export type WriteFilingField = {
  readonly type: "WriteFilingField";
  readonly regime: string;
  readonly stage: string;
  readonly field: string;
  readonly text: string;
  /** The revision that was read before it was changed. */
  readonly revision?: number;
};
export type RecordFiling = {
  readonly type: "RecordFiling";
  readonly regime: string;
  readonly stage: string;
  readonly filedAt?: Instant;
  /** Who filed it, if not whoever records it. */
  readonly filedBy?: string;
  /** The reference number that the authority gave. */
  readonly number?: string;
  /** Why it was late. */
  readonly reason?: string;
  readonly note?: string;
  /** The pack that was read, by its hash. */
  readonly hash?: string;
};

export type FilingState = Omit<FilingRecorded, "type" | "moment"> & {
  readonly by: string;
  readonly recordedAt: Instant;
  readonly version: number;
};

export type IncidentFilings = {
  /** By `<regime>/<stage>`, then by field. */
  readonly written: Record<string, Record<string, WrittenField>>;
  readonly recorded: FilingState[];
};

export const FILING_TEXT_MAX = 8_000;
/** Longer contents are kept by their hash alone: they must fit an entry. */
const CONTENTS_MAX = 30_000;

/**
 * Writes words into a field, or takes them out again.
 * Refuses with `filing-unknown`, `filing-field-unknown`, `filing-field-changed`, `text-too-long`.
 */
export function writeFilingField(
  incident: Incident,
  { type: _, revision, ...written }: WriteFilingField,
  { filings }: Context,
): Result<readonly FilingFieldWritten[]> {
  const found = stageHere(incident, written.regime, written.stage);
  if (!found.ok) return found;
  const { regime, clause } = found.value;
  const [id, stage] = [regime.id, clause.id];
  if (filings && !filings.fields(regime, clause).includes(written.field)) {
    const message = `${written.field} is no field of this form: the filing's view lists them.`;
    return refuse("filing-field-unknown", message, "/field");
  }
  const held = incident.filings?.written[`${id}/${stage}`]?.[written.field]?.revision ?? 0;
  if (revision !== undefined && revision !== held) {
    const message = `Somebody wrote here meanwhile: it is at revision ${held}, and you changed ${revision}. Look at theirs, then save yours.`;
    return refuse("filing-field-changed", message, "/revision");
  }
  const long = tooLong(written.text, FILING_TEXT_MAX, "/text");
  const event = { ...written, regime: id, stage };
  return refuseAll(long ? [long] : [], [{ type: "FilingFieldWritten", ...event }]);
}

/**
 * Records that a person filed it; meets what is owed for that stage.
 * Refuses with `filing-unknown`, `filing-not-authority`, `instant-in-future`,
 * `filing-late-reason`, `filing-pack-changed`, `text-missing`, `text-too-long`.
 */
export function recordFiling(
  incident: Incident,
  command: RecordFiling,
  context: Context,
): Result<readonly (FilingRecorded | ObligationMet | FactTold)[]> {
  const found = stageHere(incident, command.regime, command.stage);
  if (!found.ok) return found;
  const { regime, clause } = found.value;
  if (clause.to !== "authority") {
    const message = `${clause.recipientName ?? clause.recipient} are told by a notice, not by a filing: write one, or record that it was met.`;
    return refuse("filing-not-authority", message, "/stage");
  }
  const { at, person } = context;
  const filedAt = command.filedAt ?? at;
  const before = filingsOf(incident, regime.id, clause.id).length;
  const owed = owedFor(incidentObligations(incident, context.policy), regime, clause);
  const late = before === 0 ? lateFor(owed, filedAt) : undefined;
  const pack = context.filings?.pack(incident, { regime, clause }, context);
  const filedBy = command.filedBy ?? person?.name ?? "";
  const problems = [
    futureProblem(command.filedAt, at, "/filedAt"),
    textProblem(
      filedBy,
      TITLE_CHARACTERS_MAX,
      "/filedBy",
      "Say who filed it: whoever records it by a token has no name.",
    ),
    reasonProblem(late, command.reason, context.zone),
    changedProblem(command.hash, pack?.hash),
    tooLong(command.number, TITLE_CHARACTERS_MAX, "/number"),
    tooLong(command.note, NOTE_CHARACTERS_MAX, "/note"),
  ].filter((problem) => problem !== undefined);
  const isKept = pack !== undefined && pack.contents.length <= CONTENTS_MAX;
  const event: FilingRecorded = {
    type: "FilingRecorded",
    regime: regime.id,
    stage: clause.id,
    moment: filingMoment(regime.id, clause.id),
    filedAt,
    hash: pack?.hash ?? "",
    ...(isKept ? { contents: pack.contents } : {}),
    filedBy,
    ...(before === 0 ? {} : { followUp: before }),
    ...(late === undefined ? {} : { lateFor: late }),
    ...optional("number", command.number),
    ...optional("reason", late === undefined ? undefined : command.reason),
    ...optional("note", command.note),
  };
  const met = meeting(owed, event, context);
  if (!met.ok) return refuseAll([...problems, ...met.problems], []);
  return refuseAll(problems, [event, ...met.value, ...retold(incident, regime, event)]);
}

/** The stage of a law that is looked at here. Refuses with `filing-unknown`. */
export function stageHere(
  { law }: Incident,
  regime: string,
  stage: string,
): Result<{ readonly regime: Regime; readonly clause: LawClause }> {
  const found = stageIn(law?.regimes ?? [], regime, stage);
  if (found) return { ok: true, value: found };
  const message = `No law that is looked at in this incident has a stage ${regime}/${stage}: open the law first, or see due regime show ${regime}.`;
  return refuse("filing-unknown", message, "/stage");
}

/** A stage by its regime's id or the one it is reported under; `8-k-a` names `8-k/a`. */
export function stageIn(
  regimes: readonly Regime[],
  id: string,
  stage: string,
): { readonly regime: Regime; readonly clause: LawClause } | undefined {
  for (const regime of regimes) {
    const clause = regime.clauses.find(
      (one) =>
        (regime.id === id || one.reportAs === id) &&
        (one.id === stage || one.id.replaceAll("/", "-") === stage),
    );
    if (clause) return { regime, clause };
  }
  return undefined;
}

export const filingsOf = (
  { filings }: Incident,
  regime: string,
  stage: string,
): readonly FilingState[] =>
  (filings?.recorded ?? []).filter((one) => one.regime === regime && one.stage === stage);

const sourceOf = (regime: Regime, clause: LawClause): string => clause.reportAs ?? regime.id;

/** What is owed for this stage: by the law, and by a clause of the policy that keeps it. */
export const owedFor = (
  owed: readonly Obligation[],
  regime: Regime,
  clause: LawClause,
): readonly Obligation[] =>
  owed.filter(
    ({ clause: { law, keeps } }) =>
      (law?.stage === clause.id && law.regime === sourceOf(regime, clause)) ||
      keeps === `${sourceOf(regime, clause)}/${clause.id}`,
  );

/** What it was due at, where `at` is too late for it. */
export function lateFor(owed: readonly Obligation[], at: Instant): Instant | undefined {
  // A promise of ours that is tighter is missed by it; the authority asks about the law's own.
  const missed = owed.find((one) => {
    const { originalDueAt, ...rest } = one;
    const over = overdueAt(originalDueAt === undefined ? rest : { ...rest, dueAt: originalDueAt });
    return one.clause.law !== undefined && over !== undefined && at >= over;
  });
  return missed?.originalDueAt ?? missed?.dueAt;
}

function reasonProblem(
  late: Instant | undefined,
  reason: string | undefined,
  zone: string,
): Problem | undefined {
  if (late === undefined) return tooLong(reason, NOTE_CHARACTERS_MAX, "/reason");
  if (reason === undefined || reason.trim() === "") {
    const message = `It was due ${formatBoth(late, zone)}: say why it was late, as the authority was told.`;
    return { code: "filing-late-reason", message, at: "/reason" };
  }
  return tooLong(reason, NOTE_CHARACTERS_MAX, "/reason");
}

function changedProblem(read: string | undefined, now: string | undefined): Problem | undefined {
  if (read === undefined || now === undefined || read === now) return undefined;
  const message =
    "The pack has changed since you read it. Put into its fields what you filed, then record that one.";
  return { code: "filing-pack-changed", message, at: "/hash" };
}

/** What still runs for the stage is met by it, at the instant it was filed. */
function meeting(
  owed: readonly Obligation[],
  { filedAt, number, filedBy }: FilingRecorded,
  { at }: Context,
): Result<readonly ObligationMet[]> {
  const evidence = `Filed by ${filedBy}${number === undefined ? "" : ` under ${number}`}.`;
  const running = owed.filter(
    ({ stoppedAt, waivedAt, recipient }) =>
      stoppedAt === undefined && waivedAt === undefined && recipient.kind !== "team",
  );
  const met: ObligationMet[] = [];
  for (const { id } of running) {
    const happenedAt = filedAt > at ? at : filedAt;
    const one = meet(
      owed,
      { type: "MeetObligation", obligation: id, evidence, happenedAt },
      { at },
    );
    if (!one.ok) return one;
    met.push(...one.value);
  }
  return { ok: true, value: met };
}

/** DORA's final report counts from the last intermediate one, not from the first. */
function retold(
  { law }: Incident,
  regime: Regime,
  { stage, filedAt }: FilingRecorded,
): readonly FactTold[] {
  const name = LAST_OF[stage];
  const isRead = name !== undefined && JSON.stringify(regime.clauses).includes(`"${name}"`);
  const told = name === undefined ? undefined : law?.told[name];
  const value = toIso(filedAt);
  const isNewer = typeof told !== "string" || told < value;
  return isRead && isNewer ? [{ type: "FactTold", name, value }] : [];
}

const LAST_OF: Readonly<Record<string, string>> = { intermediate: "latestIntermediateAt" };

const optional = <K extends string>(key: K, value: string | undefined) =>
  value === undefined || value.trim() === "" ? {} : ({ [key]: value } as { [k in K]: string });

/** Keeps what was written and what was filed; a filing reaches the moment of its stage. */
export function keepFiling(
  incident: Incident,
  event: FilingEvent,
  { at, by, version }: Pick<Recorded<FilingEvent>, "at" | "by" | "version">,
): void {
  const filings = (incident.filings ??= { written: {}, recorded: [] });
  if (event.type === "FilingFieldWritten") {
    const { regime, stage, field, text } = event;
    const own = (filings.written[`${regime}/${stage}`] ??= {});
    own[field] = { text, by, at, revision: (own[field]?.revision ?? 0) + 1 };
    return;
  }
  const { type: _, moment, ...filing } = event;
  filings.recorded.push({ ...filing, by, recordedAt: at, version });
  reach(incident.moments, moment, event.filedAt);
}
