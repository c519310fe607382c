/** Incident: its verbs, and how one looks on a terminal. */

import type { TimelineLine, ViewOf } from "../api/view.ts";
import { owedTable } from "./owed.ts";
import { inline, table, visible } from "./say.ts";
import { addGroup } from "./send.ts";
import type { Shell } from "./shell.ts";
import { addTouch } from "./touch.ts";
import type { Fill } from "./verb.ts";
import { addView, rest, time } from "./view.ts";

export const incident: Fill = (command, shell) => {
  addView(command.command("ls").description("List incidents, newest first."), shell, {
    view: "incidents",
    example: "due inc ls --state open",
    words: ({ items, total, next }, zone) =>
      items.length === 0
        ? ["No incidents."]
        : [...incidentTable(items, zone, shell), ...rest(items.length, total, next)],
  });
  addView(command.command("show").description("Show one: its state and what it owes."), shell, {
    view: "incident",
    example: "due inc show INC-7",
    words: (found, zone) => incidentWords(found, zone, shell),
  });
  addView(command.command("timeline").description("Print its timeline."), shell, {
    view: "timeline",
    example: "due inc timeline INC-7 --only key",
    words: ({ items, from, total }, zone) => [
      ...items.flatMap((line) => timelineWords(line, zone)),
      ...(from + items.length < total
        ? [`${total - from - items.length} more: --from ${from + items.length}`]
        : []),
    ],
  });
  addTouch(command, shell);
  addGroup(command, shell, "incident");
};

type Row = ViewOf<"incidents">["items"][number];

const incidentTable = (items: readonly Row[], zone: string, shell: Shell): readonly string[] =>
  table(
    [
      { head: "ID", cells: items.map(({ id }) => id) },
      { head: "SEVERITY", cells: items.map(({ severity }) => severity?.name ?? "not set") },
      { head: "STATE", cells: items.map(({ state, phases }) => phases[0]?.name ?? state) },
      { head: "NEXT DUE", cells: items.map(({ next }) => time(next?.dueAt ?? null, zone)) },
      { head: "MISSED", cells: items.map(({ missed }) => String(missed)) },
      {
        head: "TITLE",
        cells: items.map(({ title, sample }) => (sample ? `SAMPLE ${title}` : title)),
        isWide: true,
      },
    ],
    shell,
  );

function incidentWords(found: ViewOf<"incident">, zone: string, shell: Shell): readonly string[] {
  const { id, title, severity, state, phases, openedAt, sample } = found;
  const phase = phases.map(({ name }) => name).join(", ");
  const open = found.obligations.filter(({ stoppedAt }) => stoppedAt === null);
  return [
    shell.ink.strong(`${id} ${inline(title)}${sample ? " (SAMPLE)" : ""}`),
    `${severity?.name ?? "No severity"}, ${state}${phase === "" ? "" : `, in ${phase}`}; opened ${time(openedAt, zone)}; at version ${found.version}, under policy version ${found.policyVersion}.`,
    inline(found.nextSays),
    ...(found.customers.length === 0
      ? []
      : [`Affected: ${found.customers.map(({ name }) => inline(name)).join(", ")}.`]),
    ...(found.signals.length === 0
      ? []
      : [
          `Signals: ${found.signals.map((signal) => `${signal.id} ${inline(signal.title)}`).join("; ")}.`,
        ]),
    ...(open.length === 0 ? ["Nothing is owed."] : ["", ...owedTable(open, zone, shell)]),
  ];
}

export function timelineWords(line: TimelineLine, zone: string): readonly string[] {
  const struck =
    line.struck === null
      ? ""
      : ` (struck by ${inline(line.struck.byName)}: ${inline(line.struck.reason)})`;
  const written = line.happenedAt === null ? "" : ` (written ${time(line.at, zone)})`;
  // A short line is its own sentence; only what says more stands below it.
  const isSaid = line.text === null || line.says.includes(line.text.trim());
  const text = isSaid
    ? []
    : visible(line.text ?? "")
        .split("\n")
        .map((one) => `      ${one}`);
  return [
    `${String(line.version).padStart(4)}${line.key ? "*" : " "} ${time(line.happenedAt ?? line.at, zone)}  ${inline(line.byName)}: ${inline(line.says)}${struck}${written}`,
    ...text,
    ...line.clocks.map(
      ({ change, says, dueAt }) =>
        `      clock ${change}: ${inline(says)}${dueAt === null ? "" : `, due ${time(dueAt, zone)}`}`,
    ),
    ...(line.moreClocks > 0 ? [`      and ${line.moreClocks} more clocks`] : []),
  ];
}
