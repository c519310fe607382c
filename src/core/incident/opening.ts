/**
 * Opening: an incident begins, and signals join it.
 *
 * It is pinned to the policy that runs when it opens and keeps that version:
 * what is promised cannot change under a running clock. An incident that no
 * signal started reached us when it was opened.
 */

import type { Context } from "../context.ts";
import { ok, refuse, refuseAll, type Result } from "../problem.ts";
import { textProblem, TITLE_CHARACTERS_MAX } from "../text.ts";
import type { Instant } from "../time/instant.ts";
import { type LawTakenUp, lawTakenUp } from "./owed/law.ts";
import type { PhaseEntered } from "./response/phase.ts";
import { firstSeverity, type SeverityChanged } from "./response/severity.ts";
import type { Answers, Incident } from "./state.ts";

export type IncidentOpened = {
  readonly type: "IncidentOpened";
  readonly number: number;
  readonly title: string;
  readonly policyVersion: number;
  readonly policyHash: string;
  /** The release of the time zone data it was opened under. */
  readonly zoneRules?: string;
  readonly drill?: boolean;
  readonly sample?: boolean;
};

export type SignalLinked = {
  readonly type: "SignalLinked";
  readonly signal: string;
  readonly receivedAt: Instant;
  readonly channel: string;
  readonly reporter?: { readonly id: string; readonly acknowledgedAt?: Instant };
};

export type IncidentRetitled = { readonly type: "IncidentRetitled"; readonly title: string };

/** What an incident keeps of a signal that joins it; taken from the signal's state. */
export type Link = Omit<SignalLinked, "type">;

export type OpenIncident = {
  readonly type: "OpenIncident";
  readonly title: string;
  readonly answers?: Answers;
  readonly severity?: string;
  readonly reason?: string;
  readonly drill?: boolean;
  readonly sample?: boolean;
  /** The signal it is opened from; set where one is confirmed. */
  readonly link?: Link;
};

/** Joins a signal; `link` is set by the handler from the signal's own state. */
export type LinkSignal = {
  readonly type: "LinkSignal";
  readonly signal: string;
  readonly link?: Link;
};

export type RetitleIncident = { readonly type: "RetitleIncident"; readonly title: string };

/**
 * Opens an incident in the policy's first phase, with the signal it came from and
 * the severity that is already known.
 * Refuses with `already-open`, `text-missing`, `text-too-long`, and as changeSeverity does.
 */
export function openIncident(
  incident: Incident,
  command: OpenIncident,
  context: Context,
): Result<
  readonly (IncidentOpened | SignalLinked | PhaseEntered | SeverityChanged | LawTakenUp)[]
> {
  if (incident.state !== "none") return refuse("already-open", "This incident is open already.");
  const { title, link, drill, sample } = command;
  const { version, hash, policy } = context.policy;
  const severity = firstSeverity(incident, command, context);
  const unsaid = textProblem(
    title,
    TITLE_CHARACTERS_MAX,
    "/title",
    "Give it a title; it never leaves the room.",
  );
  const problems = [...(unsaid ? [unsaid] : []), ...(severity.ok ? [] : severity.problems)];
  return refuseAll(problems, [
    {
      type: "IncidentOpened",
      number: Number(incident.reference.replace(/^\D+/, "")),
      title,
      policyVersion: version,
      policyHash: hash,
      ...(context.zoneRules === undefined ? {} : { zoneRules: context.zoneRules }),
      ...(drill === undefined ? {} : { drill }),
      ...(sample === undefined ? {} : { sample }),
    },
    ...(link ? [{ type: "SignalLinked" as const, ...link }] : []),
    ...policy.phases.slice(0, 1).map(({ id }) => ({ type: "PhaseEntered" as const, phase: id })),
    ...(severity.ok ? severity.value : []),
    ...(context.beside?.law === undefined ? [] : lawTakenUp(context.beside.law)),
  ]);
}

/** Joins a signal. Refuses with `signal-linked`, and with `signal-unknown` where there is none. */
export function linkSignal(
  incident: Incident,
  { signal, link }: LinkSignal,
): Result<readonly SignalLinked[]> {
  if (incident.signals.some((linked) => linked.signal === signal)) {
    return refuse("signal-linked", `${signal} belongs to this incident already.`, "/signal");
  }
  if (!link) return refuse("signal-unknown", `There is no signal ${signal}.`, "/signal");
  return ok([{ type: "SignalLinked", ...link }]);
}

/** Changes the private title. Refuses with `text-missing`, `text-too-long`, `title-unchanged`. */
export function retitle(
  incident: Incident,
  { title }: RetitleIncident,
): Result<readonly IncidentRetitled[]> {
  const unsaid = textProblem(title, TITLE_CHARACTERS_MAX, "/title", "Give it a title.");
  if (unsaid) return refuseAll([unsaid], []);
  if (title === incident.title) {
    return refuse("title-unchanged", "That is its title already.", "/title");
  }
  return ok([{ type: "IncidentRetitled", title }]);
}
