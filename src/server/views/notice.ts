/**
 * Views of notices: what was sent, is being sent, and could not be.
 *
 * Read tables hold what became of a notice; what it says, and to whom, is read
 * from the entry that asked for it, so that erasing there is enough.
 */

import type { Notice } from "../../api/view.ts";
import { ERASED } from "../../core/erasure.ts";
import type { AnyEvent } from "../../core/event.ts";
import type { FileAttached } from "../../core/incident/notice/attaching.ts";
import type { NoticeRequested } from "../../core/notice/notice.ts";
import { differenceOf } from "../../core/notice/difference.ts";
import { RECIPIENT_KINDS, type RecipientKind } from "../../core/policy/situation.ts";
import { ok } from "../../core/problem.ts";
import type { Recorded } from "../../core/recorded.ts";
import { toIso } from "../../core/time/instant.ts";
import type { ListedNotice, NoticeFilter } from "../../store/views/notice.ts";
import { nameOf, type Reading, recipientNames } from "./reading.ts";
import { addressee } from "../timeline/words.ts";
import type { Views } from "./views.ts";
import { iso } from "./owed.ts";

const TOLD_IN = [
  "NoticeRequested",
  "FileAttached",
  "NoticeAcknowledged",
  "DeliveryDeferred",
  "DeliveryFailed",
  "DeliveryReported",
] as const;

type Entries = readonly (Recorded<AnyEvent> & { readonly subject?: string })[];

export const noticeViews = (
  reading: Reading,
): Pick<Views, "notices" | "notice-drafts" | "told-to"> => ({
  async notices({ query }) {
    const {
      state = "all",
      cursor,
      limit,
      incident,
      recipient,
    } = query as {
      readonly incident?: string;
      readonly recipient?: string;
      readonly state?: NoticeFilter;
      readonly cursor?: string;
      readonly limit?: number;
    };
    const { store } = reading;
    const subject = incident === undefined ? undefined : `incident/${incident}`;
    const filter = { standing: state, subject, recipient };
    const page = await store.views.notices.list(filter, { cursor, limit });
    if (!page.ok) return page;
    const { items, next, total } = page.value;
    const subjects = [...new Set(items.map(({ subject }) => subject))];
    const entries = subjects.length === 0 ? [] : await store.ledger.readTypes(subjects, TOLD_IN);
    const told = toldIn(entries);
    return ok({ items: items.flatMap((row) => toNotice(row, told)), next, total });
  },
  async "notice-drafts"({ query }) {
    const {
      state = "open",
      incident,
      ...page
    } = query as {
      readonly state?: string;
      readonly incident?: string;
      readonly cursor?: string;
      readonly limit?: number;
    };
    const subject = incident === undefined ? undefined : `incident/${incident}`;
    const [found, access] = await Promise.all([
      reading.store.views.noticeDrafts.list({ state, subject }, page),
      reading.handling.access(),
    ]);
    if (!found.ok) return found;
    const { items, next, total } = found.value;
    return ok({
      items: items.map(
        ({ subject: of, audience, author, changedAt, holdUntil, sentAt, ...row }) => ({
          ...row,
          incident: of.slice("incident/".length),
          to: audience,
          authorName: nameOf(author, access),
          changedAt: toIso(changedAt),
          holdUntil: iso(holdUntil),
          sentAt: iso(sentAt),
        }),
      ),
      next,
      total,
    });
  },
  "told-to": ({ parameters, query }) =>
    toldTo(reading, parameters["recipient"] ?? "", (query as { incident?: string }).incident),
});

/** More than anybody is sent. */
const TOLD_MAX = 200;

async function toldTo(
  reading: Reading,
  recipient: string,
  incident: string | undefined,
): ReturnType<Views["told-to"]> {
  const { store } = reading;
  const subject = incident === undefined ? undefined : `incident/${incident}`;
  const filter = { standing: "all", subject, recipient } as const;
  const page = await store.views.notices.list(filter, { limit: TOLD_MAX });
  if (!page.ok) return page;
  const rows = page.value.items;
  const subjects = [...new Set(rows.map((row) => row.subject))];
  const [entries, names] = await Promise.all([
    subjects.length === 0 ? [] : store.ledger.readTypes(subjects, TOLD_IN),
    recipientNames(reading, [{ kind: kindOf(recipient), id: recipient }]),
  ]);
  const told = toldIn(entries);
  const last = new Map<string, string>();
  const items = rows
    .toReversed()
    .flatMap((row) => toNotice(row, told))
    .map((notice) => {
      const before = last.get(notice.subject);
      last.set(notice.subject, notice.body);
      return {
        ...notice,
        incident: notice.subject.slice(notice.subject.indexOf("/") + 1),
        changes: before === undefined ? [] : [...differenceOf(before, notice.body)],
      };
    });
  return ok({ name: names.get(recipient) ?? recipient, items });
}

const kindOf = (recipient: string): RecipientKind =>
  RECIPIENT_KINDS.find((kind) => recipient.startsWith(`${kind}:`)) ?? "public";

/** The notices of one subject, newest first; pages to the team are no notices. */
export function noticesOf(rows: readonly ListedNotice[], entries: Entries): readonly Notice[] {
  const told = toldIn(entries);
  return rows.filter(({ kind }) => kind !== "page").flatMap((row) => toNotice(row, told));
}

type Told = {
  asked?: NoticeRequested;
  reason?: string;
  uncertain?: boolean;
  acknowledged?: Notice["acknowledged"];
  files?: Notice["files"];
};

/** By notice, with its subject where entries of several stand beside each other. */
function toldIn(entries: Entries): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  const files = new Map<string, Notice["files"][number]>();
  for (const { subject = "", event, at } of entries) {
    if (event.type === "FileAttached" && event.named.sha256 !== ERASED)
      files.set(`${subject} ${event.draft} ${event.file}`, fileOf(event));
    if (!("notice" in event)) continue;
    const key = `${subject} ${event.notice}`;
    const one = told.get(key) ?? {};
    told.set(key, one);
    if (event.type === "DeliveryDeferred" && event.uncertain) one.uncertain = true;
    if (event.type === "NoticeRequested" && one.asked === undefined) {
      one.asked = event;
      const { draft, files: ids = [] } = event;
      one.files = ids.flatMap((id) => files.get(`${subject} ${draft} ${id}`) ?? []);
    } else if (event.type === "NoticeAcknowledged")
      (one.acknowledged ??= []).push({ at: toIso(at), name: event.name, word: event.word ?? null });
    else if (event.type === "DeliveryReported")
      one.reason = `${event.action === "delayed" ? "delayed" : "in the mailbox"}: ${event.reason}`;
    else if ("reason" in event) one.reason = event.reason;
  }
  return told;
}

const fileOf = ({ bytes, named: { name, sha256 } }: FileAttached): Notice["files"][number] => ({
  name,
  bytes,
  sha256,
});

/** A row with what its entry says; none where the entry is of another subject's. */
function toNotice(row: ListedNotice, all: ReadonlyMap<string, Told>): readonly Notice[] {
  const told = all.get(`${row.subject} ${row.id}`) ?? all.get(` ${row.id}`);
  if (!told?.asked) return [];
  const { to, from, subject: title, body } = told.asked;
  return [
    {
      id: row.id,
      subject: row.subject,
      kind: row.kind,
      automatic: row.automatic,
      state: row.standing,
      to: addressee(to),
      from: from === undefined ? null : addressee(from),
      title,
      body,
      requestedAt: toIso(row.requestedAt),
      deliveredAt: iso(row.deliveredAt),
      attempts: row.attempts,
      nextAt: row.standing === "deferred" ? iso(row.nextAt) : null,
      reason: reasonOf(row, told),
      recipient: row.recipient,
      draft: told.asked.draft ?? null,
      uncertain: row.standing === "deferred" && told.uncertain === true,
      kept: row.standing === "delivered" ? row.kept : null,
      openedAt: iso(row.openedAt),
      acknowledged: told.acknowledged ?? [],
      nextWordAt: iso(row.nextWordAt),
      files: told.files ?? [],
    },
  ];
}

/** Why the last attempt did not deliver it, or what a mail server further on has said since. */
function reasonOf({ standing }: ListedNotice, { reason }: Told): string | null {
  if (reason === undefined) return null;
  const isSaid = /^(?:delayed|in the mailbox): /.test(reason);
  return standing === "deferred" || standing === "failed" || isSaid ? reason : null;
}
