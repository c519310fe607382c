/**
 * Handover and break-glass: who holds what, what is due, what must not be forgotten and whom
 * to call, as text to read, to print or to keep. Both leave 4 where something is overdue.
 */

import type { ViewOf } from "../api/view.ts";
import { ok } from "../core/problem.ts";
import { formatBoth } from "../core/time/format.ts";
import { parseInstant } from "../core/time/instant.ts";
import { subjectId } from "./owed.ts";
import { reach } from "./reach.ts";
import { answered, inline, refused, table } from "./say.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, complete, type Fill } from "./verb.ts";
import { readBoth, time } from "./view.ts";

type Handed = ViewOf<"handover">;
type Incident = Handed["incidents"][number];

export const handover: Fill = (command, shell) =>
  printing(command, shell, "next", "due handover", handoverWords);

export const breakGlass: Fill = (command, shell) =>
  printing(command, shell, "all", "due break-glass > sheet.txt", glassWords);

function printing(
  command: Parameters<Fill>[0],
  shell: Shell,
  due: "next" | "all",
  example: string,
  words: (found: Handed, zone: string, shell: Shell) => readonly string[],
): void {
  complete(command, example).action(async (asked: Asked) => {
    const client = await reach(shell);
    if (!client.ok) return refused(shell, client.problems, asked);
    const [found, zone] = await readBoth<"handover">(client.value, () =>
      client.value.read("handover", {}, { due }),
    );
    if (!found.ok) return refused(shell, found.problems, asked);
    if (found.value.overdue > 0) shell.exit = EXIT.overdue;
    answered(shell, ok(found.value), asked, (value) => words(value, zone, shell));
  });
}

function handoverWords(found: Handed, zone: string, shell: Shell): readonly string[] {
  return [
    ...headWords("Handover", found, zone, shell),
    ...found.incidents.flatMap((one) => incidentWords(one, zone, shell)),
    ...besideWords(found, zone, shell),
    ...contactWords(found, shell),
  ];
}

function glassWords(found: Handed, zone: string, shell: Shell): readonly string[] {
  const { version, page } = found.policy;
  return [
    ...headWords("If the server is down", found, zone, shell),
    `Policy version ${version ?? "none"}: ${page}; a copy made by \`due site export\` lies where you serve it from.`,
    ...contactWords(found, shell),
    ...found.incidents.flatMap((one) => incidentWords(one, zone, shell)),
    ...besideWords(found, zone, shell),
    ...(found.documents.length === 0
      ? []
      : [
          "",
          shell.ink.strong("Contracts and accounts"),
          ...found.documents.map(({ party, document }) => `${inline(party)}: ${inline(document)}`),
        ]),
  ];
}

function headWords(title: string, found: Handed, zone: string, { ink }: Shell): readonly string[] {
  const { at, overdue, incidents, more } = found;
  const count = incidents.length + more;
  return [
    ink.strong(`${title}, as of ${both(at, zone)}`),
    `${count === 1 ? "1 incident is" : `${count} incidents are`} not closed${more > 0 ? ` (${more} are not listed)` : ""}.`,
    overdue === 0 ? "Nothing is overdue." : ink.alarm(`${overdue} overdue.`),
  ];
}

function incidentWords(incident: Incident, zone: string, shell: Shell): readonly string[] {
  const { id, title, severity, roles, due, open, taken, unforgotten, sample, drill } = incident;
  const marks = `${sample ? " (SAMPLE)" : ""}${drill ? " (DRILL)" : ""}`;
  return [
    "",
    shell.ink.strong(`${id} ${inline(title)}${marks}, ${severity?.name ?? "no severity"}`),
    ...roles
      .filter(({ outside }) => outside === null)
      .map(({ name, personName }) => `${inline(name)}: ${inline(personName ?? "nobody")}`),
    ...(due.length === 0 ? ["Nothing is open here."] : dueTable(due, taken, zone, shell)),
    ...(open > due.length ? [`And ${open - due.length} later: due inc show ${id}`] : []),
    ...unforgotten.map(
      ({ says, at }) => `Do not forget: ${inline(says)}${at === null ? "" : ` ${time(at, zone)}`}`,
    ),
  ];
}

const besideWords = ({ beside }: Handed, zone: string, shell: Shell): readonly string[] =>
  beside.length === 0
    ? []
    : ["", shell.ink.strong("Beside incidents"), ...dueTable(beside, [], zone, shell)];

function dueTable(
  due: readonly (Incident["due"][number] | Handed["beside"][number])[],
  taken: Incident["taken"],
  zone: string,
  shell: Shell,
): readonly string[] {
  return table(
    [
      {
        head: "DUE",
        cells: due.map(({ dueAt, word, standing }) =>
          dueAt === null
            ? (word ?? "no fixed time")
            : `${both(dueAt, zone)}${standing === "missed" ? " OVERDUE" : ""}`,
        ),
      },
      { head: "OF", cells: due.map(({ subject }) => subjectId(subject)) },
      {
        head: "IN HAND",
        cells: due.map(({ id }) => taken.find((one) => one.obligation === id)?.byName ?? "-"),
      },
      {
        head: "WHAT",
        cells: due.map((one) => {
          const { id, says, recipient } = one;
          const whole =
            recipient.name === null ? `${id}: ${says}` : `${id} (${recipient.name}): ${says}`;
          return "slack" in one && one.slack ? `slack, an earlier one governs: ${whole}` : whole;
        }),
        isWide: true,
      },
    ],
    shell,
  );
}

const contactWords = ({ contacts }: Handed, shell: Shell): readonly string[] => [
  "",
  shell.ink.strong("Whom to call"),
  ...table(
    [
      { head: "", cells: contacts.map(({ group }) => group) },
      { head: "NUMBER", cells: contacts.map(({ phone }) => phone ?? "-") },
      { head: "NAME", cells: contacts.map(({ name }) => name) },
      { head: "OF", cells: contacts.map(({ of }) => of), isWide: true },
      { head: "MAIL", cells: contacts.map(({ mail }) => mail ?? "-") },
    ],
    shell,
  ),
];

/** Ours and UTC: on paper nobody can ask for the other. */
function both(iso: string, zone: string): string {
  const at = parseInstant(iso);
  return at === undefined ? "-" : formatBoth(at, zone);
}
