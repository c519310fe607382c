/**
 * Law, owed: what the laws taken up in an incident ask, and which of it runs as an
 * obligation.
 *
 * Apart from law.ts because it derives and counts: the browser loads it only for an
 * incident that looks at laws.
 */

import { deriveLaw } from "../../law/derive.ts";
import { NAMED_FILINGS } from "../../law/facts.ts";
import type { LawOwed, LawSet } from "../../law/owed.ts";
import type { LawClause, LawDuty } from "../../law/regime.ts";
import { withinWords } from "../../law/words.ts";
import type { Duty } from "../../policy/clause.ts";
import type { Obligation, Terms } from "../../policy/obligations.ts";
import type { Recipient } from "../../policy/situation.ts";
import type { Problem, Result } from "../../problem.ts";
import { HOUR_MS, type Instant, toIso } from "../../time/instant.ts";
import type { FactRecord } from "../../time/rule/world.ts";
import { isZoneName } from "../../time/zone-name.ts";
import { clauseId, filingMoment, idOf } from "../outward/filing-moment.ts";
import type { IncidentLaw } from "./law.ts";
import { customerId, type Incident } from "../state.ts";

/** What the laws ask here; undefined where none is looked at. */
export function lawSet(incident: Incident, terms: Terms): Result<LawSet> | undefined {
  const { law } = incident;
  if (law === undefined || law.regimes.length === 0) return undefined;
  const calendar = terms.calendars.get(terms.calendar);
  const days = (list: readonly { readonly date: string }[] = []) => list.map(({ date }) => date);
  return deriveLaw({
    regimes: law.regimes,
    opened: law.opened.length === 0 ? "multi" : law.opened,
    facts: factsOf(incident, law, calendar?.zone ?? "UTC"),
    calendar: {
      holidays: days(calendar?.holidays),
      optionalHolidays: days(calendar?.optionalHolidays),
    },
  });
}

/**
 * The obligations among what the laws ask: what has an instant, is owed at once, or is done.
 * Where that cannot be said at all, one that says why: silence would read as nothing owed.
 */
export function lawObligations(incident: Incident, terms: Terms): readonly Obligation[] {
  const set = lawSet(incident, terms);
  if (set === undefined) return [];
  if (!set.ok) return uncounted(incident, set.problems[0]);
  return set.value.obligations.flatMap((owed) => toObligations(owed, incident));
}

function uncounted({ moments }: Incident, problem: Problem): readonly Obligation[] {
  const { openedAt } = moments;
  if (openedAt === undefined) return [];
  const recipient = { kind: "authority", id: "authority:law" } as const;
  return [
    {
      id: `law-uncounted@${recipient.id}`,
      clause: {
        id: "law-uncounted",
        duty: "file",
        to: "authority",
        from: "openedAt",
        within: "immediately",
        until: "lawCountedAt",
        says: `What the laws looked at here ask cannot be said: ${problem.message}`,
        bound: { to: recipient.id },
      },
      recipient,
      startedAt: openedAt,
      problem,
    },
  ];
}

function factsOf(
  { moments, signals, customers }: Incident,
  law: IncidentLaw,
  zone: string,
): FactRecord {
  const general = Object.entries(moments).filter(([name]) => !name.includes("/"));
  const filed = law.regimes.flatMap((regime) =>
    regime.clauses.flatMap(({ id, to }) => {
      const moment = filingMoment(regime.id, id);
      const at = to === "customer" ? forEach(customers, moments, moment) : forOne(moments, moment);
      return at === undefined ? [] : [[`${regime.id}/${id}`, toIso(at)] as const];
    }),
  );
  const first = signals[0]?.receivedAt ?? moments["openedAt"];
  return {
    zone,
    ...(first === undefined ? {} : { asOf: toIso(first) }),
    ...Object.fromEntries(general.map(([name, at]) => [name, toIso(at)])),
    ...law.told,
    // One that was erased is none: by it no law at all could be counted.
    ...(isZone(law.told["zone"]) ? {} : { zone }),
    filed: { ...toldAsFiled(law), ...Object.fromEntries(filed) },
  };
}

/**
 * Moments that name the one authority they were filed with (`anpdNotifiedAt`) meet its stage,
 * whoever recorded them: the later stage counts from them already.
 */
function toldAsFiled({ regimes, told }: IncidentLaw): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(NAMED_FILINGS).flatMap(([name, stage]) => {
      if (told[name] === undefined) return [];
      const asking = regimes.filter(({ clauses }) => clauses.some(({ id }) => id === stage));
      return asking.length === 1 ? [[`${asking[0]?.id}/${stage}`, told[name]] as const] : [];
    }),
  );
}

const isZone = (told: unknown): boolean => typeof told === "string" && isZoneName(told);

/** Told to one customer is told to nobody else: the stage is closed when the last of them is. */
function forEach(
  customers: Incident["customers"],
  moments: Incident["moments"],
  moment: string,
): Instant | undefined {
  const told = customers.map(({ id }) => moments[`${moment}/${customerId(id)}`]);
  if (told.length === 0 || told.includes(undefined)) return undefined;
  return Math.max(...(told as Instant[])) as Instant;
}

/** There is one authority, and one public: the stage is closed by the first filing. */
function forOne(moments: Incident["moments"], moment: string): Instant | undefined {
  const found = Object.entries(moments).flatMap(([name, at]) =>
    name === moment || name.startsWith(`${moment}/`) ? [at] : [],
  );
  return found.length === 0 ? undefined : (Math.min(...found) as Instant);
}

/** A law's clause in a sentence: its article, who receives it, how long it gives. */
const lawSays = (cites: string, clause: LawClause): string =>
  `${cites}: ${clause.recipientName ?? clause.recipient}, ${withinWords(clause)}.`;

/** What each clause of the laws looked at says, and the names of who receives it, for a timeline. */
export function lawWords({ law }: Incident): {
  readonly says: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
} {
  const says = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { id, cite, clauses } of law?.regimes ?? []) {
    for (const clause of clauses) {
      says.set(clauseId(clause.reportAs ?? id, clause.id), lawSays(cite, clause));
      names.set(recipientId(clause), clause.recipientName ?? clause.recipient);
    }
  }
  return { says, names };
}

/** The recipient of a law's stage: `authority:sa`. */
export const recipientId = ({ to, recipient }: LawClause): string => `${to}:${idOf(recipient)}`;

const DUTY: Readonly<Record<LawDuty, Duty>> = {
  file: "file",
  notify: "notify",
  publish: "publish",
  assess: "triage",
  record: "report",
};

const SHOWN: readonly LawOwed["state"][] = ["due", "asap", "done", "held"];

function toObligations(owed: LawOwed, incident: Incident): readonly Obligation[] {
  const { clause, regime, stage, dueAt, latestAt, isDayEnd, satisfiedAt, startedAt } = owed;
  if (clause === undefined || !SHOWN.includes(owed.state)) return [];
  const from = startedAt ?? incident.moments["openedAt"];
  if (from === undefined) return [];
  const id = clauseId(regime, stage);
  const source = clause.reportAs ?? regime;
  const until = filingMoment(regimeOf(owed, incident), stage);
  return recipientsOf(clause, incident).map((recipient): Obligation => {
    const own = incident.moments[`${until}/${recipient.id}`];
    const stoppedAt = recipient.kind === "customer" ? own : satisfiedAt;
    return {
      id: `${id}@${recipient.id}`,
      clause: {
        id,
        duty: DUTY[clause.duty],
        to: recipient.kind,
        from: anchorOf(owed),
        // How long it is, for what draws it; the law's own rule has counted it already.
        within:
          dueAt === undefined
            ? "immediately"
            : { count: Math.max(1, Math.round((dueAt - from) / HOUR_MS)), unit: "hours" },
        until,
        says: lawSays(owed.cites ?? source, clause),
        cites: owed.cites ?? source,
        bound: { to: recipient.id },
        law: { regime: source, stage, recipient: clause.recipientName ?? owed.recipient },
      },
      recipient,
      startedAt: from,
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(latestAt === undefined ? {} : { latestAt }),
      ...(isDayEnd ? { isDayEnd } : {}),
      ...(stoppedAt === undefined ? {} : { stoppedAt }),
    };
  });
}

/** The regime whose stage it is, where that is reported under an id of its own. */
const regimeOf = ({ regime, clause, stage }: LawOwed, { law }: Incident): string =>
  law?.regimes.find(
    (one) => one.id === regime || one.clauses.some((c) => c.id === stage && c.reportAs === regime),
  )?.id ??
  clause?.reportAs ??
  regime;

/** One for each touched customer where it is owed to them; else the authority or the public. */
function recipientsOf(clause: LawClause, { customers }: Incident): readonly Recipient[] {
  const kind = clause.to;
  if (kind === "customer") return customers.map(({ id }) => ({ kind, id: customerId(id) }));
  return [{ kind, id: recipientId(clause) }];
}

function anchorOf({ clause }: LawOwed): string {
  const from = clause?.from;
  if (typeof from === "string") return from;
  if (from === undefined) return "openedAt";
  const [name = "openedAt"] =
    "firstOf" in from ? from.firstOf : "earliest" in from ? from.earliest : from.latest;
  return name;
}
