/**
 * Told: what one recipient was told in an incident, in order, and what they did with it.
 *
 * Made from their own letters alone, so that what the recipient reads on their page and
 * what the team reads of them are the same, and nothing of anybody else can be in it. A
 * letter whose text was erased is left out.
 */

import { ERASED } from "../../erasure.ts";
import type { AnyEvent } from "../../event.ts";
import type { Attachment } from "../../notice/attachment.ts";
import { sentencesOf } from "../../notice/check/sentences.ts";
import { languageFor, PHRASES } from "../../notice/phrases.ts";
import type { DraftRecipient, Language, StepKind } from "../../notice/draft.ts";
import { withoutOwnPage } from "../../notice/letter.ts";
import type { Addressee, Kept, NoticeRequested, NoticeState } from "../../notice/notice.ts";
import { hunks } from "../../policy/line-hunks.ts";
import type { Recorded } from "../../recorded.ts";
import type { Instant } from "../../time/instant.ts";
import type { OwnPageState } from "./own-page.ts";
import type { Incident } from "../state.ts";

/** A sentence that is no longer said, or is said now. */
export type Changed = { readonly is: "gone" | "came"; readonly text: string };

export type Letter = {
  /** `N-4TTK`. */
  readonly id: string;
  readonly sentAt: Instant;
  readonly state: NoticeState["state"];
  readonly kept?: Kept;
  readonly from: Addressee;
  readonly replyTo: Addressee;
  readonly subject: string;
  /** As it was sent, but for the address of the page. */
  readonly body: string;
  /** Against the letter before; absent on the first. */
  readonly changes?: readonly Changed[];
  /** What was attached, as far as it was not erased. */
  readonly files: readonly ToldFile[];
  readonly nextWordAt?: Instant;
};

/** A file that they were sent; `draft` and `id` name it within the incident. */
export type ToldFile = Pick<Attachment, "id" | "name" | "bytes" | "sha256"> & {
  readonly draft: string;
};

export type ToldStep = {
  /** The notice and the place in it by which it is reported. */
  readonly notice: string;
  readonly step: number;
  readonly kind: StepKind;
  readonly text: string;
  readonly doneAt?: Instant;
};

export type Told = {
  readonly recipient: string;
  /** The company. */
  readonly name: string;
  readonly language: Language;
  readonly zone: string;
  /** Newest first. */
  readonly letters: readonly Letter[];
  /** Everything that was asked, oldest first; what was asked twice stands once. */
  readonly steps: readonly ToldStep[];
  readonly opened: OwnPageState["opened"];
  readonly acknowledged: OwnPageState["acknowledged"];
  /** Since when their page opens no longer. */
  readonly endedAt?: Instant;
};

type Entries = readonly Recorded<AnyEvent>[];

/** Undefined where they were told nothing, or all of it was erased. */
export function toldTo(
  incident: Incident,
  entries: Entries,
  recipient: string,
  zone: string,
): Told | undefined {
  const asked = entries.flatMap(({ at, event }) =>
    event.type === "NoticeRequested" &&
    event.recipient === recipient &&
    event.kind === "notice" &&
    !event.automatic &&
    event.body !== ERASED
      ? [{ at, event }]
      : [],
  );
  if (asked.length === 0) return undefined;
  const known = knownAs(incident, recipient);
  const language = languageFor(known?.language);
  const page: Partial<OwnPageState> = incident.ownPages[recipient] ?? {};
  const { opened = [], acknowledged = [], done = {}, endedAt } = page;
  return {
    recipient,
    name: known?.name ?? asked.at(-1)?.event.to.name ?? "",
    language,
    zone: known?.zone ?? zone,
    letters: lettersOf(asked, incident, language).reverse(),
    steps: stepsOf(
      asked.map(({ event }) => event),
      done,
    ),
    opened,
    acknowledged,
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

/** The recipients who were told something, in the order of the first word to each. */
export function toldRecipients(entries: Entries): ReadonlyMap<string, Entries> {
  const told = new Map<string, Recorded<AnyEvent>[]>();
  for (const entry of entries) {
    const { event } = entry;
    if (event.type !== "NoticeRequested" || event.kind !== "notice" || event.automatic) continue;
    const known = told.get(event.recipient);
    if (known) known.push(entry);
    else told.set(event.recipient, [entry]);
  }
  return told;
}

/** By when the next word was promised: what the last letter said of it. */
export const nextWordOf = ({ letters }: Told): Instant | undefined => letters[0]?.nextWordAt;

/** As the last draft that they were named in has them. */
const knownAs = ({ drafts }: Incident, recipient: string): DraftRecipient | undefined =>
  Object.values(drafts)
    .flatMap(({ recipients }) => recipients)
    .findLast(({ id }) => id === recipient);

type Asked = { readonly at: Instant; readonly event: NoticeRequested };

function lettersOf(
  asked: readonly Asked[],
  { notices, drafts }: Incident,
  language: Language,
): Letter[] {
  let before: readonly string[] | undefined;
  return asked.map(({ at, event }) => {
    const { notice, from = event.to, replyTo = from, subject, nextWordAt } = event;
    const body = withoutFiles(withoutSteps(withoutOwnPage(event.body), language), language);
    const sentences = sentencesOf(body).filter((sentence) => !isOurs(sentence, language));
    const changes = before && changesBetween(before, sentences);
    before = sentences;
    return {
      id: notice,
      sentAt: at,
      ...arrivalOf(notices[notice]),
      from,
      replyTo,
      subject,
      body,
      files: filesOf(drafts, event),
      ...(changes === undefined ? {} : { changes }),
      ...(nextWordAt === undefined ? {} : { nextWordAt }),
    };
  });
}

const arrivalOf = (held: NoticeState | undefined): Pick<Letter, "state" | "kept"> => {
  const { state = "requested", kept } = held ?? {};
  return { state, ...(state === "delivered" && kept !== undefined ? { kept } : {}) };
};

/** Openings and the next word are sentences of ours, which differ with every letter. */
function isOurs(sentence: string, language: Language): boolean {
  const { opening, nextWord } = PHRASES[language];
  const [promise = ""] = nextWord("\0").split("\0");
  return (
    sentence.startsWith(promise) ||
    Object.values(opening).some((text) => text.includes(sentence.trim()))
  );
}

/** The steps stand beside it, where they can be ticked off. */
const withoutSteps = (body: string, language: Language): string =>
  body
    .split("\n\n")
    .filter((part) => !part.startsWith(`${PHRASES[language].stepsHead.toUpperCase()}\n[ ] `))
    .join("\n\n");

/** What is attached stands beside it, where it can be downloaded. */
const withoutFiles = (body: string, language: Language): string =>
  body
    .split("\n\n")
    .filter((part) => !part.startsWith(`${PHRASES[language].filesHead.toUpperCase()}\n- `))
    .join("\n\n");

function filesOf(
  drafts: Incident["drafts"],
  { draft = "", files: ids = [] }: NoticeRequested,
): readonly ToldFile[] {
  const all = (Object.hasOwn(drafts, draft) ? drafts[draft]?.files : undefined) ?? [];
  return all
    .filter(({ id, sha256 }) => ids.includes(id) && sha256 !== ERASED)
    .map(({ id, name, bytes, sha256 }) => ({ draft, id, name, bytes, sha256 }));
}

/** What was said before and is not now, and the other way round, in the order of the text. */
export function changesBetween(
  before: readonly string[],
  after: readonly string[],
): readonly Changed[] {
  return hunks(before, after).flatMap(({ from, to, lines }) => [
    ...before.slice(from, to).map((text): Changed => ({ is: "gone", text: text.trim() })),
    ...lines.map((text): Changed => ({ is: "came", text: text.trim() })),
  ]);
}

function stepsOf(
  asked: readonly NoticeRequested[],
  done: OwnPageState["done"],
): readonly ToldStep[] {
  const steps = new Map<string, ToldStep>();
  for (const { notice, steps: those = [] } of asked) {
    for (const [index, { kind, text }] of those.entries()) {
      if (text === ERASED) continue;
      const key = `${kind} ${text}`;
      const doneAt = done[`${notice}.${index + 1}`];
      // What is reported as done stays so when it is asked again.
      if (steps.get(key)?.doneAt !== undefined) continue;
      steps.set(key, {
        notice,
        step: index + 1,
        kind,
        text,
        ...(doneAt === undefined ? {} : { doneAt }),
      });
    }
  }
  return [...steps.values()];
}
