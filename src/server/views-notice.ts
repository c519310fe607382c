/**
 * Views of notices: what was sent, is being sent, and could not be.
 *
 * Read tables hold what became of a notice; what it says, and to whom, is read
 * from the entry that asked for it, so that erasing there is enough.
 */

import type { Notice } from "../api/view.ts";
import type { AnyEvent } from "../core/event.ts";
import { ok } from "../core/problem.ts";
import type { Recorded } from "../core/recorded.ts";
import { toIso } from "../core/time/instant.ts";
import type { ListedNotice, NoticeStanding } from "../store/views/notice.ts";
import type { Reading } from "./reading.ts";
import { addressee } from "./timeline-words.ts";
import type { Views } from "./views.ts";
import { iso } from "./owed.ts";

const TOLD_IN = ["NoticeRequested", "DeliveryDeferred", "DeliveryFailed"] as const;

type Entries = readonly (Recorded<AnyEvent> & { readonly subject?: string })[];

export const noticeViews = (reading: Reading): Pick<Views, "notices"> => ({
  async notices({ query }) {
    const {
      state = "all",
      cursor,
      limit,
    } = query as {
      readonly state?: NoticeStanding | "all";
      readonly cursor?: string;
      readonly limit?: number;
    };
    const { store } = reading;
    const page = await store.views.notices.list({ standing: state }, { cursor, limit });
    if (!page.ok) return page;
    const { items, next, total } = page.value;
    const subjects = [...new Set(items.map(({ subject }) => subject))];
    const entries = subjects.length === 0 ? [] : await store.ledger.readTypes(subjects, TOLD_IN);
    return ok({ items: items.flatMap((row) => toNotice(row, entries)), next, total });
  },
});

/** The notices of one subject, newest first; pages to the team are no notices. */
export const noticesOf = (rows: readonly ListedNotice[], entries: Entries): readonly Notice[] =>
  rows.filter(({ kind }) => kind !== "page").flatMap((row) => toNotice(row, entries));

/** A row with what its entry says; none where the entry is of another subject's. */
function toNotice(row: ListedNotice, entries: Entries): readonly Notice[] {
  const own = entries.filter(({ subject = row.subject }) => subject === row.subject);
  const asked = own.find(
    ({ event }) => event.type === "NoticeRequested" && event.notice === row.id,
  );
  if (asked?.event.type !== "NoticeRequested") return [];
  const { to, from, subject: title, body } = asked.event;
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
      reason: reasonOf(row, own),
    },
  ];
}

/** Why the last attempt did not deliver it. */
function reasonOf({ id, standing }: ListedNotice, entries: Entries): string | null {
  if (standing !== "deferred" && standing !== "failed") return null;
  const last = entries.findLast(
    ({ event }) =>
      (event.type === "DeliveryDeferred" || event.type === "DeliveryFailed") && event.notice === id,
  )?.event;
  return last?.type === "DeliveryDeferred" || last?.type === "DeliveryFailed" ? last.reason : null;
}
