/**
 * Law, owed: what the laws taken up in an incident ask, and which of it runs as an
 * obligation.
 *
 * Apart from law.ts because it derives and counts: the browser loads it only for an
 * incident that looks at laws.
 */

import { deriveLaw } from "../law/derive.ts";
import type { LawOwed, LawSet } from "../law/owed.ts";
import type { LawDuty } from "../law/regime.ts";
import { withinWords } from "../law/words.ts";
import type { Duty } from "../policy/clause.ts";
import type { Obligation, Terms } from "../policy/obligations.ts";
import type { Recipient } from "../policy/situation.ts";
import type { Result } from "../problem.ts";
import { HOUR_MS, type Instant, toIso } from "../time/instant.ts";
import type { FactRecord } from "../time/rule/world.ts";
import { isZoneName } from "../time/zone-name.ts";
import type { IncidentLaw } from "./law.ts";
import { customerId, type Incident } from "./state.ts";

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

/** The obligations among what the laws ask: what has an instant, is owed at once, or is done. */
export function lawObligations(incident: Incident, terms: Terms): readonly Obligation[] {
  const set = lawSet(incident, terms);
  if (!set?.ok) return [];
  return set.value.obligations.flatMap((owed) => toObligations(owed, incident));
}

function factsOf({ moments, signals }: Incident, law: IncidentLaw, zone: string): FactRecord {
  const general = Object.entries(moments).filter(([name]) => !name.includes("/"));
  const filed = law.regimes.flatMap((regime) =>
    regime.clauses.flatMap(({ id }) => {
      const at = earliest(moments, filingMoment(regime.id, id));
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
    filed: Object.fromEntries(filed),
  };
}

const isZone = (told: unknown): boolean => typeof told === "string" && isZoneName(told);

/** Filed for one recipient or for all: the stage is closed by the first. */
function earliest(moments: Incident["moments"], moment: string): Instant | undefined {
  const found = Object.entries(moments).flatMap(([name, at]) =>
    name === moment || name.startsWith(`${moment}/`) ? [at] : [],
  );
  return found.length === 0 ? undefined : (Math.min(...found) as Instant);
}

const idOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** The moment that says a stage was filed: `gdpr-33-1/sa-notification` -> `gdpr331SaNotificationFiledAt`. */
export const filingMoment = (regime: string, stage: string): string =>
  `${`${idOf(regime)}-${idOf(stage)}`.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}FiledAt`;

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
  const id = `${idOf(regime)}-${idOf(stage)}`;
  const source = clause.reportAs ?? regime;
  const words = `${owed.cites ?? source}: ${clause.recipientName ?? owed.recipient}, ${withinWords(clause)}.`;
  return recipientsOf(owed, incident).map(
    (recipient): Obligation => ({
      id: `${id}@${recipient.id}`,
      clause: {
        id,
        duty: DUTY[clause.duty],
        to: recipient.kind,
        from: anchorOf(owed),
        within:
          dueAt === undefined
            ? "immediately"
            : { count: Math.max(1, Math.round((dueAt - from) / HOUR_MS)), unit: "hours" },
        until: filingMoment(regimeOf(owed, incident), stage),
        says: words,
        cites: owed.cites ?? source,
        bound: { to: recipient.id },
        law: { regime: source, stage, recipient: clause.recipientName ?? owed.recipient },
      },
      recipient,
      startedAt: from,
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(latestAt === undefined ? {} : { latestAt }),
      ...(isDayEnd ? { isDayEnd } : {}),
      ...(satisfiedAt === undefined ? {} : { stoppedAt: satisfiedAt }),
    }),
  );
}

/** The regime whose stage it is, where that is reported under an id of its own. */
const regimeOf = ({ regime, clause, stage }: LawOwed, { law }: Incident): string =>
  law?.regimes.find(
    (one) => one.id === regime || one.clauses.some((c) => c.id === stage && c.reportAs === regime),
  )?.id ??
  clause?.reportAs ??
  regime;

/** One for each touched customer where it is owed to them; else the authority or the public. */
function recipientsOf({ clause, recipient }: LawOwed, { customers }: Incident) {
  const kind = clause?.to ?? "authority";
  if (kind === "customer") {
    return customers.map(({ id }): Recipient => ({ kind, id: customerId(id) }));
  }
  return [{ kind, id: `${kind}:${idOf(recipient)}` } satisfies Recipient];
}

function anchorOf({ clause }: LawOwed): string {
  const from = clause?.from;
  if (typeof from === "string") return from;
  if (from === undefined) return "openedAt";
  const [name = "openedAt"] =
    "firstOf" in from ? from.firstOf : "earliest" in from ? from.earliest : from.latest;
  return name;
}
