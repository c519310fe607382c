/**
 * The page to keep: every open deadline as an absolute time, and whom to call.
 *
 * For the day on which the server cannot be reached, so nothing in it needs the server. It is
 * a mail all the same, and may be read by anyone: what is owed is said by its kind, never to
 * whom by name, and nobody is named but the team and those whom the policy itself names.
 */

import type { Person } from "../context.ts";
import type { Obligation } from "../policy/obligations.ts";
import { overdueAt } from "../policy/obligations.ts";
import { formatBoth, formatShortDate, formatTime } from "../time/format.ts";
import type { Instant } from "../time/instant.ts";
import type { PageRequested } from "./notice.ts";
import { owedInWords } from "./reminder.ts";

/** Somebody to call: a name, what they are for, and how they are reached. */
export type Callable = {
  readonly name: string;
  readonly is: string;
  /** Telephone first. */
  readonly reach: readonly string[];
};

export type ToKeep = {
  /** The page's id, unique within its subject. */
  readonly page: string;
  readonly to: readonly Person[];
  /** Open, with an instant; soonest first. */
  readonly owed: readonly Obligation[];
  readonly call: readonly Callable[];
  /** Said before everything else: who handed what over. */
  readonly first?: string;
  readonly link: string;
  readonly mark: string;
};

/** What a page lists at most; ten thousand notices due at once are one line. */
const LINES_MAX = 60;

export function deadlinesPage(
  { page, to, owed, call, first, link, mark }: ToKeep,
  { at, zone }: { readonly at: Instant; readonly zone: string },
): PageRequested {
  const lines = linesOf(owed, at, zone);
  const more = lines.length - LINES_MAX;
  const shown = more > 0 ? [...lines.slice(0, LINES_MAX), `and ${more} later ones`] : lines;
  const parts = [
    `${mark}Open deadlines as of ${formatBoth(at, zone)}. Keep this mail: it says what is due and whom to call while the server cannot be reached.`,
    ...(first === undefined ? [] : [first]),
    shown.length === 0 ? "Nothing with a time is open." : `DUE\n${shown.join("\n")}`,
    ...(call.length === 0 ? [] : [`WHOM TO CALL\n${call.map(callLine).join("\n")}`]),
    link,
  ];
  return {
    type: "PageRequested",
    page,
    rung: "deadlines",
    obligation: "deadlines",
    to: to.map(({ name, mail }) => ({ name, mail })),
    subject: `${mark}Open deadlines as of ${formatShortDate(at, zone)}, ${formatTime(at, zone)} (keep this mail)`,
    body: `${parts.join("\n\n")}\n`,
  };
}

/** One line for all that is the same and due at the same instant. */
function linesOf(owed: readonly Obligation[], at: Instant, zone: string): readonly string[] {
  const counted = new Map<string, number>();
  for (const obligation of owed) {
    const { dueAt } = obligation;
    if (dueAt === undefined) continue;
    const late = at >= (overdueAt(obligation) ?? Infinity) ? "OVERDUE since " : "";
    const line = `${late}${formatBoth(dueAt, zone)}: ${owedInWords(obligation)}`;
    counted.set(line, (counted.get(line) ?? 0) + 1);
  }
  return [...counted].map(([line, count]) => (count === 1 ? line : `${line}, ${count} times`));
}

const callLine = ({ name, is, reach }: Callable): string => [`${is}: ${name}`, ...reach].join(", ");
