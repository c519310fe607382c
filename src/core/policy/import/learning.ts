/**
 * What a notice contains, how it is decided whether to notify, what must be so before
 * a fix counts or an incident is closed, and what a review answers.
 */

import { counted, entriesAfter, sentencesUnder } from "./lists.ts";
import type { Block } from "./outline.ts";
import { severitiesIn, type SeverityRead } from "./severities.ts";
import { slice, type Words } from "./words.ts";

export type ElementRead = { readonly id: string; readonly words: Words };

const ELEMENTS: readonly (readonly [string, RegExp])[] = [
  [
    "next-update",
    /further updates?|next (?:update|word)|timing of|expected timing|when (?:we|you) will|follow-?up communication/i,
  ],
  ["contact", /contact/i],
  [
    "what-you-should-do",
    /(?:recommend|should|could|can|advise)\w*\b[^.]*(?:take|do|protect|customer|you)|recommended|steps you|protective/i,
  ],
  [
    "what-we-did",
    /(?:actions?|steps|measures?)\b[^.]*(?:taken|we|remediat|contain|mitigat)|what we (?:did|have done|are doing)|how we/i,
  ],
  ["what-data", /\bdata\b|categories|information (?:affected|involved|exposed)|records/i],
  ["what-happened", /what happened|nature|summary|description|scope|circumstances|overview/i],
  ["when-it-happened", /date|time(?:line|frame)?|when it|period/i],
  ["consequences", /consequence|impact|risk|effect/i],
  ["cause", /cause/i],
];

/** The required contents of a notice, from a list or from one sentence. */
export function readElements(blocks: readonly Block[]): readonly ElementRead[] {
  const listed = entriesAfter(
    blocks,
    (text, title) =>
      /\b(?:notif\w*|notices?|communications?|message|disclosure)\b[^.]{0,60}\b(?:contains?|includes?|will (?:include|contain)|covers?|describes?|states?)\b/i.test(
        text.slice(-220),
      ) ||
      (/what (?:a|the|our) (?:notif\w*|notice)|contents? of/i.test(title) &&
        !/\bwe notify\b/i.test(text)),
  );
  const words = listed.length > 0 ? listed : inSentence(blocks);
  const taken = new Set<string>();
  return words.map((one, i) => {
    const id =
      ELEMENTS.find(([name, pattern]) => !taken.has(name) && pattern.test(one.text))?.[0] ??
      `element-${i + 1}`;
    taken.add(id);
    return { id, words: one };
  });
}

function inSentence(blocks: readonly Block[]): readonly Words[] {
  for (const { words } of sentencesUnder(blocks)) {
    const lead =
      /\b(?:notif\w*|notices?|e-?mails?|communications?|messages?)\b[^.]{0,80}?\b(?:includes?|contains?|(?:will|shall|must) (?:include|contain|describe|state)|covers?|describes?|says?)\b(?:,? (?:to the extent known|where (?:known|possible)|at (?:a minimum|least)|as far as known)),?|\b(?:notif\w*|notices?)\b[^.]{0,80}?\b(?:includes?|contains?|(?:will|shall|must) (?:include|contain|describe|state)|describes?)\b:?/i.exec(
        words.text,
      );
    if (lead === null) continue;
    const parts = counted(words, lead.index + lead[0].length);
    if (parts.length >= 2) return parts;
  }
  return [];
}

/** What an entry names, without what it says of it, and without its examples. */
function condition(words: Words): Words {
  const end = words.text.search(/\s+[—–]\s+|\s*\((?:e\.g|for example|such as)/i);
  return end < 12 ? words : slice(words, 0, end);
}

/** When customers are told: the entries below "We notify … when". */
export const readDecision = (blocks: readonly Block[]): readonly Words[] =>
  entriesAfter(
    blocks,
    (text) =>
      /\b(?:notif\w*|inform|tell)\b[^.]{0,80}\b(?:when|if|where|following)\b[^.]{0,60}:?$/i.test(
        text.slice(-200),
      ) && /:$|true|following|when$|if$/i.test(text),
  ).map(condition);

export type Learning = {
  readonly severities: readonly string[];
  readonly words: Words | undefined;
  readonly questions: readonly Words[];
};

const REVIEW =
  /\bpost-?mortem|\bpost-?incident|\bblameless|\bretrospective|\blessons[- ]learned|\bincident review|\broot[- ]cause analysis|\breview(?:s|ed)?\b/i;

/** A review that is held, and not one that is named in passing. */
const HELD =
  /\b(?:post-?mortem|post-?incident \w+|retrospective|blameless \w+|lessons[- ]learned|root[- ]cause analysis)\b[^.]{0,60}\b(?:is|are|will be|follows?)\b|\b(?:we|run|hold|conduct|write|produce|complete|perform|reviewed)\b[^.]{0,60}\b(?:post-?mortem|post-?incident|retrospective|blameless|lessons|root[- ]cause)/i;

export function readReview(
  blocks: readonly Block[],
  severities: readonly SeverityRead[],
): Learning {
  let named: readonly string[] = [];
  let said: Words | undefined;
  let inline: readonly Words[] = [];
  for (const { words, title } of sentencesUnder(blocks)) {
    const about =
      REVIEW.test(words.text) &&
      (/post|blameless|incident|lesson|retro|learn/i.test(title) || HELD.test(words.text));
    if (!about) continue;
    const ids = severitiesIn(words.text, severities);
    const isSome = ids.length > 0 && ids.length < severities.length;
    if (isSome && named.length === 0) [named, said] = [ids, words];
    if (HELD.test(words.text)) said ??= words;
    const lead =
      /\breviews?\b[^.]{0,30}\b(?:captures?|covers?|includes?|documents?|answers?|records?)|\b(?:post-?mortem|write up|report|retrospective)\b[^.]{0,30}\b(?:documents?|covers?|captures?|includes?|contains?)|\bwrite up/i.exec(
        words.text,
      );
    if (lead && inline.length === 0) {
      const parts = counted(words, lead.index + lead[0].length);
      if (parts.length >= 2) inline = parts;
    }
  }
  const listed = entriesAfter(blocks, (text) =>
    /\b(?:reviews?|post-?mortems?|retrospectives?)\b[^.]{0,40}\b(?:covers?|includes?|captures?|documents?|answers?|contains?|addresses?)\b[^.]{0,30}:?$/i.test(
      text.slice(-160),
    ),
  );
  return { severities: named, words: said, questions: listed.length > 0 ? listed : inline };
}

export type GateRead = {
  readonly words: Words;
  readonly second: boolean;
  readonly remediated: boolean;
};

const gate = (words: Words): GateRead => ({
  words,
  second:
    /\bsecond (?:engineer|person|reviewer|pair)|\banother (?:engineer|person)|\bpeer[- ]review|\btwo[- ]person|\bfour[- ]eyes/i.test(
      words.text,
    ),
  remediated: /\b(?:remediation|action|follow-?up|corrective)[- ](?:items?|actions?)/i.test(
    words.text,
  ),
});

export const readFixGates = (blocks: readonly Block[]): readonly GateRead[] =>
  entriesAfter(blocks, (text) =>
    /\b(?:fix(?:es)?|patch(?:es)?|release)\b[^.]{0,60}\b(?:lands?|ships?|merged|requires?|behind|must|goes? through|needs?|gated?)\b[^.]{0,30}:$/i.test(
      text.slice(-160),
    ),
  ).map(gate);

export function readCloseGates(blocks: readonly Block[]): readonly GateRead[] {
  const found: GateRead[] = [];
  for (const { words } of sentencesUnder(blocks))
    if (
      /\bnot\b[^.]{0,20}\bclosed?\b[^.]{0,20}\b(?:until|before|unless)\b|\bclosed? only (?:when|after|once|if)\b|\bremains? open until\b/i.test(
        words.text,
      ) &&
      words.text.length <= 300
    )
      found.push(gate(words));
  return found;
}

const VERB_LIST =
  /^(?:revoke|disable|roll|take|rotate|block|isolate|feature-?flag|deploy|shut|patch|limit|reset|quarantine|remove|pull|switch|turn|suspend|restrict)\b/i;

/** Kinds of control: what brackets or a list of acts name. */
export function readMitigations(blocks: readonly Block[]): readonly Words[] {
  for (const { words } of sentencesUnder(blocks)) {
    const open = /\b(?:mitigation|control|workaround)\b[^.()]{0,40}\(/i.exec(words.text);
    const close = open ? words.text.indexOf(")", open.index) : -1;
    if (open && close > 0) {
      const inside = { text: words.text.slice(0, close), spots: words.spots };
      const parts = counted(inside, open.index + open[0].length).filter(
        ({ text }) => text.length <= 80,
      );
      if (parts.length >= 2) return parts;
    }
  }
  for (const { words } of sentencesUnder(blocks)) {
    const lead =
      /^(?:Examples?:|e\.g\.|For example,?|Such as)\s*/i.exec(words.text)?.[0].length ?? 0;
    const parts = counted(words, lead).filter(({ text }) => text.length <= 80);
    if (
      parts.length >= 3 &&
      parts.filter(({ text }) => VERB_LIST.test(text)).length >= Math.ceil(parts.length * 0.6)
    )
      return parts;
  }
  return [];
}
