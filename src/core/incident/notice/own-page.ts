/**
 * Own page: where one recipient reads again what they were told, says that they have
 * it, and reports what they did of what they were asked.
 *
 *   /notice/<secret>     only its digest is kept; the secret stands in their letters
 *
 * One page for each recipient of an incident, made with the first letter to them and
 * named in all that follow. Each opening is an entry, so that the team and the reader
 * both see it; opening it never counts as having received anything, because mail
 * scanners open links too. Whatever is sent twice is recorded once.
 */

import type { Context } from "../../context.ts";
import type { NoticeRequested, NoticeState, OwnPage } from "../../notice/notice.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import type { Recorded } from "../../recorded.ts";
import { NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX, tooLong } from "../../text.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Incident } from "../state.ts";

export const OPENED_AS = ["page", "json", "pdf", "file"] as const;
export type OpenedAs = (typeof OPENED_AS)[number];

export type OwnPageOpened = {
  readonly type: "OwnPageOpened";
  readonly recipient: string;
  readonly what: OpenedAs;
  /** Which one, where it is a file: `D-1/F-2`. */
  readonly file?: string;
  /** What the program calls itself, in a few words: `Firefox on Windows`. */
  readonly agent?: string;
};
/** Somebody there says that they have it. It is their word, and meets no clause of ours. */
export type NoticeAcknowledged = {
  readonly type: "NoticeAcknowledged";
  readonly recipient: string;
  /** The last one that they had been sent. */
  readonly notice: string;
  readonly name: string;
  readonly word?: string;
};
export type StepReported = {
  readonly type: "StepReported";
  readonly recipient: string;
  readonly notice: string;
  /** Counted from 1 within the notice. */
  readonly step: number;
};
export type StepTakenBack = Omit<StepReported, "type"> & { readonly type: "StepTakenBack" };
export type OwnPageEnded = {
  readonly type: "OwnPageEnded";
  readonly recipient: string;
  readonly reason: string;
};
export type OwnPageEvent =
  | OwnPageOpened
  | NoticeAcknowledged
  | StepReported
  | StepTakenBack
  | OwnPageEnded;

export type OpenOwnPage = Omit<OwnPageOpened, "type"> & { readonly type: "OpenOwnPage" };
export type AcknowledgeNotice = {
  readonly type: "AcknowledgeNotice";
  readonly recipient: string;
  readonly name: string;
  readonly word?: string;
};
export type ReportStep = Omit<StepReported, "type"> & { readonly type: "ReportStep" };
export type TakeStepBack = Omit<StepReported, "type"> & { readonly type: "TakeStepBack" };
export type EndOwnPage = Omit<OwnPageEnded, "type"> & { readonly type: "EndOwnPage" };
export type OwnPageCommand =
  | OpenOwnPage
  | AcknowledgeNotice
  | ReportStep
  | TakeStepBack
  | EndOwnPage;

export type OwnPageState = OwnPage & {
  opened: {
    readonly at: Instant;
    readonly what: OpenedAs;
    readonly file?: string;
    readonly agent?: string;
  }[];
  acknowledged: {
    readonly at: Instant;
    readonly notice: string;
    readonly name: string;
    readonly word?: string;
  }[];
  /** By `<notice>.<step>`: since when it is reported as done. */
  done: Record<string, Instant>;
  /** How often a step was reported or taken back. */
  turns: number;
  endedAt?: Instant;
  /** The last notice that named it. */
  last?: string;
};

/** How a program that looks at every link before a person does is called in the record. */
export const SCANNER_WORDS = "a link scanner";

/** The same program opening the same thing again within this is one opening. */
export const OPENING_MS = 10 * MINUTE_MS;
/** A link that is passed around must not fill the record. */
const OPENINGS_MAX = 500;
const ACKNOWLEDGEMENTS_MAX = 50;
/** Each report and each taking back is an entry. */
const STEP_TURNS_MAX = 200;

/** The notices that this recipient was sent by a person, oldest first. */
export const wordsTo = ({ notices }: Incident, recipient: string): readonly NoticeState[] =>
  Object.values(notices)
    .filter(
      (notice) => notice.kind === "notice" && !notice.automatic && notice.recipient === recipient,
    )
    .sort((a, b) => a.requestedAt - b.requestedAt);

/** Records an opening, unless the same one was just recorded. Refuses with `own-page-over`. */
export function openOwnPage(
  incident: Incident,
  { recipient, what, file, agent }: OpenOwnPage,
  { at }: Pick<Context, "at">,
): Result<readonly OwnPageOpened[]> {
  const page = openPage(incident, recipient);
  if (!page.ok) return page;
  const { opened } = page.value;
  const isAgain = opened.some(
    (one) =>
      one.what === what && one.file === file && one.agent === agent && at - one.at < OPENING_MS,
  );
  if (isAgain || opened.length >= OPENINGS_MAX) return ok([]);
  return ok([
    {
      type: "OwnPageOpened",
      recipient,
      what,
      ...(file === undefined ? {} : { file }),
      ...(agent === undefined ? {} : { agent }),
    },
  ]);
}

/**
 * Records that somebody there has the last word that was sent to them.
 * Refuses with `own-page-over`, `text-missing`, `text-too-long`, `too-many`.
 */
export function acknowledgeNotice(
  incident: Incident,
  { recipient, name, word = "" }: AcknowledgeNotice,
): Result<readonly NoticeAcknowledged[]> {
  const page = openPage(incident, recipient);
  if (!page.ok) return page;
  const last = wordsTo(incident, recipient).at(-1);
  if (!last) return over();
  const { acknowledged } = page.value;
  const problems: Problem[] = [
    textProblem(name, TITLE_CHARACTERS_MAX, "/name", "Say who has received it."),
    tooLong(word, NOTE_CHARACTERS_MAX, "/word"),
  ].filter((problem) => problem !== undefined);
  const isAgain = acknowledged.some(
    (one) => one.notice === last.id && one.name === name && (one.word ?? "") === word,
  );
  if (problems.length === 0 && isAgain) return ok([]);
  if (acknowledged.length >= ACKNOWLEDGEMENTS_MAX) {
    return refuse("too-many", `Only ${ACKNOWLEDGEMENTS_MAX} are kept: answer by mail.`);
  }
  return refuseAll(problems, [
    {
      type: "NoticeAcknowledged",
      recipient,
      notice: last.id,
      name,
      ...(word === "" ? {} : { word }),
    },
  ]);
}

/** Records a step as done. Refuses with `own-page-over`, `step-unknown`, `too-many`. */
export const reportStep = (
  incident: Incident,
  { recipient, notice, step }: ReportStep,
): Result<readonly StepReported[]> =>
  turned(incident, { type: "StepReported", recipient, notice, step }, true);

/** Takes such a report back. Refuses with `own-page-over`, `step-unknown`. */
export const takeStepBack = (
  incident: Incident,
  { recipient, notice, step }: TakeStepBack,
): Result<readonly StepTakenBack[]> =>
  turned(incident, { type: "StepTakenBack", recipient, notice, step }, false);

/**
 * Ends the page: its address opens nothing any more, and the next letter brings another.
 * Refuses with `own-page-over`, `text-missing`, `text-too-long`.
 */
export function endOwnPage(
  incident: Incident,
  { recipient, reason }: EndOwnPage,
): Result<readonly OwnPageEnded[]> {
  const page = openPage(incident, recipient);
  if (!page.ok) return page;
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", "Say why it is ended.");
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "OwnPageEnded", recipient, reason }]);
}

/** Keeps what an event says of somebody's own page. */
export function keepOwnPage(
  { ownPages, notices }: Incident,
  event: OwnPageEvent,
  { at }: Pick<Recorded<OwnPageEvent>, "at">,
): void {
  const page = pageOf(ownPages, event.recipient);
  if (!page) return;
  switch (event.type) {
    case "OwnPageOpened": {
      const { what, file, agent } = event;
      page.opened.push({
        at,
        what,
        ...(file === undefined ? {} : { file }),
        ...(agent === undefined ? {} : { agent }),
      });
      const last = notices[page.last ?? ""];
      if (last && agent !== SCANNER_WORDS) last.openedAt ??= at;
      return;
    }
    case "NoticeAcknowledged": {
      const { notice, name, word } = event;
      const held = notices[notice];
      if (held) held.acknowledgedAt ??= at;
      page.acknowledged.push({ at, notice, name, ...(word === undefined ? {} : { word }) });
      return;
    }
    case "StepReported":
      page.turns += 1;
      page.done[`${event.notice}.${event.step}`] = at;
      return;
    case "StepTakenBack":
      page.turns += 1;
      delete page.done[`${event.notice}.${event.step}`];
      return;
    case "OwnPageEnded":
      page.endedAt = at;
  }
}

/** Keeps the page that a letter names; one that was ended gives way to the next. */
export function keepOwnPageOf(
  { ownPages }: Incident,
  { recipient, ownPage, notice: last }: NoticeRequested,
): void {
  const before: Partial<OwnPageState> = ownPages[recipient] ?? {};
  if (!ownPage) return;
  if (before.digest === ownPage.digest) {
    before.last = last;
    return;
  }
  const { opened = [], acknowledged = [], done = {}, turns = 0 } = before;
  ownPages[recipient] = { ...ownPage, opened, acknowledged, done, turns, last };
}

function turned<E extends StepReported | StepTakenBack>(
  incident: Incident,
  event: E,
  toDone: boolean,
): Result<readonly E[]> {
  const page = openPage(incident, event.recipient);
  if (!page.ok) return page;
  const { notice, step, recipient } = event;
  const held = incident.notices[notice];
  if (!held || held.recipient !== recipient || !(step >= 1 && step <= (held.steps ?? 0))) {
    return refuse("step-unknown", "There is no such step: open the page again.");
  }
  const isDone = page.value.done[`${notice}.${step}`] !== undefined;
  if (isDone === toDone) return ok([]);
  return page.value.turns >= STEP_TURNS_MAX
    ? refuse("too-many", "This was changed too often: answer by mail.")
    : ok([event]);
}

function openPage({ ownPages }: Incident, recipient: string): Result<OwnPageState> {
  const page = pageOf(ownPages, recipient);
  return page && page.endedAt === undefined ? ok(page) : over();
}

/** Whoever asks names the recipient, and `__proto__` would be what every object rests on. */
const pageOf = (pages: Incident["ownPages"], recipient: string): OwnPageState | undefined =>
  Object.hasOwn(pages, recipient) ? pages[recipient] : undefined;

const over = (): Result<never> =>
  refuse("own-page-over", "There is no such page, or it is over.", "/recipient");
