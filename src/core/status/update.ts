/**
 * Update: what is written for the status page, and nothing that was not.
 *
 *   OpenStatus     a new status incident, or maintenance that is announced, with its first word
 *   UpdateStatus   the next word on one that is open
 *   CorrectStatus  other words for an update: the old ones are struck, and can still be read
 *
 * Each says by when the next word comes while it is open, and whether subscribers are told.
 * A person stands behind each, and what would tell of something inside keeps it from leaving.
 */

import type { BareContext } from "../context.ts";
import { authorProblem } from "../notice/author.ts";
import { checkPublicWords, type Override } from "../notice/check/public-words.ts";
import type { Piece } from "../notice/check/finding.ts";
import { type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import { textProblem, TITLE_CHARACTERS_MAX } from "../text.ts";
import { formatUtc } from "../time/format.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import {
  COMPONENT_STATES,
  type ComponentState,
  type Impact,
  impactOf,
  isOver,
  lastUpdate,
  STATES_OF,
  type StatusIncident,
  type StatusKind,
  type StatusPage,
  type StatusState,
} from "./state.ts";

/** So much is read on a telephone; what is longer belongs into a notice. */
export const STATUS_CHARACTERS_MAX = 4_000;
const NEXT_MS_MAX = 7 * DAY_MS;
const AHEAD_MS_MAX = 366 * DAY_MS;

type Told = { readonly tell?: { readonly author: string } };

export type StatusOpened = {
  readonly type: "StatusOpened";
  readonly status: string;
  readonly kind: StatusKind;
  readonly title: string;
  readonly startsAt?: Instant;
  readonly endsAt?: Instant;
};
export type StatusUpdated = {
  readonly type: "StatusUpdated";
  readonly status: string;
  readonly update: number;
  readonly number: number;
  /** The account of whoever wrote it. */
  readonly author: string;
  readonly state: StatusState;
  readonly impact: Impact;
  readonly components: Readonly<Record<string, ComponentState>>;
  readonly text: string;
  readonly nextAt?: Instant;
  /** Of maintenance: when it ends now. */
  readonly endsAt?: Instant;
  readonly overrides?: readonly Override[];
} & Told;
export type StatusCorrected = {
  readonly type: "StatusCorrected";
  readonly status: string;
  readonly update: number;
  readonly number: number;
  readonly author: string;
  readonly text: string;
  readonly overrides?: readonly Override[];
} & Told;

type Common = {
  readonly text: string;
  readonly tell?: "yes" | "no";
  readonly overrides?: readonly Override[];
};
type Stated = Common & {
  readonly state: StatusState;
  readonly impact?: Impact;
  readonly components?: Readonly<Record<string, ComponentState>>;
  readonly nextAt?: Instant;
  readonly endsAt?: Instant;
};
export type OpenStatus = Stated & {
  readonly type: "OpenStatus";
  readonly title: string;
  readonly kind?: StatusKind;
  readonly startsAt?: Instant;
};
export type UpdateStatus = Stated & { readonly type: "UpdateStatus"; readonly status: string };
export type CorrectStatus = Common & {
  readonly type: "CorrectStatus";
  readonly status: string;
  readonly update: number;
};

/**
 * Refuses with `text-missing`, `text-too-long`, `status-state`, `component-unknown`,
 * `next-update-missing`, `next-update-past`, `next-update-far`, `window-missing`, `window-wrong`,
 * `tell-unsaid`, what is wrong with the author, and every check of the words that blocks.
 */
export function openStatus(
  page: StatusPage,
  command: OpenStatus,
  context: BareContext,
): Result<readonly (StatusOpened | StatusUpdated)[]> {
  const { title, kind = "incident", startsAt, endsAt } = command;
  const status = freshStatus(page, context.fresh);
  const window = kind === "maintenance" ? { startsAt, endsAt } : {};
  const problems = [
    textProblem(title, TITLE_CHARACTERS_MAX, "/title", "Say in a few words what it is about."),
    ...(kind === "maintenance" ? windowProblems(command, context) : []),
    ...statedProblems(page, kind, command, context),
    ...wordProblems([{ at: "/title", text: title }, textPiece(command)], command, context),
  ];
  const told = toldOf(command, context);
  if (!told.ok) return refuseAll([...present(problems), ...told.problems], []);
  return refuseAll(present(problems), [
    { type: "StatusOpened", status, kind, title, ...defined(window) },
    toUpdated(page, { status, update: 1 }, command, told.value),
  ]);
}

/** Refuses as openStatus does, and with `status-unknown`, `status-over`. */
export function updateStatus(
  page: StatusPage,
  command: UpdateStatus,
  context: BareContext,
): Result<readonly StatusUpdated[]> {
  const incident = page.incidents.find(({ id }) => id === command.status);
  if (!incident) return unknownStatus(command.status);
  if (isOver(incident)) {
    const message = `${incident.id} is over: correct its last update if that was wrong, or open another.`;
    return refuse("status-over", message, "/status");
  }
  const problems = [
    ...statedProblems(page, incident.kind, command, context, incident),
    ...wordProblems([textPiece(command)], command, context),
  ];
  const told = toldOf(command, context);
  if (!told.ok) return refuseAll([...present(problems), ...told.problems], []);
  const place = { status: incident.id, update: lastUpdate(incident).update + 1 };
  return refuseAll(present(problems), [toUpdated(page, place, command, told.value)]);
}

/**
 * Refuses with `status-unknown`, `update-unknown`, `correction-same`, and as updateStatus does for
 * the words and who writes them.
 */
export function correctStatus(
  page: StatusPage,
  { status, update, ...command }: CorrectStatus,
  context: BareContext,
): Result<readonly StatusCorrected[]> {
  const incident = page.incidents.find(({ id }) => id === status);
  if (!incident) return unknownStatus(status);
  const held = incident.updates.find((one) => one.update === update);
  if (!held) {
    const message = `${status} has updates 1 to ${incident.updates.length}: name one of them.`;
    return refuse("update-unknown", message, "/update");
  }
  if (held.text === command.text) {
    return refuse("correction-same", "These are its words already: there is nothing to correct.");
  }
  const problems = wordProblems([textPiece(command)], command, context);
  const told = toldOf(command, context);
  if (!told.ok) return refuseAll([...present(problems), ...told.problems], []);
  const { text, overrides } = command;
  return refuseAll(present(problems), [
    {
      type: "StatusCorrected",
      status,
      update,
      number: page.said.length + 1,
      text,
      ...told.value,
      ...(overrides === undefined ? {} : { overrides }),
    },
  ]);
}

const textPiece = ({ text }: { readonly text: string }): Piece => ({ at: "/text", text });

function toUpdated(
  page: StatusPage,
  place: Pick<StatusUpdated, "status" | "update">,
  { state, impact, components = {}, text, nextAt, endsAt, overrides }: Stated,
  told: Pick<StatusUpdated, "author" | "tell">,
): StatusUpdated {
  return {
    type: "StatusUpdated",
    ...place,
    number: page.said.length + 1,
    ...told,
    state,
    impact: impact ?? impactOf(Object.values(components)),
    components,
    text,
    ...(nextAt === undefined ? {} : { nextAt }),
    ...(endsAt === undefined || place.update === 1 ? {} : { endsAt }),
    ...(overrides === undefined ? {} : { overrides }),
  };
}

/** What is wrong with state, components and the promised next word. */
function statedProblems(
  page: StatusPage,
  kind: StatusKind,
  { state, components = {}, nextAt, endsAt }: Stated,
  { at }: BareContext,
  open?: StatusIncident,
): readonly (Problem | undefined)[] {
  const known = page.components.filter(({ removed }) => !removed).map(({ id }) => id);
  const strange = Object.keys(components).find((id) => !known.includes(id));
  const odd = Object.entries(components).find(([, one]) => !COMPONENT_STATES.includes(one));
  const states = STATES_OF[kind];
  const isLast = state === states.at(-1);
  const mustPromise = kind === "incident" && !isLast;
  return [
    states.includes(state)
      ? undefined
      : wrong(
          "status-state",
          `${state} is no state of ${kind === "incident" ? "an incident" : "maintenance"}: use one of ${states.join(", ")}.`,
          "/state",
        ),
    strange === undefined
      ? undefined
      : wrong(
          "component-unknown",
          `There is no component ${strange}: ${known.length === 0 ? "describe one first" : `there is ${known.join(", ")}`}.`,
          "/components",
        ),
    odd === undefined
      ? undefined
      : wrong(
          "status-state",
          `${odd[1]} is no state of a component: use one of ${COMPONENT_STATES.join(", ")}.`,
          `/components/${odd[0]}`,
        ),
    nextAt === undefined && mustPromise
      ? wrong(
          "next-update-missing",
          "Say by when the next update comes: whoever waits is told when to look again.",
          "/nextAt",
        )
      : undefined,
    nextAt === undefined || isLast ? undefined : nextProblem(nextAt, at),
    nextAt !== undefined && isLast
      ? wrong("next-update-over", "It is over with this: promise no further update.", "/nextAt")
      : undefined,
    open === undefined || endsAt === undefined ? undefined : endProblem(open, endsAt, at),
  ];
}

function nextProblem(nextAt: Instant, at: Instant): Problem | undefined {
  if (nextAt <= at) {
    const message = `${formatUtc(nextAt)} has passed: promise an instant that is still to come.`;
    return wrong("next-update-past", message, "/nextAt");
  }
  const message = "The next update would be more than 7 days away: name a nearer one.";
  return nextAt - at > NEXT_MS_MAX ? wrong("next-update-far", message, "/nextAt") : undefined;
}

function endProblem(
  { kind, startsAt = 0 as Instant }: StatusIncident,
  endsAt: Instant,
  at: Instant,
): Problem | undefined {
  if (kind === "incident")
    return wrong("window-wrong", "Only maintenance has a window that ends.", "/endsAt");
  return endsAt > at && endsAt > startsAt
    ? undefined
    : wrong("window-wrong", "The window ends after it begins, and not in the past.", "/endsAt");
}

function windowProblems(
  { startsAt, endsAt }: OpenStatus,
  { at }: BareContext,
): readonly (Problem | undefined)[] {
  if (startsAt === undefined || endsAt === undefined) {
    const message = "Maintenance has a window: say when it begins and by when it ends.";
    return [wrong("window-missing", message, startsAt === undefined ? "/startsAt" : "/endsAt")];
  }
  const isWrong = endsAt <= startsAt || endsAt <= at || endsAt - at > AHEAD_MS_MAX;
  const message = "The window ends after it begins, is not over yet, and lies within a year.";
  return [isWrong ? wrong("window-wrong", message, "/endsAt") : undefined];
}

/** What keeps these words from everybody's eyes. The browser knows no names: there it is not asked. */
function wordProblems(
  pieces: readonly Piece[],
  { text, overrides = [] }: Common,
  { beside }: BareContext,
): readonly (Problem | undefined)[] {
  const ask = "Write what whoever relies on us should know: there is no update without words.";
  const missing = textProblem(text, STATUS_CHARACTERS_MAX, "/text", ask);
  const unsaid = overrides.findIndex(({ reason }) => reason.trim() === "");
  const found = beside?.outward ? checkPublicWords(pieces, beside.outward) : [];
  const blocked = found.filter(
    ({ level, code }) => level === "block" && !overrides.some((one) => one.code === code),
  );
  return [
    missing,
    unsaid < 0
      ? undefined
      : wrong("text-missing", "Say why it may stand: that is kept.", `/overrides/${unsaid}`),
    ...blocked.map(({ code, message, at }) => wrong(code, message, at)),
  ];
}

/** Whoever writes, and whether subscribers hear of it. It must have been said whether they do. */
function toldOf(
  { tell }: Common,
  context: BareContext,
): Result<Pick<StatusUpdated, "author" | "tell">> {
  const { person, beside, by, team } = context;
  const id = person?.id ?? beside?.behind ?? by;
  const author = team.find((one) => one.id === id);
  if (!author) {
    const message =
      "A person stands behind what is published: sign in, or use a token that you made yourself.";
    return refuse("author-missing", message);
  }
  const count = beside?.statusSubscribers ?? 0;
  if (count > 0 && tell === undefined) {
    const few = count === 1 ? "There is 1 subscriber" : `There are ${count} subscribers`;
    const message = `${few} to the status page: say whether they are told (tell: yes or no).`;
    return refuse("tell-unsaid", message, "/tell");
  }
  if (tell !== "yes" || count === 0) return refuseAll([], { author: author.id });
  const unfit = authorProblem(author);
  return refuseAll(unfit ? [unfit] : [], { author: author.id, tell: { author: author.id } });
}

/** `S-7QK4M2`: drawn at random, because a number would tell how many there were. */
function freshStatus({ incidents }: StatusPage, fresh = "000000000000"): string {
  for (let from = 0; from + 6 <= fresh.length; from += 6) {
    const id = `S-${fresh.slice(from, from + 6)}`;
    if (!incidents.some((one) => one.id === id)) return id;
  }
  return `S-${fresh}`;
}

const unknownStatus = (status: string): Result<never> =>
  refuse("status-unknown", `There is no ${status} on the status page.`, "/status");

const wrong = (code: string, message: string, at: string): Problem => ({ code, message, at });

const present = (problems: readonly (Problem | undefined)[]): readonly Problem[] =>
  problems.filter((one) => one !== undefined);

const defined = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [F in keyof T]?: Exclude<T[F], undefined>;
  };
