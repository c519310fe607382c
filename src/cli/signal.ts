/** Signal: its verbs, and how one looks on a terminal. */

import type { SignalRow, ViewOf } from "../api/view.ts";
import { timelineWords } from "./incident.ts";
import { owedTable } from "./owed.ts";
import { inline, table, visible } from "./say.ts";
import { addGroup } from "./send.ts";
import type { Shell } from "./shell.ts";
import type { Fill } from "./verb.ts";
import { addView, rest, time } from "./view.ts";

export const signal: Fill = (command, shell) => {
  addView(command.command("ls").description("List signals, newest first."), shell, {
    view: "signals",
    example: "due signal ls --state open",
    words: ({ items, total, next }, zone) =>
      items.length === 0
        ? ["No signals."]
        : [...signalTable(items, zone, shell), ...rest(items.length, total, next)],
  });
  addView(command.command("show").description("Show one, whole."), shell, {
    view: "signal",
    example: "due signal show R-7QK4-M2",
    words: (found, zone) => signalWords(found, zone, shell),
  });
  addGroup(command, shell, "signal");
};

const signalTable = (items: readonly SignalRow[], zone: string, shell: Shell): readonly string[] =>
  table(
    [
      { head: "ID", cells: items.map(({ id }) => id) },
      { head: "STATE", cells: items.map(({ state }) => state) },
      { head: "CAME", cells: items.map(({ receivedAt }) => time(receivedAt, zone)) },
      { head: "BY", cells: items.map(({ channel }) => channel) },
      { head: "TIMES", cells: items.map(({ count }) => String(count)) },
      {
        head: "TITLE",
        cells: items.map(({ title, sample }) => (sample ? `SAMPLE ${title}` : title)),
        isWide: true,
      },
    ],
    shell,
  );

function signalWords(found: ViewOf<"signal">, zone: string, shell: Shell): readonly string[] {
  const { id, title, state, sender, receivedAt, obligations } = found;
  const open = obligations.filter(({ stoppedAt }) => stoppedAt === null);
  const from = [sender.name, sender.mail].filter((part) => part !== null).map(inline);
  return [
    shell.ink.strong(`${id} ${inline(title)}`),
    `${state}; came ${time(receivedAt, zone)} by ${found.channel}${from.length === 0 ? "" : `, from ${from.join(", ")}`}; ${found.count} ${found.count === 1 ? "time" : "times"}; at version ${found.version}.`,
    ...(found.incident === null ? [] : [`Incident: ${found.incident}.`]),
    ...(found.closedAs === null ? [] : [`Closed as ${found.closedAs}.`]),
    ...(found.text === "" ? [] : ["", visible(found.text), ""]),
    ...Object.entries(found.fields).map(([name, value]) => `${inline(name)}: ${inline(value)}`),
    ...(found.alike.length === 0 ? [] : [`Alike: ${found.alike.map((one) => one.id).join(", ")}.`]),
    ...found.timeline.flatMap((line) => timelineWords(line, zone)),
    ...(open.length === 0 ? [] : ["", ...owedTable(open, zone, shell)]),
  ];
}
