/**
 * Report: what a verification found, for programs and in words for people.
 *
 * `ok` is one answer: nothing in the file contradicts its signatures, its
 * checkpoints, its own order or the disclosed values. Problems make it false;
 * notes are worth knowing and break nothing (a clock was set back). The words
 * never soften: what is missing without an erasure entry is called broken.
 */

import type { Scope } from "./export.ts";

/** Problems and notes kept in full; more are only counted. */
export const FINDINGS_MAX = 100;

export type Finding = {
  /** Kebab-case, stable. */
  readonly code: string;
  /** One sentence, for a person. */
  readonly message: string;
  /** Line of the file, from 1. */
  readonly line?: number;
  /** Entry, from 0. */
  readonly seq?: number;
};

export type FieldCounts = {
  /** Disclosed, and fits its commitment. */
  readonly matches: number;
  /** Gone, and an erasure entry says so. */
  readonly erased: number;
  /** Not shown to this reader. */
  readonly withheld: number;
  /** Does not fit, or is missing without an erasure entry. */
  readonly broken: number;
};

export type Report = {
  readonly ok: boolean;
  readonly origin?: string;
  readonly scope?: Scope;
  /** ms since 1970, as the file says. */
  readonly exportedAt?: number;
  /** Keys named in the header, as vkeys. */
  readonly keys: readonly string[];
  /** Whether the keys were given from outside; otherwise they are the file's own word. */
  readonly keysGiven: boolean;
  /** Entries found. */
  readonly size: number;
  /** Root of their tree, base64. */
  readonly root: string;
  readonly subjects: number;
  /** Entries by type, in order of first appearance. */
  readonly types: Readonly<Record<string, number>>;
  /** Entries of which the file holds only the leaf hash. */
  readonly entriesWithheld: number;
  readonly fields: FieldCounts;
  /** Those of the file that fit; `size` is the largest of them. */
  readonly checkpoints: { readonly verified: number; readonly size: number };
  /** Those handed in from outside that fit; `size` is the largest of them. */
  readonly held: { readonly verified: number; readonly size: number };
  readonly problems: readonly Finding[];
  /** All problems, those beyond FINDINGS_MAX too. */
  readonly problemCount: number;
  readonly notes: readonly Finding[];
  readonly noteCount: number;
  /** The first bad entry is one of these, both counted from 0; absent when no entry is to blame. */
  readonly firstBad?: { readonly from: number; readonly to: number };
};

/** The report in sentences, most important first. */
export function reportWords(report: Report): string[] {
  return [
    verdict(report),
    ...report.problems.map(place),
    ...beyond(report.problemCount - report.problems.length, "problem"),
    ...firstBad(report),
    extent(report),
    coverage(report),
    ...held(report),
    fields(report.fields),
    trust(report),
    ...report.notes.map((note) => `Note: ${place(note)}`),
    ...beyond(report.noteCount - report.notes.length, "note"),
  ];
}

const verdict = ({ ok, problemCount, checkpoints, held: { verified } }: Report): string =>
  ok
    ? checkpoints.verified === 0 && verified === 0
      ? "It holds as a file: nothing was changed since it was exported. No checkpoint says what it held before."
      : "It holds: nothing was changed, removed, added or moved since it was signed."
    : `It does not hold: ${counted(problemCount, "problem")}.`;

function place({ message, line, seq }: Finding): string {
  const where = [
    ...(seq === undefined ? [] : [`entry ${seq}`]),
    ...(line === undefined ? [] : [`line ${line}`]),
  ].join(", ");
  return where === "" ? message : `${message} (${where})`;
}

const beyond = (count: number, noun: string): string[] =>
  count > 0 ? [`And ${counted(count, `more ${noun}`)}.`] : [];

function firstBad({ firstBad: bad }: Report): string[] {
  if (bad === undefined) return [];
  if (bad.from === bad.to) return [`The first bad entry is ${bad.from}.`];
  return [`The first bad entry is one of ${bad.from} to ${bad.to}.`];
}

function extent({ origin, size, root, subjects, entriesWithheld }: Report): string {
  const ledger = origin === undefined ? "a ledger without a name" : origin;
  const hidden =
    entriesWithheld === 0 ? "" : `, ${counted(entriesWithheld, "entry")} of it as a hash only`;
  return `${counted(size, "entry")} of ${ledger} about ${counted(subjects, "subject")}${hidden}; root ${root}.`;
}

function coverage({ checkpoints: { verified, size: covered }, size }: Report): string {
  if (verified === 0) return "No signed checkpoint fits: only the file's last line vouches for it.";
  const rest = size - covered;
  const after = rest <= 0 ? "" : `; for the ${rest} after it only the file's last line vouches`;
  return `${counted(verified, "signed checkpoint")} of the file fit, the largest over ${covered} entries${after}.`;
}

const held = ({ held: { verified, size } }: Report): string[] =>
  verified === 0
    ? []
    : [`${counted(verified, "checkpoint")} that you hold fit, the largest over ${size} entries.`];

const fields = ({ matches, erased, withheld, broken }: FieldCounts): string =>
  `Withheld texts: ${matches} shown and matching, ${erased} erased (an entry says so), ` +
  `${withheld} not shown to you, ${broken} broken.`;

const trust = ({ keysGiven, keys }: Report): string =>
  keysGiven
    ? "The keys are among those you gave."
    : `The keys are the file's own word. Compare them with what you were given elsewhere: ${keys.join(" ")}`;

const counted = (count: number, noun: string): string => {
  const plural = noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count} ${count === 1 ? noun : plural}`;
};
