/**
 * Channels in prose: how signals come in, and how notices go out.
 */

import { counted, namedGroups, sentencesUnder } from "./lists.ts";
import type { Block } from "./outline.ts";
import { placeIn, slice, type Words } from "./words.ts";

export type ChannelRead = {
  readonly name: Words;
  readonly says: Words | undefined;
  readonly direction: "in" | "out";
  readonly kind: string;
};

const IN_KINDS: readonly (readonly [string, RegExp])[] = [
  ["advisory", /advisor|dependenc|\bcves?\b|\bfeeds?\b|threat intel|bulletin/i],
  [
    "researcher",
    /research|disclos|bounty|external report|reporter|security@|third[- ]part(?:y|ies) report/i,
  ],
  ["customer", /customer|client|user|support|ticket/i],
  ["provider", /provider|vendor|supplier|processor|partner/i],
  ["monitoring", /monitor|alert|siem|log|telemetry|prometheus|automat|detection system/i],
  ["audit", /audit|penetration|pen-?test|code review|scan/i],
  ["operator", /operator|staff|employee|internal|observation|team member|own\b|personnel/i],
];
const OUT_KINDS: readonly (readonly [string, RegExp])[] = [
  ["status-page", /status ?page|status\.\w/i],
  ["banner", /banner|in-?product|in-?app|console notice|dashboard/i],
  ["call", /\b(?:phone|telephone|direct)? ?call\b|\bby phone\b|telephone/i],
  ["advisory-page", /advisor(?:y|ies)/i],
  ["mail", /\be-?mail\b|\bmail\b/i],
];
const IN_TITLE =
  /detect|sources?|how we (?:find|learn|hear|discover)|intake|report(?:ing)? channels?|signals?/i;
const OUT_TITLE = /channels?|communicat|how (?:we|you)|notif/i;

const kindBy = (kinds: readonly (readonly [string, RegExp])[], text: string): string | undefined =>
  kinds.find(([, pattern]) => pattern.test(text))?.[0];

export function readChannels(blocks: readonly Block[]): readonly ChannelRead[] {
  const groups = namedGroups(blocks);
  const into: ChannelRead[] = [];
  const out: ChannelRead[] = [];
  for (const { title, members } of groups) {
    if (IN_TITLE.test(title) && into.length === 0) {
      const kinds = members.map(
        ({ name, body }) => kindBy(IN_KINDS, name.text) ?? kindBy(IN_KINDS, body.text),
      );
      if (
        kinds.filter(Boolean).length >= Math.max(2, members.length * 0.6) &&
        members.every(({ name }) => name.text.length <= 120)
      )
        into.push(
          ...members.map(({ name, body }, i) => channel(name, body, "in", kinds[i] ?? "other")),
        );
    }
    if (OUT_TITLE.test(title) && out.length === 0) {
      const kinds = members.map(
        ({ name, body }) => kindBy(OUT_KINDS, name.text) ?? kindBy(OUT_KINDS, body.text),
      );
      if (kinds.filter(Boolean).length >= Math.max(2, members.length * 0.6))
        out.push(
          ...members.map(({ name, body }, i) => channel(name, body, "out", kinds[i] ?? "other")),
        );
    }
  }
  if (into.length === 0) into.push(...waysIn(blocks));
  if (out.length === 0) out.push(...waysOut(blocks));
  return [...into, ...out];
}

const channel = (name: Words, body: Words, direction: "in" | "out", kind: string): ChannelRead => {
  const end = name.text.search(/\s+(?:for|to|in addition|where|when|via|on file)\b|[.;,]/i);
  const isLong = name.text.length > 40 && end > 3;
  const says = body.text !== "" ? body : isLong ? name : undefined;
  return {
    name: slice(name, 0, isLong ? end : name.text.replace(/[.;:]+$/, "").length),
    says,
    direction,
    kind,
  };
};

/** `via monitoring, a customer report, a vendor's feed, or vulnerability disclosure`. */
function waysIn(blocks: readonly Block[]): readonly ChannelRead[] {
  for (const { words } of sentencesUnder(blocks)) {
    const lead = /\b(?:via|through|from|by)\s+(?=[^.]*,)/i.exec(words.text);
    if (
      lead === null ||
      !/detect|discover|signal|learn|event|arriv|hear|identif/i.test(
        words.text.slice(0, lead.index),
      )
    )
      continue;
    const open = words.text.replace(/\([^()]*\)/g, (found) => "_".repeat(found.length));
    const parts = counted({ ...words, text: open }, lead.index + lead[0].length).map((part) =>
      within(words, part),
    );
    const found = parts.flatMap((name) => {
      const kind = kindBy(IN_KINDS, name.text);
      return kind === undefined ? [] : [channel(short(name), name, "in", kind)];
    });
    if (found.length >= 2) return found;
  }
  return [];
}

/** The letters that a part with its brackets filled in stands for. */
function within(words: Words, part: Words): Words {
  const spot = part.spots[0];
  const from =
    words.spots.findIndex((one) => one.line === spot?.line) < 0 ? 0 : offsetOf(words, part);
  return slice(words, from, from + part.text.length);
}

function offsetOf(words: Words, part: Words): number {
  const { line, column } = placeIn(part);
  const spot = words.spots.findLast((one) => one.line === line && one.column <= column);
  return (spot?.from ?? 0) + column - (spot?.column ?? 1);
}

const short = (words: Words): Words => {
  const end = words.text.search(/\s*\(/);
  const lead = /^(?:our own |our |an? |the )/i.exec(words.text)?.[0].length ?? 0;
  return slice(words, lead, end < 0 ? words.text.length : end);
};

function waysOut(blocks: readonly Block[]): readonly ChannelRead[] {
  const found = new Map<string, ChannelRead>();
  for (const kinds of [OUT_KINDS, OUT_WORDS])
    for (const { words, title } of sentencesUnder(blocks)) {
      const about = `${title} ${words.text}`;
      if (!/notif|communicat|notice|inform|customer|update|publish/i.test(about)) continue;
      if (/report (?:a|an|to)|no-?reply|\bdiscover|\bdetect|\bto report\b/i.test(words.text))
        continue;
      for (const [kind, pattern] of kinds) {
        const at = pattern.exec(words.text);
        if (!at || found.has(kind)) continue;
        found.set(
          kind,
          channel(slice(words, at.index, at.index + at[0].length), words, "out", kind),
        );
      }
    }
  return [...found.values()];
}

/** Said of what is sent, where nothing says by which way. */
const OUT_WORDS: typeof OUT_KINDS = [["mail", /\bin writing\b|\bwritten notice\b/i]];
