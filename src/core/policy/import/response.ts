/**
 * The response in prose: phases, roles, stages of a customer and providers, in the words
 * of the text.
 */

import { counted, namedGroups, type Named, plainWords, sentencesUnder, namedOf } from "./lists.ts";
import { type Block, labelOf, plainTitle, titled } from "./outline.ts";
import { joined, slice, type Words } from "./words.ts";

const PHASE =
  /^(?:and )?(?:prepar|detect|identif|triag|classif|assess|analy|contain|stabili|mitigat|eradicat|remediat|fix|permanent|recover|restor|verif|valid|communicat|notif|disclos|review|post|lesson|learn|clos|investigat|reproduc|respon|report|resol|acknowledg|intake|receiv|escalat|declare|follow|develop|release|publish|improve)/i;
const PHASES_TITLE =
  /life ?cycle|phase|framework|process|flow|procedure|steps|stages|how we (?:respond|handle|work)|handling|response/i;

/** The phases, in their order: the list or the headings that are nearly all names of phases. */
export function readPhases(blocks: readonly Block[]): readonly Named[] {
  const groups = [...namedGroups(blocks), ...tableGroups(blocks, /phase|step|stage/i)];
  let best: { readonly score: number; readonly members: readonly Named[] } = {
    score: 0,
    members: [],
  };
  for (const { title, members } of groups) {
    const named = members.filter(({ name }) => name.text.length <= 60);
    const fit = named.filter(({ name }) => PHASE.test(plainTitle(name.text)));
    if (fit.length < 3 || fit.length < members.length * 0.65) continue;
    const score =
      fit.length +
      (PHASES_TITLE.test(title) ? 4 : 0) +
      (members.every(({ body }) => body.text !== "") ? 2 : 0);
    if (score > best.score) best = { score, members: named };
  }
  return best.members.length > 0 ? best.members : inOneSentence(blocks);
}

/** `detect, triage, contain, eradicate, recover, review`, or with arrows between. */
function inOneSentence(blocks: readonly Block[]): readonly Named[] {
  for (const { words } of sentencesUnder(blocks)) {
    const arrows = words.text.split(/\s*(?:→|->|=>|➜|>)\s*/).length;
    const from =
      words.text.search(/[:→]|->|=>/) < 0 || arrows > 2 ? 0 : words.text.indexOf(":") + 1;
    const parts =
      arrows > 2
        ? arrowed(words)
        : /phase|step|stage/i.test(words.text)
          ? counted(words, from)
          : [];
    const fit = parts.filter(({ text }) => text.length < 40 && PHASE.test(text));
    if (fit.length >= 3 && fit.length >= parts.length * 0.65)
      return fit.map((name) => ({ name: plainWords(name), body: { text: "", spots: [] } }));
  }
  return [];
}

function arrowed(words: Words): readonly Words[] {
  const found: Words[] = [];
  let from = 0;
  for (const { index, 0: arrow } of words.text.matchAll(/\s*(?:→|->|=>|➜|>)\s*/g)) {
    found.push(slice(words, from, index));
    from = index + arrow.length;
  }
  return [...found, slice(words, from)];
}

/** Rows of a table whose first column is headed so. */
function tableGroups(
  blocks: readonly Block[],
  head: RegExp,
): readonly { readonly title: string; readonly members: readonly Named[] }[] {
  return blocks.flatMap((block) => {
    if (
      block.kind !== "table" ||
      !head.test(
        block.rows[0]
          ?.slice(0, 2)
          .map(({ text }) => text)
          .join(" ") ?? "",
      )
    )
      return [];
    const column = head.test(block.rows[0]?.[0]?.text ?? "") ? 0 : 1;
    const members = block.rows.slice(1).flatMap((row) => {
      const name = row[column];
      const body = row.slice(column + 1).find(({ text }) => text.length > 12) ?? row[column + 1];
      return name && name.text !== ""
        ? [{ name: plainWords(name), body: body ?? { text: "", spots: [] } }]
        : [];
    });
    return [{ title: "", members }];
  });
}

export type RoleRead = {
  readonly name: Words;
  readonly responsibility: Words | undefined;
  readonly holder: Words | undefined;
  readonly outside: boolean;
};

const ROLE_TITLE = /\broles?\b|responsibilit|\bteam\b|who does what|organi[sz]ation/i;
const OUTSIDE =
  /\b(?:outside|external|independent)\b[^,.;]{0,30}\b(?:counsel|specialists?|forensic\w*|experts?|firm|advisers?|consultants?|responders?|security)|\b(?:legal|outside|external) counsel\b|\binsurer\b|\bforensic(?:s)? (?:firm|specialists?|experts?|provider|partner)|\b(?:sub-?processors?|providers?|vendors?)'? (?:support|security)/i;

export function readRoles(blocks: readonly Block[]): readonly RoleRead[] {
  const found: RoleRead[] = [];
  for (const block of blocks) {
    if (block.kind !== "table") continue;
    const [head = [], ...rows] = block.rows;
    const column = (pattern: RegExp): number => head.findIndex(({ text }) => pattern.test(text));
    const [name, holder, duty] = [
      column(/^\W*(?:role|function|position|title)/i),
      column(/owner|who|held|contact|person|assign|primary|^name/i),
      column(/responsib|duties|covers|does|descri|task/i),
    ];
    if (name < 0 || (holder < 0 && duty < 0) || column(/vendor|provider|processor/i) >= 0) continue;
    for (const row of rows)
      if (row[name]?.text)
        found.push(
          role(
            row[name] as Words,
            duty < 0 ? undefined : row[duty],
            holder < 0 ? undefined : row[holder],
          ),
        );
  }
  if (found.length === 0)
    for (const { title, members } of namedGroups(blocks)) {
      if (!ROLE_TITLE.test(title)) continue;
      for (const { name, body } of members)
        if (name.text.length < 60 && body.text !== "") found.push(role(name, body, undefined));
    }
  if (found.length === 0) found.push(...named(blocks));
  if (found.length === 0) found.push(...mentioned(blocks));
  return [...found, ...outsiders(blocks)].filter(
    (one, i, all) =>
      all.findIndex((other) => other.name.text.toLowerCase() === one.name.text.toLowerCase()) === i,
  );
}

/** `Incident lead: runs the response.` as lines of their own below a heading about roles. */
const named = (blocks: readonly Block[]): readonly RoleRead[] =>
  titled(blocks)
    .filter(({ title }) => ROLE_TITLE.test(title.text))
    .flatMap(({ body }) => body)
    .flatMap((block) =>
      block.kind === "paragraph" && labelOf(block.words.text) ? [namedOf(block.words)] : [],
    )
    .filter(({ name, body }) => name.text.length < 40 && body.text !== "")
    .map(({ name, body }) => role(name, body, undefined));

const role = (
  name: Words,
  responsibility: Words | undefined,
  holder: Words | undefined,
): RoleRead => ({
  name,
  responsibility: responsibility?.text ? responsibility : undefined,
  holder: holder?.text ? holder : undefined,
  outside: OUTSIDE.test(name.text),
});

const FUNCTION =
  /\b(?:(?:security |incident |on-?call |duty |privacy |compliance |communications? |responding |technical |response )+(?:lead|commander|manager|engineer|officer|team|owner|responder|coordinator)|security on-?call(?: \w+)?|data protection officer|founder)\b/gi;

/** Without a list: functions that the text says do something. */
function mentioned(blocks: readonly Block[]): readonly RoleRead[] {
  const found = new Map<string, RoleRead>();
  for (const { words } of sentencesUnder(blocks))
    for (const { 0: written, index } of words.text.matchAll(FUNCTION)) {
      const key = written.toLowerCase();
      const rest = words.text.slice(index + written.length, index + written.length + 40);
      const acts =
        /^\s*(?:is|are|owns?|leads?|decides?|assigns?|classif\w*|runs?|coordinat\w*|files?|sends?|will|who|convenes?|triages?|confirms?)\b/i.test(
          rest,
        );
      if (!found.has(key) || acts)
        found.set(
          key,
          role(
            slice(words, index, index + written.length),
            acts ? words : found.get(key)?.responsibility,
            undefined,
          ),
        );
    }
  return [...found.values()].slice(0, 8);
}

function outsiders(blocks: readonly Block[]): readonly RoleRead[] {
  for (const { words } of sentencesUnder(blocks)) {
    const lead = /\bescalat\w*[^.:]{0,60}?\bto\s+/i.exec(words.text);
    if (lead === null || !OUTSIDE.test(words.text)) continue;
    return counted(words, lead.index + lead[0].length).flatMap((part) => {
      const from = /^(?:to\s+)?(?:our\s+|an?\s+)?/i.exec(part.text)?.[0].length ?? 0;
      const to = part.text.search(/\s+for\s+|\s+where\s+|\s+when\s+/i);
      const name = slice(part, from, to < 0 ? part.text.length : to);
      return name.text.length < 4 || name.text.length > 60
        ? []
        : [
            {
              name,
              responsibility: to < 0 ? words : slice(part, from),
              holder: undefined,
              outside: true,
            },
          ];
    });
  }
  return [];
}

const STAGE =
  /\b(?:pilot|design[- ]partner|production|beta|trial|early access|general availability|post-?deployment|onboarding|enterprise|evaluation|proof of concept|poc|pre-?pilot|launch|free|standard|premium)\b/i;

/** Stages of a customer, where headings or entries name at least two of them. */
export function readStages(blocks: readonly Block[]): readonly Named[] {
  for (const { title, members } of namedGroups(blocks)) {
    const fit = members.filter(
      ({ name }) => name.text.length <= 60 && STAGE.test(name.text) && !/[.!?]$/.test(name.text),
    );
    if (
      fit.length >= 2 &&
      (fit.length >= members.length * 0.5 || /stage|matur|tier|plan|relationship/i.test(title)) &&
      /stage|matur|tier|relationship|customer|plan|grow/i.test(
        `${title} ${fit.map(({ name }) => name.text).join(" ")}`,
      )
    )
      return fit;
  }
  return neighbours(blocks);
}

/** Headings one after the other that name stages, with or without anything below. */
function neighbours(blocks: readonly Block[]): readonly Named[] {
  const fit = titled(blocks).flatMap(({ title, body }, i) =>
    /\b(?:stage|pilot|post-?deployment)\b/i.test(title.text) && STAGE.test(title.text)
      ? [{ i, name: plainWords(title), body: whole(body) }]
      : [],
  );
  const run = fit.filter(({ i }, n) => fit[n - 1]?.i === i - 1 || fit[n + 1]?.i === i + 1);
  return run.length >= 2 ? run : [];
}

const whole = (body: readonly Block[]): Words =>
  joined(
    body.flatMap((block) =>
      block.kind === "paragraph" || block.kind === "item" ? [block.words] : [],
    ),
    " ",
  );

export type ProviderRead = {
  readonly role: Words;
  readonly name: Words;
  readonly interface: Words;
};

export function readProviders(blocks: readonly Block[]): readonly ProviderRead[] {
  return blocks.flatMap((block) => {
    if (block.kind !== "table") return [];
    const [head = [], ...rows] = block.rows;
    const name = head.findIndex(({ text }) => /vendor|provider|processor|supplier/i.test(text));
    const told = head.findIndex(({ text }) => /interface|status|how|word|contact|feed/i.test(text));
    const role = head.findIndex(
      ({ text }, i) =>
        i !== name && i !== told && /role|purpose|service|for|function|use/i.test(text),
    );
    if (name < 0 || told < 0 || role < 0) return [];
    return rows.flatMap((row) => {
      const [a, b, c] = [row[role], row[name], row[told]];
      return a?.text && b?.text && c?.text ? [{ role: a, name: b, interface: c }] : [];
    });
  });
}
