/**
 * Replays: a draft over every recorded incident and signal, a page at a time, asked over HTTP.
 *
 * A page reads what is recorded and answers; a client that wants all of it asks page after
 * page, and can stop. Only those who may read incidents may ask.
 */

import type { z } from "zod";
import { replayInput, type ReplayPage, type ReplayCounts } from "../../api/replay.ts";
import type { PinnedPolicy } from "../../core/context.ts";
import type { IncidentEvent } from "../../core/incident/incident.ts";
import { type Move, owedIn } from "../../core/policy/moves.ts";
import { moveWords } from "../../core/policy/moves-words.ts";
import type { Standing } from "../../core/policy/obligations.ts";
import { ok, refuse, type Result } from "../../core/problem.ts";
import type { Recorded } from "../../core/recorded.ts";
import { replayIncident, type Replayed, replaySignal } from "../../core/replay.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Question } from "../asking.ts";
import { iso } from "../views/owed.ts";
import { chosen } from "./differences.ts";
import { authorityName } from "../regimes.ts";
import { missing, type Reading, recipientNames } from "../views/reading.ts";

type Asked = z.infer<typeof replayInput>;
type Item = ReplayPage["items"][number];
type Ground = Pick<Reading, "store" | "handling">;

const PAGE = 50;

export const replays = (reading: Ground): Question<typeof replayInput> => ({
  as: "incidents",
  input: replayInput,
  async answer(asked, _, now) {
    const target = await targetOf(reading, asked);
    if (!target.ok) return target;
    const stretch = await stretchOf(reading, asked, now);
    if (!stretch.ok) return stretch;
    const { zone } = await reading.handling.installation();
    const pages = { reading, target: target.value, now, zone, severity: asked.severity };
    const items: Item[] = [];
    const found: Move[] = [];
    for (const subject of stretch.value.subjects) {
      const replayed = await replayOne(subject, pages);
      if (replayed === undefined) continue;
      found.push(...replayed.moves);
      if (replayed.item.moves.length + replayed.item.unknown.length > 0) items.push(replayed.item);
    }
    return ok<ReplayPage>({
      items,
      replayed: stretch.value.subjects.length,
      total: stretch.value.total,
      counts: countsOf(found),
      next: stretch.value.next,
    });
  },
});

function targetOf({ handling }: Ground, { text, version }: Asked): Promise<Result<PinnedPolicy>> {
  if ((text === undefined) === (version === undefined)) {
    const message = "Give one of the two: the text of a policy, or the number of a version.";
    return Promise.resolve(refuse("missing-field", message, "/text"));
  }
  const choice = text === undefined ? { version: version as number } : { text };
  return chosen(handling, choice, "");
}

type Stretch = {
  readonly subjects: readonly { readonly kind: "incident" | "signal"; readonly id: string }[];
  readonly total: number;
  readonly next: string | null;
};

/** Incidents first, then signals; `i` and `s` of a cursor say where it stands. */
async function stretchOf({ store }: Ground, asked: Asked, now: Instant): Promise<Result<Stretch>> {
  const { incidents, signals } = store.views;
  if (asked.incident !== undefined) {
    const one = await incidents.one(asked.incident);
    if (one === undefined) return missing("such incident");
    return ok({ subjects: [{ kind: "incident", id: one.id }], total: 1, next: null });
  }
  const [where = "i", place = ""] = (asked.cursor ?? "i").split(/:(.*)/s);
  const isIncidents = where === "i";
  const page = { limit: asked.limit ?? PAGE, ...(place === "" ? {} : { cursor: place }) };
  const first = { limit: 1 };
  const [one, other] = await Promise.all([
    incidents.list({ state: "all" }, isIncidents ? page : first),
    signals.list("all", undefined, now, isIncidents ? first : page),
  ]);
  if (!one.ok) return one;
  if (!other.ok) return other;
  const total = one.value.total + other.value.total;
  const { items, next } = isIncidents ? one.value : other.value;
  const after = isIncidents
    ? next === null
      ? other.value.total === 0
        ? null
        : "s:"
      : `i:${next}`
    : next === null
      ? null
      : `s:${next}`;
  const kind = isIncidents ? ("incident" as const) : ("signal" as const);
  return ok({ subjects: items.map(({ id }) => ({ kind, id })), total, next: after });
}

type Page = {
  readonly reading: Ground;
  readonly target: PinnedPolicy;
  readonly now: Instant;
  readonly zone: string;
  readonly severity: string | undefined;
};

async function replayOne(
  { kind, id }: Stretch["subjects"][number],
  page: Page,
): Promise<{ readonly item: Item; readonly moves: readonly Move[] } | undefined> {
  const { reading, target, now, severity } = page;
  const { subjects, world } = reading.handling;
  if (kind === "signal") {
    const [opened, pinned] = await Promise.all([
      subjects.open("signal", id),
      world.policies.current(),
    ]);
    if (!opened || !pinned || opened.folded.state.withdrawn) return undefined;
    const { title } = opened.folded.state;
    const replayed = replaySignal(opened.folded.state, { pinned, target, now });
    return itemOf({ subject: `signal/${id}`, title, drill: false, pinned }, replayed, page);
  }
  const opened = await subjects.open("incident", id);
  if (!opened || opened.folded.state.withdrawn) return undefined;
  const { policy, title, drill } = opened.folded.state;
  const pinned = await world.policies.byHash(policy.hash);
  if (!pinned) return undefined;
  const entries = opened.entries as readonly Recorded<IncidentEvent>[];
  const replayed = replayIncident(id, entries, { pinned, target, now, severity });
  return itemOf({ subject: `incident/${id}`, title, drill, pinned }, replayed, page);
}

type Head = {
  readonly subject: string;
  readonly title: string;
  readonly drill: boolean;
  readonly pinned: PinnedPolicy;
};

async function itemOf(
  { subject, title, drill, pinned }: Head,
  { moves, unknown }: Replayed,
  { reading, zone }: Page,
): Promise<{ readonly item: Item; readonly moves: readonly Move[] }> {
  const recipients = moves.map((move) => owedIn(move).recipient);
  const names = await recipientNames(reading, recipients);
  return {
    moves,
    item: {
      subject,
      title,
      policyVersion: pinned.version,
      drill,
      moves: moves.map((move) => toMove(move, names, zone)),
      unknown: [...unknown],
    },
  };
}

function toMove(
  move: Move,
  names: ReadonlyMap<string, string>,
  zone: string,
): Item["moves"][number] {
  const { clause, recipient } = owedIn(move);
  const name = names.get(recipient.id) ?? clause.law?.recipient ?? authorityName(recipient.id);
  const side = (counted: Move["was"]) =>
    counted === undefined
      ? null
      : {
          obligation: counted.obligation.id,
          clause: counted.obligation.clause.id,
          dueAt: iso(counted.obligation.dueAt),
          standing: counted.standing,
        };
  return {
    kind: move.kind,
    duty: clause.duty,
    recipient: { kind: recipient.kind, id: recipient.id, name: name ?? null },
    says: moveWords(move, name, zone),
    was: side(move.was),
    is: side(move.is),
  };
}

const LATE: readonly (Standing | undefined)[] = ["missed", "met-late"];

function countsOf(moves: readonly Move[]): ReplayCounts {
  const of = (kind: Move["kind"]): number => moves.filter((move) => move.kind === kind).length;
  const turned = (from: boolean): number =>
    moves.filter(
      ({ was, is }) =>
        LATE.includes(was?.standing) === from && LATE.includes(is?.standing) === !from,
    ).length;
  return {
    later: of("later"),
    earlier: of("earlier"),
    appears: of("appears"),
    vanishes: of("vanishes"),
    changes: of("changes"),
    missed: turned(false),
    kept: turned(true),
  };
}
