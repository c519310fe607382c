/**
 * Review draft: the review's beginning, made from the record and nothing else.
 *
 * No model writes it: promised against actual from the obligations, the story
 * from the key moments, both with absolute times and their zone. It names nobody;
 * a review that hunts for people finds nothing. What it cannot know (causes, what
 * to change) stands in the policy's own questions, which people answer.
 */

import type { ObligationView, TimelineLine } from "../../../api/view.ts";
import { formatDuration, formatInstant } from "../../../core/time/format.ts";
import { MINUTE_MS, parseInstant } from "../../../core/time/instant.ts";
import { owedName } from "../../../core/tape/name.ts";

export type Reviewed = {
  readonly reference: string;
  readonly severity: string | null;
  readonly policyVersion: number;
  readonly openedAt: string;
  readonly resolvedAt: string | null;
  readonly customers: readonly string[];
  readonly obligations: readonly ObligationView[];
  /** Key moments, oldest first. */
  readonly lines: readonly TimelineLine[];
};

/** The draft, as Markdown. */
export function reviewDraft(reviewed: Reviewed, zone: string): string {
  const { reference, lines } = reviewed;
  const told = lines.filter(({ struck }) => struck === null);
  return [
    `# Review of ${reference}`,
    summary(reviewed, zone),
    "## Promised and actual",
    promisedAndActual(reviewed.obligations, zone),
    "## What happened",
    told.length === 0
      ? "No moment is marked as key."
      : told
          .map(({ at, happenedAt, says }) => `- ${time(happenedAt ?? at, zone)}: ${plain(says)}`)
          .join("\n"),
    "## What we learned",
    "## What will change",
  ].join("\n\n");
}

/** One row for each promise that the incident started, soonest due first. */
export function promisedAndActual(owed: readonly ObligationView[], zone: string): string {
  if (owed.length === 0) return "Nothing was promised for such an incident.";
  const rows = [...owed]
    .sort((a, b) => (a.dueAt ?? "9").localeCompare(b.dueAt ?? "9") || a.id.localeCompare(b.id))
    .map((one) => [
      owedName(one.duty, one.recipient),
      time(one.startedAt, zone),
      promised(one, zone),
      one.stoppedAt === null ? "not done" : time(one.stoppedAt, zone),
      outcome(one),
      `\`${one.clause}\``,
    ]);
  const heads = ["Promise", "Counted from", "Due", "Done", "Outcome", "Clause"];
  return [heads, heads.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map(cell).join(" | ")} |`)
    .join("\n");
}

/** An extension of ours never hides what was promised first. */
const promised = ({ dueAt, originalDueAt, word }: ObligationView, zone: string): string =>
  dueAt === null
    ? (word ?? "not counted")
    : `${time(originalDueAt ?? dueAt, zone)}${originalDueAt === null ? "" : `, extended to ${time(dueAt, zone)}`}`;

function outcome({ dueAt, stoppedAt, standing }: ObligationView): string {
  const [due, stopped] = [instant(dueAt), instant(stoppedAt)];
  if (stopped === undefined) return standing === "missed" ? "missed" : "open";
  if (standing === "waived") return "waived: said not to apply";
  if (due === undefined) return "done";
  const apart = Math.floor(Math.abs(due - stopped) / MINUTE_MS) * MINUTE_MS;
  return standing !== "met-late"
    ? `kept, ${formatDuration(apart)} to spare`
    : `late by ${formatDuration(apart)}`;
}

function summary(reviewed: Reviewed, zone: string): string {
  const { severity, policyVersion, openedAt, resolvedAt, customers } = reviewed;
  return [
    `Severity ${severity ?? "never set"}, under version ${policyVersion} of the policy.`,
    `Opened ${time(openedAt, zone)}, ${resolvedAt === null ? "not resolved" : `resolved ${time(resolvedAt, zone)}`}.`,
    customers.length === 0
      ? "No customer is recorded as touched."
      : `Touched: ${customers.map(plain).join(", ")}.`,
  ].join(" ");
}

const time = (iso: string, zone: string): string => {
  const at = instant(iso);
  return at === undefined ? iso : formatInstant(at, zone);
};

const instant = (iso: string | null) => (iso === null ? undefined : parseInstant(iso));

/** One line, whatever was written. */
const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
const cell = (text: string): string => plain(text).replaceAll("|", "\\|");
