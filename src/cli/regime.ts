/**
 * Regime: the law as data, from the shell: what there is, one of them in full, and whether
 * a file of it can be read.
 */

import { parseRegimes } from "../core/law/parse-regimes.ts";
import type { LawClause, Regime } from "../core/law/regime.ts";
import { changesBetween, type LawChange } from "../core/law/release-changes.ts";
import { type Release, releaseOf, releaseText } from "../core/law/release.ts";
import { withinWords } from "../core/law/words.ts";
import { parseDay } from "../core/time/day.ts";
import { readDocument } from "./document.ts";
import { refused, table, visible } from "./say.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, type Fill, subVerb } from "./verb.ts";

export const regime: Fill = (command, shell) => {
  subVerb(command, "list", "List every regime, and whether it is in force.", "due regime list")
    .option("--place <place>", "only those of a place: EU, UK, US-CA")
    .action(async ({ json, place }: Asked & { readonly place?: string }) => {
      const all = (await law()).filter(
        ({ jurisdiction, place: own }) =>
          place === undefined || own === place || jurisdiction.startsWith(place),
      );
      if (json) return shell.print(JSON.stringify({ items: all }, null, 2));
      for (const line of listed(all, shell)) shell.print(line);
    });
  subVerb(
    command,
    "show <id>",
    "Show one: whom it binds, what it asks by when, and its source.",
    "due regime show gdpr-33-1",
  ).action(async (id: string, { json }: Asked) => {
    const found = (await law()).find((one) => one.id === id);
    if (found === undefined) {
      const message = `There is no regime ${id}: due regime list names them.`;
      return refused(shell, [{ code: "regime-unknown", message }], json ? { json } : {});
    }
    if (json) return shell.print(JSON.stringify(found, null, 2));
    for (const line of shown(found, shell)) shell.print(line);
  });
  subVerb(
    command,
    "check <file>",
    "Say everything that is wrong with a file of regimes.",
    "due regime check regimes/eu.yaml",
  ).action(async (file: string, { json }: Asked) => {
    const text = await readDocument(file);
    const parsed = text.ok ? parseRegimes(text.value) : text;
    if (!parsed.ok) {
      refused(shell, parsed.problems, json ? { json } : {});
      shell.exit = EXIT.failed;
      return;
    }
    const { regimes, asOf } = parsed.value;
    if (json) return shell.print(JSON.stringify({ findings: [], regimes: regimes.length, asOf }));
    shell.print(`${regimes.length} regimes as of ${asOf}: all can be read.`);
  });
  subVerb(
    command,
    "changes [range]",
    "Say what changed between two releases of the law's data, stage by stage.",
    "due regime changes 2026-11-21..data",
  ).action(async (range: string | undefined, { json }: Asked) => {
    const { releasesNamed } = await import("../server/regimes.ts");
    const named = releasesNamed(range);
    if (!named.ok) return refused(shell, named.problems, json ? { json } : {});
    const [from, to] = named.value;
    const changes = changesBetween(from, to);
    const of = ({ release, hash }: Release) => ({ release, hash });
    if (json) return shell.print(JSON.stringify({ from: of(from), to: of(to), changes }, null, 2));
    for (const line of changed(from, to, changes, shell)) shell.print(line);
  });
  subVerb(
    command,
    "snapshot <date>",
    "Print the law's data as the release of a date, to be kept in regimes/releases.",
    "due regime snapshot 2026-11-21 > regimes/releases/2026-11-21.json",
  ).action(async (date: string, { json: _ }: Asked) => {
    if (parseDay(date) === undefined) {
      const message = `"${date}" is no date: write YYYY-MM-DD, the day of the release.`;
      return refused(shell, [{ code: "release-unknown", message }]);
    }
    shell.print(releaseText(releaseOf(date, await law())).trimEnd());
  });
};

function changed(
  from: Release,
  to: Release,
  changes: readonly LawChange[],
  { ink }: Shell,
): readonly string[] {
  const moving = changes.filter(({ movesDue }) => movesDue);
  const rest = changes.filter(({ movesDue }) => !movesDue);
  const part = (title: string, list: readonly LawChange[]): readonly string[] =>
    list.length === 0 ? [] : [ink.strong(title), ...list.map(({ says }) => `- ${says}`)];
  return [
    `From ${from.release} (${from.hash.slice(0, 12)}) to ${to.release} (${to.hash.slice(0, 12)})`,
    ...(changes.length === 0 ? ["Nothing changed."] : []),
    ...part("May be due at another time", moving),
    ...part("Moves no deadline", rest),
  ].map(visible);
}

const law = async (): Promise<readonly Regime[]> =>
  (await import("../server/regimes.ts")).regimes();

const listed = (all: readonly Regime[], shell: Shell): readonly string[] => [
  ...table(
    [
      { head: "ID", cells: all.map(({ id }) => id) },
      { head: "WHERE", cells: all.map(({ jurisdiction }) => jurisdiction) },
      { head: "STATE", cells: all.map(stateOf) },
      { head: "CHECKED", cells: all.map(({ verified, checked }) => `${verified} ${checked}`) },
      { head: "NAME", cells: all.map(({ name }) => name), isWide: true },
    ],
    shell,
  ),
  `${all.length} regimes. P: checked against the official text, S: a secondary source, U: not yet.`,
];

const stateOf = ({ status, inForceFrom }: Regime): string =>
  inForceFrom === undefined ? status : `${status} from ${inForceFrom}`;

function shown(one: Regime, { ink }: Shell): readonly string[] {
  return [
    ink.strong(`${one.id}  ${one.name}`),
    `${one.jurisdiction}, ${stateOf(one)}`,
    `Source: ${one.cite}${one.url ? ` <${one.url}>` : ""}`,
    `Verified ${one.verified}, checked ${one.checked}. Not legal advice.`,
    `Binds: ${one.who.join("; ")}`,
    ...(one.wording ? [`Trigger: ${one.wording}`] : []),
    ...(one.test ? [`Test: ${one.test}`] : []),
    ...list("Threshold", one.thresholds),
    ...list("Exception", one.exceptions),
    ...list("Note", one.notes),
    ...(one.watch ? [`Watch: ${one.watch}`] : []),
    // Variants of a stage that differ only in when they apply read the same.
    ...new Set(one.clauses.map((clause) => clauseLines(clause).join("\n"))),
  ].map(visible);
}

const clauseLines = (clause: LawClause): readonly string[] => [
  `- ${clause.id}: ${clause.duty} to ${clause.recipientName ?? clause.recipient}, ${withinWords(clause)}`,
  ...(clause.threshold ? [`    only ${clause.threshold.says}`] : []),
  ...(clause.contents ? [`    contents: ${clause.contents.join("; ")}`] : []),
  ...(clause.note ? [`    ${clause.note}`] : []),
];

const list = (word: string, texts: readonly string[] | undefined): readonly string[] =>
  (texts ?? []).map((text) => `${word}: ${text}`);
