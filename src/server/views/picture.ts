/**
 * View of the running picture: everything that was sent, is held, failed or was acknowledged,
 * by what it is about or by whom it went to.
 *
 * What is written and has not left stands beside what went out, and whoever it is for is
 * listed although they were told nothing yet: on the first page, because there is no last
 * word to place them by.
 */

import type { ViewOf } from "../../api/view.ts";
import { RECIPIENT_KINDS, type RecipientKind } from "../../core/policy/situation.ts";
import { ok } from "../../core/problem.ts";
import { toIso } from "../../core/time/instant.ts";
import type { PictureBy, PictureRow } from "../../store/views/picture.ts";
import { iso } from "./owed.ts";
import { type Reading, recipientNames } from "./reading.ts";
import type { Views } from "./views.ts";

type Row = ViewOf<"running-picture">["items"][number];
type Query = {
  readonly by?: PictureBy;
  readonly incident?: string;
  readonly cursor?: string;
  readonly limit?: number;
};

/** More notices than are written at once. */
const DRAFTS_MAX = 200;

export const pictureViews = (reading: Reading): Pick<Views, "running-picture"> => ({
  async "running-picture"({ query }) {
    const { by = "party", incident, ...page } = query as Query;
    const subject = incident === undefined ? undefined : `incident/${incident}`;
    const [found, held] = await Promise.all([
      reading.store.views.picture.list({ by, subject }, page),
      heldBy(reading, by, subject),
    ]);
    if (!found.ok) return found;
    const { items, next, total } = found.value;
    const first = page.cursor === undefined ? await onlyHeld(reading, by, subject, held) : [];
    const names = await namesOf(reading, by, [...first, ...items.map(({ id }) => id)]);
    const toRow = (row: PictureRow | string): Row => {
      const id = typeof row === "string" ? row : row.id;
      const counts = typeof row === "string" ? NOTHING_SENT : sentOf(row);
      return { id, name: names.get(id) ?? id, held: held.get(id) ?? 0, ...counts };
    };
    return ok({ items: [...first, ...items].map(toRow), next, total: total + first.length });
  },
});

const NOTHING_SENT = {
  notices: 0,
  waiting: 0,
  accepted: 0,
  kept: 0,
  deferred: 0,
  failed: 0,
  opened: 0,
  acknowledged: 0,
  lastAt: null,
  lastAcknowledged: false,
  nextWordAt: null,
};

const sentOf = ({
  id: _,
  lastAt,
  nextWordAt,
  ...counts
}: PictureRow): Omit<Row, "id" | "name" | "held"> => ({
  ...counts,
  lastAt: toIso(lastAt),
  nextWordAt: iso(nextWordAt),
});

/** Letters that have not left, by incident or by recipient. */
async function heldBy(
  { store, handling }: Reading,
  by: PictureBy,
  subject: string | undefined,
): Promise<ReadonlyMap<string, number>> {
  const held = new Map<string, number>();
  const page = await store.views.noticeDrafts.list(
    { state: "open", subject },
    { limit: DRAFTS_MAX },
  );
  const drafts = page.ok ? page.value.items : [];
  const add = (id: string, count: number): unknown => held.set(id, (held.get(id) ?? 0) + count);
  for (const { subject: of, id, recipients } of drafts) {
    if (by === "incident") {
      add(of, recipients);
      continue;
    }
    const opened = await handling.subjects.open("incident", of.slice("incident/".length));
    for (const one of opened?.folded.state.drafts[id]?.recipients ?? []) add(one.id, 1);
  }
  return held;
}

/** Those of them who were sent nothing so far. */
async function onlyHeld(
  { store }: Reading,
  by: PictureBy,
  subject: string | undefined,
  held: ReadonlyMap<string, number>,
): Promise<readonly string[]> {
  const told = await store.views.picture.among({ by, subject }, [...held.keys()]);
  return [...held.keys()].filter((id) => !told.has(id)).slice(0, DRAFTS_MAX);
}

async function namesOf(
  reading: Reading,
  by: PictureBy,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (by === "party") {
    const names = await recipientNames(
      reading,
      ids.map((id) => ({ kind: kindOf(id), id })),
    );
    return new Map([...WELL_KNOWN, ...names]);
  }
  const found = await Promise.all(ids.map((id) => titleOf(reading, id)));
  return new Map(ids.map((id, index) => [id, found[index] ?? id]));
}

const WELL_KNOWN: readonly (readonly [string, string])[] = [
  ["public", "the public"],
  ["data-subjects", "the people concerned"],
];

async function titleOf({ store: { views } }: Reading, subject: string): Promise<string> {
  const [kind = "", id = ""] = subject.split("/", 2);
  const one = kind === "incident" ? await views.incidents.one(id) : undefined;
  const signal = kind === "signal" ? await views.signals.one(id) : undefined;
  return one?.title ?? signal?.title ?? id;
}

const kindOf = (recipient: string): RecipientKind =>
  RECIPIENT_KINDS.find((kind) => recipient.startsWith(`${kind}:`)) ?? "public";
