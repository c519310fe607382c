/**
 * Seat record: what a seat reads of an incident, gathered once, so that the page shows one
 * version of it. What was recorded while it was gathered is left out.
 */

import type { TimelineLine, ViewOf } from "../api/view.ts";
import type { Incident } from "../core/incident/state.ts";
import { withoutOwnPage } from "../core/notice/letter.ts";
import type { Policy } from "../core/policy/policy.ts";
import { type SeatOpening, seatOver } from "../core/seat.ts";
import type { Caller } from "../server/access-port.ts";
import type { Public } from "./place.ts";
import type { Seated } from "./seat.tsx";

/** On one page; more are on the next. */
export const LINES_MAX = 1_000;
const LINES_AT_ONCE = 500;
const LISTED_MAX = 200;

type Letter = {
  readonly id: string;
  readonly at: number;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
};

export type RecordRead = {
  readonly incident: ViewOf<"incident">;
  readonly state: Incident;
  readonly policy: Policy | undefined;
  readonly lines: readonly TimelineLine[];
  readonly from: number;
  readonly total: number;
  readonly packs: readonly ViewOf<"filing">[];
  readonly letters: readonly Letter[];
  readonly opened: readonly SeatOpening[];
  /** Whether this seat is asked for a review now. */
  readonly asked: boolean;
};

export type ListRead = {
  readonly items: ViewOf<"incidents">["items"];
  readonly total: number;
  readonly version: number;
  readonly opened: readonly SeatOpening[];
};

/** A seat asks as itself: it has no role, and what it may read is this file's to say. */
const callerOf = ({ seat }: Seated): Caller => ({
  by: `seat/${seat.id}`,
  scopes: new Set(["read"]),
  through: "token",
  credential: "",
});

export async function readList(place: Public, seated: Seated): Promise<ListRead> {
  const { version, seats } = await place.handling.installation();
  const asked = { parameters: {}, at: place.now(), asOf: undefined, caller: callerOf(seated) };
  const list = await place.views?.incidents({ ...asked, query: { limit: LISTED_MAX } });
  const own = seats?.given.find(({ id }) => id === seated.seat.id);
  const { items, total } = list?.ok ? list.value : { items: [], total: 0 };
  return { items, total, version, opened: own?.opened ?? [] };
}

export async function readRecord(
  place: Public,
  seated: Seated,
  id: string,
  from: number,
): Promise<RecordRead | undefined> {
  const { views } = place;
  const shared = { at: place.now(), asOf: undefined, caller: callerOf(seated) };
  const asked = { ...shared, parameters: { id }, query: {} };
  const incident = await views?.incident(asked);
  if (!views || !incident?.ok) return undefined;
  const { version, folded, policyHash } = incident.value;
  const state = folded as unknown as Incident;
  const first = Number.isSafeInteger(from) && from > 0 ? from : 0;
  const window = await linesFrom(place, asked, first, version);
  const [filings, pinned, opened] = await Promise.all([
    views.filings(asked),
    place.handling.world.policies.byHash(policyHash),
    place.handling.subjects.open("incident", id),
  ]);
  const stages = filings.ok ? filings.value.items : [];
  const packs = await Promise.all(
    stages
      .filter(({ filed, standing }) => filed > 0 || standing !== null)
      .map(({ regime, stage }) => views.filing({ ...asked, parameters: { id, regime, stage } })),
  );
  const { seat, wide } = seated;
  const own = wide
    ? (state.seats?.visits ?? []).filter((visit) => visit.seat === seat.id)
    : (state.seats?.given.find((one) => one.id === seat.id)?.opened ?? []);
  return {
    incident: incident.value,
    state,
    policy: pinned?.policy,
    ...window,
    packs: packs.flatMap((pack) => (pack.ok ? [pack.value] : [])),
    letters: (opened?.entries ?? []).flatMap(({ event, at, version: number }): Letter[] =>
      event.type === "NoticeRequested" && event.kind === "notice" && number <= version
        ? [
            {
              id: event.notice,
              at,
              to: event.to.name ?? event.to.mail,
              subject: event.subject,
              body: withoutOwnPage(event.body),
            },
          ]
        : [],
    ),
    opened: own,
    asked:
      !wide &&
      seat.review === true &&
      !seatOver(seat, shared.at) &&
      state.decisions.at(-1)?.awaits === "counsel",
  };
}

async function linesFrom(
  { views }: Public,
  asked: Parameters<NonNullable<Public["views"]>["timeline"]>[0],
  from: number,
  version: number,
): Promise<Pick<RecordRead, "lines" | "from" | "total">> {
  const lines: TimelineLine[] = [];
  let total = 0;
  for (let next = from; lines.length < LINES_MAX; next += LINES_AT_ONCE) {
    const query = { from: next, limit: LINES_AT_ONCE, only: "everything" };
    const page = await views?.timeline({ ...asked, query });
    if (!page?.ok) break;
    total = page.value.total;
    lines.push(...page.value.items.filter((line) => line.version <= version));
    if (next + LINES_AT_ONCE >= total) break;
  }
  return { lines: lines.slice(0, LINES_MAX), from, total };
}
