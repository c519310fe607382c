/**
 * Views of signals: the inbox, and one signal whole.
 *
 * A body that could not be understood is shown beside the signals, as what it is:
 * somebody sent something, and a person has to look.
 */

import type { SignalRow } from "../../api/view.ts";
import { ok } from "../../core/problem.ts";
import { hasReporter } from "../../core/signal/obligation.ts";
import { filesThere } from "../../core/signal/sent-file.ts";
import type { Signal } from "../../core/signal/state.ts";
import { type Instant, toIso } from "../../core/time/instant.ts";
import type { Caller } from "../access-port.ts";
import { readsOnly } from "./reporter-secret.ts";
import type { Unreadable } from "../../store/raw.ts";
import type { Seen } from "../../store/seen.ts";
import { noticeRows } from "../../store/views/notice.ts";
import { type ListedSignal, type SignalFilter, signalRows } from "../../store/views/signal.ts";
import { missing, type Reading, recipientNames } from "./reading.ts";
import type { Opened } from "../subjects.ts";
import { readerOf, signalReplay } from "./timeline.ts";
import { timelineOf } from "../timeline/timeline.ts";
import type { Asked, Views } from "./views.ts";
import { noticesOf } from "./notice.ts";
import { iso, owedBy, toObligation } from "./owed.ts";
import { sayingRows } from "./obligation.ts";

const PAGE_ROWS = 50;
const ALIKE_MAX = 5;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const RAW_SHOWN_BYTES_MAX = 64 * 1024;

type SignalQuery = {
  readonly state?: SignalFilter | "unreadable";
  readonly q?: string;
  readonly cursor?: string;
  readonly limit?: number;
};

export const signalViews = (reading: Reading): Pick<Views, "signals" | "signal"> => ({
  async signals({ query, at }) {
    const { state = "all", q, cursor, limit } = query as SignalQuery;
    if (state === "unreadable") return unreadableSignals(reading, cursor, limit ?? PAGE_ROWS);
    const page = await reading.store.views.signals.list(state, q, at, { cursor, limit });
    if (!page.ok) return page;
    const { items, next, total } = page.value;
    const subjects = items.map(({ subject }) => subject);
    const nexts = await reading.store.views.obligations.nextOf(subjects, at);
    const toView = await sayingRows(reading, nexts.values());
    const rows = items.map((row) => {
      const following = nexts.get(row.subject);
      return { ...toRow(row, row, at), next: following ? toView(following) : null };
    });
    return ok({ items: rows, next, total });
  },
  signal: (asked) =>
    UUID.test(asked.parameters.id ?? "") ? unreadableSignal(reading, asked) : whole(reading, asked),
});

/** What was counted of a signal's deliveries beside the record. */
type Counted = Pick<ListedSignal, "count" | "lastSeenAt" | "firing">;

function toRow(
  row: Omit<ListedSignal, "subject" | keyof Counted>,
  { count, lastSeenAt, firing }: Counted,
  at: Instant,
): Omit<SignalRow, "next"> {
  const isSnoozed = row.state === "open" && row.snoozedUntil !== null && row.snoozedUntil > at;
  return {
    id: row.id,
    channel: row.channel,
    source: row.source,
    state: isSnoozed ? "snoozed" : row.state,
    title: row.title,
    sender: { name: row.senderName, mail: row.senderMail },
    receivedAt: toIso(row.receivedAt),
    count,
    lastSeenAt: toIso(lastSeenAt),
    firing,
    snoozedUntil: iso(row.snoozedUntil),
    incident: row.incident,
    closedAs: row.closedAs,
    acknowledgedAt: iso(row.acknowledgedAt),
    sample: row.sample,
  };
}

async function whole(
  reading: Reading,
  { parameters, at, asOf, caller }: Asked,
): ReturnType<Views["signal"]> {
  const { store, handling } = reading;
  const when = asOf ?? at;
  const opened = await handling.subjects.openAsOf("signal", parameters.id ?? "", asOf);
  const signal = opened?.folded.state;
  const [row] = signal ? signalRows(signal) : [];
  if (!opened || !signal || !row) return missing("such signal");
  const owed = await owedBy(reading, opened);
  const [names, seen, rows, alike] = await Promise.all([
    recipientNames(reading, owed?.owed.map(({ recipient }) => recipient) ?? []),
    store.seen.of([signal.reference]),
    noticeRowsOf(reading, opened, asOf),
    alikeOf(reading, signal, at),
  ]);
  const shown = owed && {
    subject: opened.subject,
    policy: owed.policy,
    held: signal.held,
    names,
    at: when,
  };
  const obligations = shown ? owed.owed.map((one) => toObligation(one, shown)) : [];
  const reader = await readerOf(
    reading,
    owed?.policy,
    names,
    signalReplay(signal.reference, owed?.policy),
  );
  return ok({
    ...toRow(row, counted(signal, seen.get(signal.reference)), when),
    next: obligations.find(({ stoppedAt }) => stoppedAt === null) ?? null,
    version: opened.version,
    text: signal.text,
    fields: { ...signal.fields },
    files: filesThere(signal.files).map((file) => ({ ...file, at: toIso(file.at) })),
    hasReporter: hasReporter(signal),
    casePath: casePathOf(signal, caller),
    raw: null,
    obligations,
    timeline: [...timelineOf(opened.entries, reader).lines],
    notices: [...noticesOf(rows, opened.entries)],
    alike: [...alike],
    folded: { ...signal },
  });
}

/** None for whoever may not write: the page takes what is written there for the reporter's own. */
const casePathOf = ({ caseToken }: Signal, caller: Caller): string | null =>
  caseToken === undefined || readsOnly(caller) ? null : `/case/${caseToken}`;

function counted({ receivedAt }: Signal, seen: Seen | undefined): Counted {
  return {
    count: seen?.count ?? 1,
    lastSeenAt: seen?.lastAt ?? (receivedAt as Instant),
    firing: seen?.firing ?? null,
  };
}

/** What became of its notices: by the read table now, by the state for a past instant. */
export async function noticeRowsOf(
  { store }: Reading,
  { subject, folded }: Opened<"signal"> | Opened<"incident">,
  asOf: Instant | undefined,
) {
  if (asOf === undefined) return store.views.notices.ofSubject(subject);
  return noticeRows(folded.state.notices).map((row) => ({
    ...row,
    subject,
    standing: row.state === "requested" ? ("waiting" as const) : row.state,
  }));
}

/** Others with the longest words of this title: perhaps the same thing. */
async function alikeOf({ store }: Reading, { title, reference }: Signal, at: Instant) {
  const words = title.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 3);
  const q = words
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 2)
    .join(" ");
  if (q === "") return [];
  const found = await store.views.signals.list("all", q, at, { limit: ALIKE_MAX + 1 });
  if (!found.ok) return [];
  return found.value.items
    .filter(({ id }) => id !== reference)
    .slice(0, ALIKE_MAX)
    .map(({ id, title: other }) => ({ id, title: other }));
}

async function unreadableSignals(
  { store }: Reading,
  cursor: string | undefined,
  limit: number,
): ReturnType<Views["signals"]> {
  const before = cursor !== undefined && UUID.test(cursor) ? cursor : undefined;
  const [found, { unreadable }] = await Promise.all([
    store.raw.unreadables(limit + 1, before),
    store.raw.counts(),
  ]);
  const items = found.slice(0, limit);
  const next = found.length > limit ? (items.at(-1)?.id ?? null) : null;
  return ok({ items: items.map(unreadableRow), next, total: unreadable });
}

const unreadableRow = ({ id, source, receivedAt, problem }: Unreadable): SignalRow => ({
  id,
  channel: source,
  source,
  state: "unreadable",
  title: problem.message,
  sender: { name: null, mail: null },
  receivedAt: toIso(receivedAt),
  count: 1,
  lastSeenAt: toIso(receivedAt),
  firing: null,
  snoozedUntil: null,
  incident: null,
  closedAs: null,
  acknowledgedAt: null,
  next: null,
  sample: false,
});

async function unreadableSignal(
  { store }: Reading,
  { parameters }: Asked,
): ReturnType<Views["signal"]> {
  const id = parameters.id ?? "";
  const [body, [found]] = await Promise.all([
    store.raw.read(id),
    store.raw.unreadables(1, following(id)),
  ]);
  if (!body || found?.id !== id) return missing("such signal");
  const text = Buffer.from(body.body).subarray(0, RAW_SHOWN_BYTES_MAX).toString("utf8");
  return ok({
    ...unreadableRow(found),
    version: 0,
    text: found.problem.message,
    fields: {},
    files: [],
    hasReporter: false,
    casePath: null,
    raw: text,
    obligations: [],
    timeline: [],
    notices: [],
    alike: [],
    folded: {},
  });
}

/** The id right after this one: the list is asked for what stands before an id. */
const following = (id: string): string =>
  (BigInt(`0x${id.replaceAll("-", "")}`) + 1n).toString(16).padStart(32, "0");
