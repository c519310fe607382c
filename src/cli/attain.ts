/** Attain: promise against record, as a table, as CSV or as JSON. */

import type { ViewOf } from "../api/view.ts";
import { isFormula, toCsvLine } from "../core/party/csv.ts";
import { inline, table } from "./say.ts";
import type { Shell } from "./shell.ts";
import type { Fill } from "./verb.ts";
import { addView } from "./view.ts";

type Attained = ViewOf<"attainment">;

export const attain: Fill = (command, shell) => {
  const verb = command
    .command("attain")
    .description("Say how each promise was kept, of everything that was due in a period.");
  verb.option("--csv", "as CSV, in which no cell is a formula");
  addView(verb, shell, {
    view: "attainment",
    example: "due ledger attain --from 2026-01-01 --to 2026-12-31",
    words: (found) => (verb.opts<{ csv?: boolean }>().csv ? csvOf(found) : lines(found, shell)),
  });
};

function lines({ from, to, zone, items, total }: Attained, shell: Shell): readonly string[] {
  if (items.length === 0) return [`Nothing was due from ${from} to ${to} (${zone}).`];
  const of = (name: "applied" | "met" | "metLate" | "missed" | "waived" | "running") =>
    [...items, total].map((one) => String(one[name]));
  return [
    `Due from ${from} to ${to} (${zone}), drills left out:`,
    ...table(
      [
        { head: "PROMISE", cells: [...items.map(nameOf), "all"] },
        { head: "DUE", cells: of("applied") },
        { head: "MET", cells: of("met") },
        { head: "LATE", cells: of("metLate") },
        { head: "MISSED", cells: of("missed") },
        { head: "WAIVED", cells: of("waived") },
        { head: "RUNNING", cells: of("running") },
        { head: "KEPT", cells: [...items, total].map(({ kept }) => share(kept)) },
        { head: "SAYS", cells: [...items.map(({ says }) => says), ""], isWide: true },
      ],
      shell,
    ),
  ];
}

const nameOf = ({ clause, partyName }: Attained["items"][number]): string =>
  inline(partyName === null ? clause : `${clause} (${partyName})`);

const share = (kept: number | null): string =>
  kept === null ? "-" : `${Math.floor(kept * 1_000) / 10} %`;

const COLUMNS = [
  "clause",
  "origin",
  "duty",
  "to",
  "partyName",
  "says",
  "applied",
  "met",
  "metLate",
  "missed",
  "waived",
  "running",
  "disputed",
  "extended",
  "kept",
] as const;

/** A cell that a table would take for a formula is a text there, behind an apostrophe. */
const csvOf = ({ items }: Attained): readonly string[] => [
  toCsvLine(COLUMNS),
  ...items.map((item) =>
    toCsvLine(
      COLUMNS.map((column) => {
        const text = String(item[column] ?? "");
        return isFormula(text) ? `'${text}` : text;
      }),
    ).trimEnd(),
  ),
];
