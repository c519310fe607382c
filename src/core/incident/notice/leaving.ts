/**
 * Leaving: the letters of a draft whose hold is over, a part at a time.
 *
 * A kill in between loses and doubles nothing: which letters were asked for is in the
 * ledger, and the next wake goes on behind them.
 */

import type { Context } from "../../context.ts";
import { noticeKindOf } from "../../notice/audience.ts";
import type { DraftState } from "../../notice/draft.ts";
import { letterTo } from "../../notice/letter.ts";
import {
  noticeId,
  type NoticeRequested,
  type OwnPage,
  type PageRequested,
} from "../../notice/notice.ts";
import { languageFor } from "../../notice/phrases.ts";
import { stoppedPage } from "../../notice/stopped-page.ts";
import type { Obligation } from "../../policy/obligations.ts";
import type { Instant } from "../../time/instant.ts";
import { incidentObligations, incidentOwing } from "../owed/obligation.ts";
import type { NoticeLeft, NoticeStopped } from "./sending.ts";
import { recipientsOf } from "../situation.ts";
import type { Incident } from "../state.ts";
import { draftHash, momentsMet, renderingOf, tellable } from "./telling.ts";

/** How many letters one wake asks for: what a wake writes must fit one append. */
const LETTERS_AT_ONCE = 1_000;

type Leaving = NoticeRequested | NoticeLeft | NoticeStopped | PageRequested;

/**
 * What leaves now: the next letters of each draft whose hold is over. What an approval signed is
 * compared once more: other time zone data, another address of ours, a newer program may have
 * changed the words since, and nobody has read those.
 */
export function leaving(incident: Incident, context: Context): readonly Leaving[] {
  const draft = Object.values(incident.drafts).find((one) => isOver(one, context.at));
  if (!draft) return [];
  if (draftHash(incident, draft, context) !== draft.hash) return stopped(incident, draft, context);
  const owed = byRecipient(tellable(incident, incidentObligations(incident, context.policy)));
  const rendering = renderingOf(incident, draft, context);
  const parties = new Set(recipientsOf(incident).map(({ id }) => id));
  const concerned = { has: (id: string) => id.startsWith("person:") || parties.has(id) };
  const asked = askedFor(incident, draft.id);
  const skipped = draft.recipients.filter(({ id }) => !concerned.has(id)).map(({ id }) => id);
  const open = draft.recipients.filter(({ id }) => concerned.has(id) && !asked.has(id));
  const now = open.slice(0, LETTERS_AT_ONCE);
  const { kind, nextWordAt } = draft.content;
  const base = noticeId(incident.notices, context.fresh);
  const letters = now.map((recipient, index): NoticeRequested => {
    const letter = letterTo(draft.content, recipient, rendering);
    const notice = index === 0 ? base : `${base}-${index + 1}`;
    const ownPage = ownPageOf(incident, recipient.id, notice, context);
    return {
      type: "NoticeRequested",
      notice,
      kind: noticeKindOf(draft.content),
      automatic: false,
      author: draft.author,
      recipient: recipient.id,
      meets: momentsMet(owed.get(recipient.id) ?? [], kind, recipient.id),
      to: letter.to,
      from: letter.from,
      replyTo: letter.replyTo,
      subject: letter.subject,
      body: letter.body,
      ...languageOf(recipient.language),
      draft: draft.id,
      ...(nextWordAt === undefined ? {} : { nextWordAt }),
      ...(letter.steps.length === 0 ? {} : { steps: letter.steps }),
      ...(letter.files.length === 0 ? {} : { files: letter.files.map(({ id }) => id) }),
      ...(ownPage === undefined ? {} : { ownPage }),
    };
  });
  if (now.length < open.length) return letters;
  const left: NoticeLeft = {
    type: "NoticeLeft",
    draft: draft.id,
    recipients: draft.recipients.length - skipped.length,
    ...(skipped.length === 0 ? {} : { skipped }),
  };
  return [...letters, left];
}

/** Nothing more of it leaves, it is a draft again, and who wrote it and who can act are told. */
function stopped(incident: Incident, draft: DraftState, context: Context): readonly Leaving[] {
  const asked = askedFor(incident, draft.id).size;
  const { link, mark } = incidentOwing(incident, context.policy, context.url);
  const page = stoppedPage(draft, {
    page: `stopped:${draft.id}#${incident.version}`,
    to: context.team,
    asked,
    link: `${link}/notices/${draft.id}`,
    mark,
  });
  const event: NoticeStopped = {
    type: "NoticeStopped",
    draft: draft.id,
    differs: true,
    ...(asked === 0 ? {} : { asked }),
  };
  return [event, page];
}

function languageOf(tag: string | undefined): Pick<NoticeRequested, "language"> {
  const language = languageFor(tag);
  return language === "en" ? {} : { language };
}

/** The page that they have already; a new one where they have none, or theirs was ended. */
function ownPageOf(
  { reference, ownPages }: Incident,
  recipient: string,
  notice: string,
  { ownPage }: Context,
): OwnPage | undefined {
  const held = ownPages[recipient];
  const madeWith = held && held.endedAt === undefined ? held.madeWith : notice;
  return ownPage && { digest: ownPage(reference, recipient, madeWith), madeWith };
}

const isOver = ({ state, holdUntil }: DraftState, now: Instant): boolean =>
  state === "holding" && holdUntil !== undefined && holdUntil <= now;

function byRecipient(owed: readonly Obligation[]): ReadonlyMap<string, readonly Obligation[]> {
  const all = new Map<string, Obligation[]>();
  for (const one of owed) {
    const theirs = all.get(one.recipient.id);
    if (theirs) theirs.push(one);
    else all.set(one.recipient.id, [one]);
  }
  return all;
}

const askedFor = ({ notices }: Incident, draft: string): ReadonlySet<string> =>
  new Set(
    Object.values(notices).flatMap((notice) =>
      notice.draft === draft && notice.recipient !== undefined ? [notice.recipient] : [],
    ),
  );
