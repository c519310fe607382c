/**
 * Digest: what somebody of the team is mailed when they ask for it: each Monday how the week
 * stands, overdue first; on the first of a month their own remediations. At eight, in the zone
 * that they named.
 *
 * Once for each period, whenever the worker looks and however often it was started: what was
 * reached stands in the record. A period that began before they asked is not sent. A mail may
 * be read by anyone: no title, no name of a party, no number but those of links.
 */

import {
  keepNotice,
  type NoticeEvent,
  type NoticeState,
  type RecordDelivery,
  recordDelivery,
} from "../notice/notice.ts";
import type { Held } from "../notice/ladder.ts";
import { ok, refuse, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import { type Day, toDateText, weekdayIndex } from "../time/day.ts";
import { formatBoth } from "../time/format.ts";
import type { Instant } from "../time/instant.ts";
import { atTime, localDay } from "../time/zone.ts";
import { isZoneName, zoneProblem } from "../time/zone-name.ts";

export const DIGESTS = ["weekly", "remediations"] as const;
export type DigestKind = (typeof DIGESTS)[number];

export type DigestChosen = {
  readonly type: "DigestChosen";
  readonly account: string;
  readonly weekly: boolean;
  readonly remediations: boolean;
  readonly zone: string;
};
/** Sent, or passed by because there was nothing to say. */
export type DigestReached = {
  readonly type: "DigestReached";
  readonly account: string;
  readonly digest: DigestKind;
  /** `2026-W47` or `2026-11`. */
  readonly period: string;
};
export type DigestEvent = DigestChosen | DigestReached | NoticeEvent;

export type ChooseDigest = Omit<DigestChosen, "type"> & { readonly type: "ChooseDigest" };
/** Sent by the worker; nobody types it. */
export type SendDigest = {
  readonly type: "SendDigest";
  readonly account: string;
  readonly digest: DigestKind;
  readonly period: string;
  /** Absent where there is nothing to say. */
  readonly letter?: { readonly subject: string; readonly body: string };
};
export type DigestCommand = ChooseDigest | SendDigest | RecordDelivery;

export type DigestState = {
  weekly: boolean;
  remediations: boolean;
  zone: string;
  chosenAt: Instant;
  readonly reached: Partial<Record<DigestKind, string>>;
};

/** The part of access that is about digests. */
export type Digests = {
  digests: Record<string, DigestState>;
  notices: Record<string, NoticeState>;
  moments: Record<string, Instant>;
  held: Record<string, Held>;
};

export const noDigests = (): Digests => ({ digests: {}, notices: {}, moments: {}, held: {} });

type Whose = Digests & {
  readonly accounts: Readonly<
    Record<string, { readonly name: string; readonly mail: string; readonly removed: boolean }>
  >;
};

const AT_MINUTES = 8 * 60;

/** The period that has begun last in `zone`, and since when. */
export function periodAt(
  digest: DigestKind,
  zone: string,
  now: Instant,
): { readonly period: string; readonly at: Instant } {
  const today = localDay(now, zone);
  const first = digest === "weekly" ? today - weekdayIndex(today) : monthStart(today);
  const begun = atTime(first, AT_MINUTES, zone);
  const day =
    begun <= now ? first : digest === "weekly" ? first - WEEK_DAYS : monthStart(first - 1);
  const period = digest === "weekly" ? weekOf(day) : toDateText(day).slice(0, 7);
  return { period, at: atTime(day, AT_MINUTES, zone) };
}

const WEEK_DAYS = 7;
const monthStart = (day: Day): Day => day - Number(toDateText(day).slice(8)) + 1;

/** `2026-W47` of a Monday: a week is of the year that its Thursday is in (ISO 8601). */
function weekOf(monday: Day): string {
  const thursday = monday + 3;
  const year = toDateText(thursday).slice(0, 4);
  const firstDay = Date.parse(`${year}-01-01T00:00:00Z`) / (24 * 60 * 60 * 1000);
  const week = Math.floor((thursday - firstDay) / WEEK_DAYS) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** Which digests have come for whom, and were neither sent nor passed by. */
export const digestsDue = (access: Whose, now: Instant) =>
  Object.entries(access.digests).flatMap(([account, chosen]) =>
    access.accounts[account]?.removed === false
      ? DIGESTS.flatMap((digest) => {
          if (!chosen[digest]) return [];
          const { period, at } = periodAt(digest, chosen.zone, now);
          const isNew = at > chosen.chosenAt && (chosen.reached[digest] ?? "") < period;
          return isNew ? [{ account, digest, period, zone: chosen.zone }] : [];
        })
      : [],
  );

/** Refuses with `account-unknown`, `zone-unknown`, and as recordDelivery does. */
export function decideDigest(
  access: Whose,
  command: DigestCommand,
): Result<readonly DigestEvent[]> {
  if (command.type === "RecordDelivery")
    return recordDelivery(access, command, { to: [], link: "", mark: "" });
  const { account } = command;
  const person = access.accounts[account];
  if (!person || person.removed)
    return refuse("account-unknown", "There is no such account.", "/account");
  if (command.type === "ChooseDigest") {
    const { weekly, remediations, zone } = command;
    if (!isZoneName(zone)) return { ok: false, problems: [zoneProblem(zone, "/zone")] };
    return ok([{ type: "DigestChosen", account, weekly, remediations, zone }]);
  }
  const { digest, period, letter } = command;
  const chosen = access.digests[account];
  // Twice, by two workers or after a restart, is once.
  if (!chosen?.[digest] || (chosen.reached[digest] ?? "") >= period) return ok([]);
  const reached = { type: "DigestReached", account, digest, period } as const;
  if (letter === undefined) return ok([reached]);
  return ok([
    reached,
    {
      type: "PageRequested",
      page: `digest:${account}:${period}`,
      rung: "digest",
      obligation: "digest",
      to: [{ name: person.name, mail: person.mail }],
      ...letter,
    },
  ]);
}

const EVENTS: readonly string[] = [
  "DigestChosen",
  "DigestReached",
  "NoticeRequested",
  "PageRequested",
  "Delivered",
  "DeliveryDeferred",
  "DeliveryFailed",
  "DeliveryReported",
] satisfies readonly DigestEvent["type"][];
export const isDigestEvent = (event: { readonly type: string }): event is DigestEvent =>
  EVENTS.includes(event.type);

/** Keeps who asked for what, and how far it was sent. */
export function keepDigest(access: Digests, recorded: Recorded<DigestEvent>): void {
  const { event, at } = recorded;
  switch (event.type) {
    case "DigestChosen": {
      const { weekly, remediations, zone } = event;
      const reached = access.digests[event.account]?.reached ?? {};
      access.digests[event.account] = { weekly, remediations, zone, chosenAt: at, reached };
      return;
    }
    case "DigestReached": {
      const held = access.digests[event.account];
      if (held) held.reached[event.digest] = event.period;
      return;
    }
    default:
      keepNotice(access, { ...recorded, event });
  }
}

/** One line of a digest. */
export type DigestLine = { readonly at: Instant; readonly says: string };

/** Each Monday: what is overdue, then what is due within the week. */
export function weeklyLetter(
  period: string,
  given: {
    readonly overdue: readonly DigestLine[];
    readonly due: readonly DigestLine[];
    /** How many there are, where the lists are cut. */
    readonly counts: { readonly overdue: number; readonly due: number };
    readonly zone: string;
    readonly url: string;
  },
): { readonly subject: string; readonly body: string } {
  const { overdue, due, counts, zone, url } = given;
  const subject = `Week ${Number(period.slice(-2))}: ${counts.overdue} overdue, ${counts.due} due`;
  const parts = [
    `${subject}.`,
    ...(overdue.length === 0 ? [] : [`OVERDUE\n${linesOf(overdue, counts.overdue, zone)}`]),
    ...(due.length === 0 ? [] : [`DUE WITHIN THE WEEK\n${linesOf(due, counts.due, zone)}`]),
    `${url}/app/due`,
    STOP,
  ];
  return { subject, body: `${parts.join("\n\n")}\n` };
}

/** On the first of a month: one's own remediations; nothing where there are none. */
export function remediationsLetter(
  items: readonly { readonly targetOn: string; readonly link: string }[],
  today: string,
): { readonly subject: string; readonly body: string } | undefined {
  if (items.length === 0) return undefined;
  const late = items.filter(({ targetOn }) => targetOn < today).length;
  const subject = `Your remediations: ${late} overdue, ${items.length} open`;
  const sorted = items.toSorted((a, b) => (a.targetOn < b.targetOn ? -1 : 1));
  const lines = sorted.map(
    ({ targetOn, link }) => `${targetOn < today ? "OVERDUE since" : "by"} ${targetOn}: ${link}`,
  );
  return { subject, body: `${[`${subject}.`, lines.join("\n"), STOP].join("\n\n")}\n` };
}

const STOP = "You asked for this mail; Settings, You ends it.";
const LINES_MAX = 50;

function linesOf(lines: readonly DigestLine[], count: number, zone: string): string {
  const shown = lines.slice(0, LINES_MAX).map(({ at, says }) => `${formatBoth(at, zone)}: ${says}`);
  const more = count - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
}
