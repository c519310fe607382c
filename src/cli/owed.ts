/**
 * Owed: what is owed, what comes next, and why: `ls`, `next`, `why`.
 *
 * `ls` and `next` leave 4 where something is overdue, so that cron and CI can ask.
 */

import type { ObligationView } from "../api/view.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, parseInstant } from "../core/time/instant.ts";
import { reach, type Reached } from "./reach.ts";
import { answered, inline, refused, table } from "./say.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, complete, type Fill } from "./verb.ts";
import { addView, readBoth, rest, time } from "./view.ts";

type Owed = ObligationView & { readonly subjectTitle: string };

const isOverdue = ({ standing }: ObligationView): boolean => standing === "missed";

export const ls: Fill = (command, shell) => {
  addView(command, shell, {
    view: "obligations",
    example: "due ls --standing missed",
    after: ({ items }) => {
      if (items.some(isOverdue)) shell.exit = EXIT.overdue;
    },
    words: ({ items, total, next: more }, zone) =>
      items.length === 0
        ? ["Nothing is owed."]
        : [...owedTable(items, zone, shell), ...rest(items.length, total, more)],
  });
};

/** `20 h 43 min`, `3 d 4 h`. */
export function span(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  const hours = Math.floor((ms % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes > 0 ? `${minutes} min` : "less than a minute";
}

function remaining({ dueAt, standing, stoppedAt }: ObligationView, now: Instant): string {
  const due = dueAt === null ? undefined : parseInstant(dueAt);
  if (standing === "waived") return "waived";
  if (stoppedAt !== null) return standing === "met-late" ? "met, late" : "met";
  if (due === undefined) return "no fixed time";
  return due >= now ? `in ${span(due - now)}` : `${span(now - due)} OVERDUE`;
}

export const subjectId = (subject: string): string => subject.slice(subject.indexOf("/") + 1);

const toWhom = ({ recipient: { name, kind, id } }: ObligationView): string =>
  name ?? (kind === id ? kind : `${kind} ${id}`);

export const owedTable = (
  items: readonly ObligationView[],
  zone: string,
  shell: Shell,
): readonly string[] => {
  const now = shell.now();
  return table(
    [
      { head: "OF", cells: items.map(({ subject }) => subjectId(subject)) },
      {
        head: "DUE",
        cells: items.map(({ dueAt, word }) => (dueAt === null ? (word ?? "-") : time(dueAt, zone))),
      },
      { head: "", cells: items.map((item) => remaining(item, now)) },
      { head: "TO", cells: items.map(toWhom), isWide: true },
      { head: "WHAT", cells: items.map(({ id }) => id) },
    ],
    shell,
  );
};

export const next: Fill = (command, shell) => {
  complete(command, "due next || mail -s 'Something is overdue' lead@fennel.example").action(
    async (asked: Asked) => {
      const client = await reach(shell);
      if (!client.ok) return refused(shell, client.problems, asked);
      const [open, zone] = await readBoth<"obligations">(client.value, () =>
        client.value.read("obligations", {}, { standing: "open", limit: 200 }),
      );
      if (!open.ok) return refused(shell, open.problems, asked);
      const overdue = open.value.items.filter(isOverdue);
      const coming = open.value.items.find(({ standing }) => standing === "running") ?? null;
      if (overdue.length > 0) shell.exit = EXIT.overdue;
      answered(shell, ok({ next: coming, overdue }), asked, () =>
        nextWords(overdue, coming, zone, shell),
      );
    },
  );
};

const OVERDUE_SHOWN_MAX = 5;

function nextWords(
  overdue: readonly Owed[],
  coming: Owed | null,
  zone: string,
  { now, ink }: Shell,
): readonly string[] {
  const line = (owed: Owed): string =>
    `${inline(owed.says)} ${subjectId(owed.subject)}, to ${inline(toWhom(owed))}: due ${time(owed.dueAt, zone)}, ${remaining(owed, now())}.`;
  const more = overdue.length - OVERDUE_SHOWN_MAX;
  return [
    overdue.length === 0 ? "Nothing is overdue." : ink.alarm(`${overdue.length} overdue.`),
    ...overdue.slice(0, OVERDUE_SHOWN_MAX).map((owed) => `  ${line(owed)}`),
    ...(more > 0 ? [`  And ${more} more: due ls --standing missed`] : []),
    coming === null ? "Nothing else has a time." : `Next: ${line(coming)}`,
    ...(coming === null
      ? []
      : [ink.faint(`Why: due why ${coming.id} ${subjectId(coming.subject)}`)]),
  ];
}

export const why: Fill = (command, shell) => {
  complete(
    command
      .argument("<id>", "as `due ls` prints it under WHAT")
      .argument("[subject]", "the incident or signal, where several owe the same"),
    "due why mitigate-critical@us INC-7",
  ).action(async (id: string, of: string | undefined, asked: Asked) => {
    const client = await reach(shell);
    if (!client.ok) return refused(shell, client.problems, asked);
    const subject = await subjectOf(client.value, id, of);
    if (!subject.ok) return refused(shell, subject.problems, asked);
    const [found, zone] = await readBoth<"why">(client.value, () =>
      client.value.read("why", { id }, { subject: subject.value }),
    );
    answered(shell, found, asked, (reason) => [
      inline(reason.clauseSays),
      `To ${inline(toWhom(reason.obligation))}, of ${subjectId(reason.obligation.subject)}: ${reason.obligation.dueAt === null ? "without a fixed time" : `due ${time(reason.obligation.dueAt, zone)}, ${remaining(reason.obligation, shell.now())}`}.`,
      `It runs since ${time(reason.trigger.at, zone)}: ${inline(reason.trigger.says)}${reason.trigger.entry === null ? "" : ` (entry ${reason.trigger.entry})`}.`,
      ...reason.steps.map((step) => `  ${inline(step)}`),
      ...(reason.calendar === null ? [] : [`Calendar: ${inline(reason.calendar)}`]),
      ...(reason.raised === null ? [] : [inline(reason.raised)]),
      ...(reason.source === null ? [] : [`From: ${inline(reason.source)}`]),
      ...extension(reason.obligation, zone),
      ...reason.others.map(
        ({ governs, obligation }) =>
          `${governs ? "Governed by" : "Slack"}: ${inline(obligation.says)} ${obligation.dueAt === null ? "" : `Due ${time(obligation.dueAt, zone)}. `}(${obligation.id})`,
      ),
      inline(reason.metSays),
      ...reason.history
        .filter(({ struck }) => !struck)
        .map(({ at, byName, says }) => `${time(at, zone)} ${inline(byName)}: ${inline(says)}`),
    ]);
  });
};

function extension({ originalDueAt, disputedAt }: ObligationView, zone: string): string[] {
  return [
    ...(originalDueAt === null
      ? []
      : [`Our extension: originally due ${time(originalDueAt, zone)}.`]),
    ...(disputedAt === null ? [] : [`Disputed since ${time(disputedAt, zone)}; it runs on.`]),
  ];
}

/** The subject that owes `id`. Refuses with: obligation-unknown, several-obligations. */
export async function subjectOf(
  client: Reached,
  id: string,
  of: string | undefined,
): Promise<Result<string>> {
  if (of !== undefined) {
    if (of.includes("/")) return ok(of);
    return ok(`${of.startsWith("R-") ? "signal" : "incident"}/${of}`);
  }
  const subjects = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await client.read("obligations", {}, { standing: "all", limit: 200, cursor });
    if (!page.ok) return page;
    for (const owed of page.value.items) if (owed.id === id) subjects.add(owed.subject);
    cursor = page.value.next ?? undefined;
  } while (cursor !== undefined && subjects.size < 2);
  const [first, ...others] = subjects;
  if (first === undefined)
    return refuse("obligation-unknown", `Nothing here owes ${id}: \`due ls\` shows what is owed.`);
  if (others.length > 0)
    return refuse(
      "several-obligations",
      `Several owe ${id}: say which, like \`due why ${id} ${subjectId(first)}\`.`,
    );
  return ok(first);
}
