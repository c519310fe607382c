/**
 * Ics: what is due as a calendar file, on standard output.
 *
 *   due ics > due.ics
 *
 * The same text as under a calendar address (Settings makes one, in a browser: a
 * token makes no credentials). For a calendar that is fed by hand or by cron.
 */

import { hash } from "node:crypto";
import type { ListedObligation } from "../api/view.ts";
import { type DueEvent, icalendar } from "../core/notice/icalendar.ts";
import { duePhrase } from "../core/notice/reminder.ts";
import { ok, type Result } from "../core/problem.ts";
import { type Instant, parseInstant } from "../core/time/instant.ts";
import { subjectId } from "./owed.ts";
import { reach, type Reached } from "./reach.ts";
import { answered, refused } from "./say.ts";
import { type Asked, complete, type Fill } from "./verb.ts";

const EVENTS_MAX = 1_000;

export const ics: Fill = (command, shell) => {
  complete(command, "due ics > due.ics").action(async (asked: Asked) => {
    const client = await reach(shell);
    if (!client.ok) return refused(shell, client.problems, asked);
    const owed = await dueFrom(client.value);
    if (!owed.ok) return refused(shell, owed.problems, asked);
    const text = icalendar(owed.value.map(toEvent));
    if (asked.json)
      return answered(shell, ok({ events: owed.value.length, text }), asked, () => []);
    // Its lines end as the format says; the last one's end is the terminal's own.
    shell.print(text.slice(0, -1));
  });
};

async function dueFrom(client: Reached): Promise<Result<readonly ListedObligation[]>> {
  const owed: ListedObligation[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.read("obligations", {}, { standing: "open", limit: 200, cursor });
    if (!page.ok) return page;
    owed.push(...page.value.items.filter(({ dueAt }) => dueAt !== null));
    cursor = page.value.next ?? undefined;
  } while (cursor !== undefined && owed.length < EVENTS_MAX);
  return ok(owed.slice(0, EVENTS_MAX));
}

function toEvent(owed: ListedObligation): DueEvent {
  const { id, subject, duty, recipient, startedAt, dueAt, standing, severity, drill } = owed;
  return {
    uid: hash("sha256", `${subject}\n${id}`, "hex").slice(0, 32),
    reference: subjectId(subject),
    severityRank: severity?.rank,
    what: duePhrase(duty, recipient.kind),
    startedAt: parseInstant(startedAt) as Instant,
    dueAt: parseInstant(dueAt ?? "") as Instant,
    isOverdue: standing === "missed",
    isDrill: drill,
  };
}
