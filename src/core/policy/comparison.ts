/**
 * Comparison: what changed from one text of the policy to another, for everybody who reads it.
 * The public page and the studio print the same.
 *
 * Promises first, each by its words, which are made from what the clock counts; then the text,
 * section by section; then the names of what else is otherwise. What is not for everybody is
 * said in a sentence, with the fingerprints that show it.
 */

import type { Policy } from "./policy.ts";
import { plainWords, proseBlocks } from "./prose/blocks.ts";
import { proseMarked, proseWhole } from "./prose/marked.ts";
import { escapeHtml } from "./prose/section-html.ts";
import { clauseSentence, targetLabel } from "./sentence.ts";
import { markedWords } from "./word-marks.ts";

/** So many parts changed, as HTML; empty where none did. */
export type Compared = { readonly count: number; readonly html: string };

export type Comparison = {
  readonly promises: Compared;
  readonly sections: Compared;
  /** What is neither a promise nor text, by its name in words. */
  readonly others: readonly string[];
};

type Options = {
  /** The page of the newer text, where its promises have their anchors. */
  readonly at?: string;
  /** Of the heading that stands above both. */
  readonly level: number;
};

export const comparison = (before: Policy, after: Policy, options: Options): Comparison => ({
  promises: promises(before, after, options),
  sections: sections(before, after, options),
  others: OTHERS.flatMap(([key, name]) =>
    JSON.stringify(before[key]) === JSON.stringify(after[key]) ? [] : [name],
  ),
});

/** Each of the newer by its id with its elder, in the newer's order; what is gone comes last. */
function byId<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]) {
  const [old, kept] = [new Map(before.map((one) => [one.id, one])), new Set<string>()];
  const pairs = after.map((is) => {
    kept.add(is.id);
    return { was: old.get(is.id), is: is as T | undefined };
  });
  const gone = before.filter(({ id }) => !kept.has(id));
  return [...pairs, ...gone.map((was) => ({ was: was as T | undefined, is: undefined }))];
}

const toCompared = (parts: readonly string[]): Compared => {
  const changed = parts.filter((part) => part !== "");
  return { count: changed.length, html: changed.join("") };
};

const NEW = ' <span class="came">new</span>';
const GONE = ' <span class="went">taken out</span>';
const labelOf = (was: unknown, is: unknown): string =>
  was === undefined ? NEW : is === undefined ? GONE : "";

function promises(before: Policy, after: Policy, { at }: Options): Compared {
  const parts = byId(before.clauses, after.clauses).map(({ was, is }) => {
    const [then, now] = [was && promiseText(was, before), is && promiseText(is, after)];
    if (then === now) return "";
    const id = escapeHtml((is ?? was)?.id ?? "");
    const name = at !== undefined && is ? `<a href="${escapeHtml(at)}#${id}">${id}</a>` : id;
    const words = [then, now].map((text) => (text === undefined ? undefined : plainWords(text)));
    return `<div class="change"><p class="of"><code>${name}</code>${labelOf(was, is)}</p><p class="says">${markedWords(words[0], words[1])}</p></div>`;
  });
  return toCompared(parts);
}

/** The target stands before a sentence of its own, which may not say it. */
function promiseText(clause: Policy["clauses"][number], policy: Policy): string {
  const sentence = clauseSentence(clause, policy);
  return clause.says === undefined ? sentence : `${targetLabel(clause)}. ${sentence}`;
}

type Section = Policy["sections"][number];
type Body = { readonly html: string } | undefined;

function sections(before: Policy, after: Policy, { level }: Options): Compared {
  const blocks = (section: Section, policy: Policy) =>
    "text" in section ? proseBlocks(section.text, policy, level + 1) : [];
  const bodyOf = (was: Section | undefined, is: Section | undefined): Body => {
    if (was && is && "text" in was && "text" in is)
      return textChange(blocks(was, before), blocks(is, after));
    if (is && "text" in is) return shown(said(was, is), "ins", blocks(is, after));
    if (!is && was && "text" in was) return shown("", "del", blocks(was, before));
    if (was && is && isAlike(was, is)) return undefined;
    return { html: said(was, is) + fingerprints(was, is) };
  };
  const parts = byId(before.sections, after.sections).map(({ was, is }) => {
    const body = bodyOf(was, is);
    const [old, now] = [was?.title, is?.title];
    if (!body && (old === now || !was || !is)) return "";
    const title =
      old === undefined || now === undefined
        ? escapeHtml(now ?? old ?? "")
        : markedWords(plainWords(old), plainWords(now));
    const heading = `<h${level + 1}>${title}${labelOf(was, is)}</h${level + 1}>`;
    return `<section class="change prose">${heading}${body?.html ?? ""}</section>`;
  });
  return toCompared(parts);
}

type Blocks = ReturnType<typeof proseBlocks>;

function textChange(was: Blocks, is: Blocks): Body {
  const isAlike = was.length === is.length && was.every(({ key }, at) => key === is[at]?.key);
  if (isAlike && proseWhole(was) === proseWhole(is)) return undefined;
  const { html, isOtherwise } = proseMarked(was, is);
  return isOtherwise
    ? { html }
    : { html: "<p>Its words are the same; only how they are set changed.</p>" };
}

/** A whole text that came or went is not marked word by word. */
const shown = (says: string, tag: "ins" | "del", blocks: Blocks): Body => ({
  html: `${says}<${tag} class="whole">${proseWhole(blocks)}</${tag}>`,
});

type Hidden = Extract<Section, { digest: string }>;

const isAlike = (was: Section, is: Section): boolean =>
  was.audience === is.audience && digestOf(was) === digestOf(is) && fileOf(was) === fileOf(is);

const digestOf = (section: Section | undefined): string | undefined =>
  section && "digest" in section ? section.digest : undefined;
const fileOf = (section: Section): string | undefined =>
  "file" in section ? section.file : undefined;

const ASK = "Customers under a non-disclosure agreement can ask for a link to it.";
const FOR: Readonly<Record<Section["audience"], string>> = {
  public: "for everybody",
  nda: "under NDA",
  internal: "for the team alone",
};

/** What may be said of a section whose text one side of the comparison does not hold. */
function said(was: Section | undefined, is: Section | undefined): string {
  const sentences = [...standing(was, is), ...(is?.audience === "nda" ? [ASK] : [])];
  return sentences.length === 0 ? "" : `<p class="note-of">${sentences.join(" ")}</p>`;
}

function standing(was: Section | undefined, is: Section | undefined): readonly string[] {
  if (!is) return [`It was ${FOR[(was as Section).audience]}.`];
  if (!was) return is.audience === "public" ? [] : [`It is ${FOR[is.audience]}.`];
  if ("text" in was)
    return [
      `This was for everybody and is now ${FOR[is.audience]}. The earlier version still shows what it said.`,
    ];
  if ("text" in is) return [`This was ${FOR[was.audience]} and is now for everybody.`];
  return hiddenTwice(was, is);
}

function hiddenTwice(was: Hidden, is: Hidden): readonly string[] {
  const isOther = was.digest !== is.digest;
  if (was.audience !== is.audience)
    return [
      `This was ${FOR[was.audience]} and is now ${FOR[is.audience]}.`,
      isOther ? "Its text changed too." : "Its text is the same.",
    ];
  const where = is.audience === "nda" ? "Under NDA" : "For the team alone";
  return [
    isOther
      ? `${where}: its text changed in this version.`
      : `${where}: its text is the same, and the file that holds it has another name.`,
  ];
}

/** Whoever holds the text can see that it is the one that was meant. */
function fingerprints(was: Section | undefined, is: Section | undefined): string {
  const [before, now] = [digestOf(was), digestOf(is)];
  const lines = [
    ...(before === undefined || before === now ? [] : [["Before", before]]),
    ...(now === undefined ? [] : [[before === undefined || before === now ? "It" : "Now", now]]),
  ];
  if (lines.length === 0) return "";
  const rows = lines.map(([name, digest]) => `<dt>${name}</dt><dd><code>${digest}</code></dd>`);
  const many = lines.length === 1 ? "Fingerprint" : "Fingerprints";
  return `<details><summary>${many} of its text</summary><dl>${rows.join("")}</dl></details>`;
}

/** In the order of the page. */
const OTHERS: readonly (readonly [key: keyof Policy, name: string])[] = [
  ["title", "the title"],
  ["organisation", "whose policy it is"],
  ["owner", "who answers for it"],
  ["cadence", "when it is looked at again"],
  ["publicRecord", "whether the record is public"],
  ["reporting", "how to report something"],
  ["calendar", "the calendar that counts"],
  ["calendars", "the calendars"],
  ["severities", "the severities"],
  ["questions", "the questions that find the severity"],
  ["otherwise", "the severity where no question is answered yes"],
  ["priorities", "the operational priorities"],
  ["phases", "the phases"],
  ["gates", "the gates"],
  ["review", "the review"],
  ["decision", "the questions of the decision to notify"],
  ["roles", "the roles"],
  ["channels", "the channels in"],
  ["facts", "the vocabulary of facts"],
  ["stages", "the stages of a customer"],
  ["elements", "what a notice can contain"],
  ["mitigations", "the kinds of mitigation"],
  ["providers", "the providers"],
];
