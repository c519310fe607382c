/**
 * What the text says of itself and of whom to write to: title, organisation, version,
 * dates, owner, cadence, addresses, keys, positions, calendar.
 */

import type { Target } from "../clause.ts";
import { entriesAfter, inOneLine, sentencesUnder } from "./lists.ts";
import { type Block, labelOf, type Outline, wordsIn } from "./outline.ts";
import { hasPlaceholder, withoutPlaceholders } from "./placeholders.ts";
import { slice, type Words } from "./words.ts";

const MAIL = /[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}/g;
const WEB = /https?:\/\/[^\s<>"'()[\]{}|]{3,300}/g;
const NO_REPLY = /\b(?:no-?reply|do-?not-?reply|notifications?|mailer-daemon|automated)@/i;

export type Cadence = { readonly target: Target; readonly words: Words };

export type Standing = {
  readonly title: Words | undefined;
  readonly organisation: Words | undefined;
  readonly version: Words | undefined;
  readonly effective: Words | undefined;
  readonly refreshed: Words | undefined;
  readonly owner: { readonly name: Words; readonly isRole: boolean } | undefined;
  readonly review: Cadence | undefined;
  readonly afterIncident: Words | undefined;
  readonly announce: Words | undefined;
  readonly remediations: Cadence | undefined;
  readonly report: { readonly cadence: Cadence | undefined; readonly words: Words } | undefined;
  readonly reportTo: Words | undefined;
  readonly unattended: readonly Words[];
  readonly fingerprint: Words | undefined;
  readonly keyUrl: Words | undefined;
  readonly subject: Words | undefined;
  readonly include: readonly Words[];
  readonly safeHarbour: Words | undefined;
  readonly bounty: Words | undefined;
  readonly statusPage: Words | undefined;
  readonly zone: Words | undefined;
  readonly hours: Words | undefined;
};

export function readStanding({ blocks, title }: Outline): Standing {
  const sentences = [...sentencesUnder(blocks)];
  const entries = blocks
    .flatMap((block) => (block.kind === "code" ? [] : wordsIn(block)))
    .map((words): Words => ({ ...words, text: withoutPlaceholders(words.text) }));
  const first = (pattern: RegExp, of: readonly Words[] = entries): Words | undefined => {
    for (const words of of) {
      const found = pattern.exec(words.text);
      if (found?.[1] !== undefined && !hasPlaceholder(found[1]))
        return slice(
          words,
          found.index + found[0].lastIndexOf(found[1]),
          found.index + found[0].lastIndexOf(found[1]) + found[1].length,
        );
    }
    return undefined;
  };
  const sentence = (pattern: RegExp, but = /(?!)/): Words | undefined =>
    sentences.find(
      ({ words }) =>
        pattern.test(words.text) && !but.test(words.text) && !hasPlaceholder(words.text),
    )?.words;
  const lines = sentences.map(({ words }) => words);
  const reviewed = cadenceIn(
    lines,
    /\b(?:this (?:policy|plan|runbook|document|framework|page|process|procedure)|it|policy|plan|runbook|document) (?:is|are|will be|shall be|gets)\b[^.]{0,40}\breview|\breview(?:ed)?\b[^.]{0,30}\b(?:this (?:policy|plan|document|page)|the (?:policy|plan))|^(?:policy |document )?review (?:cycle|cadence|frequency|period)|\breviewed (?:and (?:updated|approved|tested) )?(?:at least )?(?:annual|quarter|year|every|once|twice|month|semi)/i,
  );
  const report = lines.find(({ text }) => /transparency report/i.test(text));
  return {
    title: headingTitle(blocks, title),
    organisation: organisationIn(entries, lines),
    version:
      first(
        /\b(?:framework |policy |document |plan )?version\s*(?:no\.?|number)?\s*[:#-]?\s*v?(\d{1,3}(?:\.\d{1,3}){0,3})\b/i,
      ) ?? first(/^\W{0,3}v(\d{1,3}(?:\.\d{1,3}){1,3})\b/i),
    effective: first(
      new RegExp(
        `\\b(?:effective|in force|valid|applies)\\b(?: (?:date|from|as of|since))*\\s*[:.-]?\\s*(${DATE})`,
        "i",
      ),
    ),
    refreshed: first(
      new RegExp(
        `\\b(?:last (?:refreshed|updated|reviewed|revised|modified|changed)|updated|revised|reviewed)(?: on| at)?\\s*[:.-]?\\s*(${DATE})`,
        "i",
      ),
    ),
    owner: ownerIn(first, sentences),
    review: reviewed,
    afterIncident: sentence(
      /\breview\w*\b[^.]{0,80}\bafter (?:any|every|each|a) (?:material|major|significant|serious|security|critical|sev\s?-?[01])?[^.]{0,20}\bincidents?\b/i,
      /post-?(?:incident|mortem)|blameless|lessons/i,
    ),
    announce:
      sentence(
        /\b(?:announced?|notif\w+|told|informed|communicated|published)\b[^.]{0,80}\b(?:subscrib|customers?|changelog|users)/i,
        /\b(?:incident|breach|hours|exposure|affected)\b/i,
      ) === undefined
        ? undefined
        : sentence(
            /\b(?:chang|revis|update|version)[^.]{0,160}\b(?:announced?|notif\w+|told|informed|communicated)\b/i,
            /\b(?:incident|breach|hours|exposure|affected|severity can)\b/i,
          ),
    remediations: cadenceIn(
      lines,
      /\b(?:action|remediation|follow-?up|corrective) (?:items?|actions?)\b/i,
    ),
    report: report && { words: report, cadence: cadenceIn([report], /./) },
    reportTo: reportAddress(entries, sentences),
    unattended: entries.flatMap((words) =>
      [...words.text.matchAll(MAIL)]
        .filter(({ 0: mail }) => NO_REPLY.test(mail))
        .map(({ 0: mail, index }) => slice(words, index, index + mail.length)),
    ),
    fingerprint: first(/\b((?:[0-9A-F]{4}[ \u00a0]{1,2}){9}[0-9A-F]{4}|[0-9A-F]{40})\b/i),
    keyUrl: webIn(entries, /openpgp|pgp|gpg|\bkey\b|\.asc/i),
    subject: subjectIn(entries),
    include: included(blocks),
    safeHarbour: sentence(
      /\b(?:good faith|legal action|legal steps|safe[- ]harbou?r)\b[^.]*\w/i,
      /^\W*safe[- ]harbou?r\W*$/i,
    ),
    bounty: sentence(
      /\bbount(?:y|ies)\b|\b(?:no|not) (?:pay|offer)[^.]*\breward/i,
      /^\W*(?:\S+\s+){0,2}bount(?:y|ies)\W*$|researcher reports/i,
    ),
    statusPage: webIn(entries, /status/i),
    zone: first(
      /\b((?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Z][A-Za-z_]{2,30}(?:\/[A-Z][A-Za-z_]{2,30})?)\b/,
    ),
    hours: lines.find(({ text }) => HOURS.test(text)),
  };
}

const INCLUDE =
  /what (?:to|should i) include|please include|your report should (?:include|contain)|include (?:the following|as much)|a (?:good |useful )?report (?:contains|includes|should)/i;

/** Entries below the line that asks for them, or after it in the same one. */
function included(blocks: readonly Block[]): readonly Words[] {
  for (const block of blocks) {
    if (block.kind !== "paragraph" || !INCLUDE.test(block.words.text.slice(0, 80))) continue;
    const label = labelOf(block.words.text);
    const rest = label && slice(block.words, label.from);
    const listed = rest && inOneLine(slice(rest, /^-\s+/.exec(rest.text)?.[0].length ?? 0));
    if (listed && listed.length > 1) return listed;
  }
  return entriesAfter(blocks, (text) => INCLUDE.test(text.slice(-200)));
}

const DATE =
  "\\d{4}-\\d{2}-\\d{2}|\\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?,? \\d{4}|(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}";
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** `3 March 2026` as `2026-03-03`. */
export function toDate(text: string): string | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return isDate(text) ? text : undefined;
  const day = /(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)/.exec(text)?.[1];
  const year = /\d{4}/.exec(text)?.[0];
  const month = MONTHS.findIndex((name) => new RegExp(`\\b${name}`, "i").test(text)) + 1;
  if (!day || !year || month === 0) return undefined;
  const date = `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDate(date) ? date : undefined;
}

function isDate(text: string): boolean {
  const [, month = 0, day = 0] = text.split("-").map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function headingTitle(blocks: readonly Block[], title: Words | undefined): Words | undefined {
  const heading = blocks.slice(0, 12).find(({ kind }) => kind === "heading");
  if (heading?.kind === "heading")
    return slice(heading.words, 0, heading.words.text.replace(/[\s.:]+$/, "").length);
  const [first] = blocks;
  const subject = /^subject:\s*/i.exec(first?.kind === "paragraph" ? first.words.text : "");
  if (subject && first?.kind === "paragraph") return slice(first.words, subject[0].length);
  return (
    title ?? (first?.kind === "paragraph" && first.words.text.length < 80 ? first.words : undefined)
  );
}

const NAME = "[A-Z][\\w&'’-]*(?: (?:&|of|and )?[A-Z][\\w&'’-]*){0,3}";
const ORGANISATION: readonly RegExp[] = [
  new RegExp(
    `(?:^|[\\s(])(${NAME}),? (?:Inc|Ltd|LLC|GmbH|AG|Limited|B\\.?V|SAS|Oy|AB|Corp|PLC|S\\.A)\\b`,
  ),
  new RegExp(`^\\W*(?:organi[sz]ation|company)\\s*:\\s*(${NAME})`, "i"),
  new RegExp(
    `(?:[Hh]ow|[Ww]hat|[Hh]ow the|[Bb]y|[Aa]t|[Oo]f|[Tt]he|©\\s*(?:\\d{4})?) (${NAME}) (?:responds?|handles?|detects?|notif|reacts?|deals|treats|team|will|does|runs|takes|promises|works|commits|manages)`,
  ),
  /\b(?:how|when|what|that) ([a-z][\w-]{2,30}) (?:responds?|handles|notifies)\b/,
  new RegExp(
    `^(${NAME})(?:'s|’s)? (?:security )?(?:incident|security|vulnerability|data breach)\\b`,
  ),
  new RegExp(
    `(?:^|[.] )(${NAME}) (?:is|ships|provides|operates|runs|will notify|commits|notifies|maintains|publishes)\\b`,
  ),
  new RegExp(`^[^.]{0,60}\\((${NAME})\\)$`),
];
const NO_NAME =
  /^(?:everyone|someone|nobody|anyone|money|work|most|many|we|our|this|that|the|it|they|you|all|each|every|any|security|incident|customers?|policy|plan|page|scope|purpose|severity|sev\d?|critical|high|medium|low|engineering|response|triage|what|when|who|how|if|for|in|on|support|team|an?|which|there|these|email|communications?|legal|management|responsible|vulnerability|data|information|service)$/i;

function organisationIn(entries: readonly Words[], lines: readonly Words[]): Words | undefined {
  for (const pattern of ORGANISATION)
    for (const words of [...entries, ...lines]) {
      const found = pattern.exec(words.text.slice(0, 2_000));
      const name = found?.[1];
      if (
        found === null ||
        name === undefined ||
        NO_NAME.test(name) ||
        NO_NAME.test(name.split(" ")[0] ?? "") ||
        hasPlaceholder(name)
      )
        continue;
      const at = found.index + found[0].indexOf(name);
      return slice({ text: words.text, spots: words.spots }, at, at + name.length);
    }
  return undefined;
}

type First = (pattern: RegExp, of?: readonly Words[]) => Words | undefined;

function ownerIn(first: First, sentences: readonly { readonly words: Words }[]): Standing["owner"] {
  const said = first(
    /(?:^\W{0,3}|[·|•]\s*)(?:(?:policy|document|plan|process) )?(?:owner|owned by|responsible|maintainer|author|approved by)\W{1,4}([A-Za-z][^.|\n;(]{2,80}?)(?:$|[.|;(])/i,
  );
  if (said) return { name: said, isRole: !/^[A-Z][a-z]+ [A-Z]/.test(said.text) };
  for (const { words } of sentences) {
    const found =
      /\b(?:(?:current |policy )?owner (?:of this \w+ )?is|(?:policy|plan|document|runbook) is owned by|owned and maintained by|maintained by)\s+(?:the )?([A-Za-z][^.,;]{2,60})/i.exec(
        words.text,
      );
    if (found?.[1] === undefined || hasPlaceholder(found[1])) continue;
    const at = found.index + found[0].lastIndexOf(found[1]);
    return {
      name: slice(words, at, at + found[1].length),
      isRole: !/^[A-Z][a-z]+ [A-Z][a-z]+/.test(found[1]),
    };
  }
  return undefined;
}

const FREQUENCIES: readonly (readonly [RegExp, Target])[] = [
  [
    /\bsemi-?annual\w*|\bbi-?annual\w*|\btwice (?:a|per) year|\bevery (?:six|6) months|\bhalf-?yearly/i,
    { count: 6, unit: "months" },
  ],
  [
    /\bquarterly|\bevery (?:three|3) months|\b(?:each|every|once (?:a|per)) quarter/i,
    { count: 3, unit: "months" },
  ],
  [
    /\bannual(?:ly)?\b|\byearly\b|\bonce (?:a|per|every) year|\bevery (?:year|12 months|twelve months)|\beach year|\bat least once (?:a|per|every) (?:calendar )?year/i,
    { count: 12, unit: "months" },
  ],
  [/\bmonthly\b|\b(?:each|every|once a) month/i, { count: 1, unit: "months" }],
  [/\bweekly\b|\b(?:each|every|once a) week/i, { count: 7, unit: "days" }],
  [/\bdaily\b|\bevery day/i, { count: 1, unit: "days" }],
];

function cadenceIn(lines: readonly Words[], about: RegExp): Cadence | undefined {
  for (const words of lines) {
    if (!about.test(words.text)) continue;
    const found = FREQUENCIES.find(([pattern]) => pattern.test(words.text));
    if (found) return { target: found[1], words };
  }
  return undefined;
}

/** The address that the text asks reports to go to. */
function reportAddress(
  entries: readonly Words[],
  sentences: readonly { readonly words: Words; readonly title: string }[],
): Words | undefined {
  let best: { readonly score: number; readonly words: Words } | undefined;
  const titles = new Map(sentences.map(({ words, title }) => [words.text, title]));
  for (const words of entries)
    for (const { 0: mail, index } of words.text.matchAll(MAIL)) {
      if (NO_REPLY.test(mail) || isInBraces(words.text, index)) continue;
      const beside = words.text.slice(Math.max(0, index - 200), index + 200);
      const around = `${titles.get(words.text) ?? ""} ${beside}`;
      const score =
        (/^(?:security|psirt|csirt|soc|abuse|vuln|disclos|incident|cert)/i.test(mail) ? 4 : 0) +
        (/\breport|vulnerab|disclos/i.test(around) ? 2 : 0) -
        (/^(?:hello|info|sales|press|support|legal|privacy|dpo)/i.test(mail) ? 2 : 0);
      if (score > (best?.score ?? 0))
        best = { score, words: slice(words, index, index + mail.length) };
    }
  return best?.words;
}

/** An address inside a placeholder is the placeholder's. */
const isInBraces = (text: string, at: number): boolean =>
  /\{\{[^{}]*$/.test(text.slice(Math.max(0, at - 120), at));

function webIn(entries: readonly Words[], about: RegExp): Words | undefined {
  for (const words of entries)
    for (const { 0: url, index } of words.text.matchAll(WEB)) {
      const clean = url.replace(/[.,;:!?]+$/, "");
      const near = words.text.slice(Math.max(0, index - 40), index);
      if ((about.test(clean) || about.test(near)) && !isInBraces(words.text, index))
        return slice(words, index, index + clean.length);
    }
  return undefined;
}

function subjectIn(entries: readonly Words[]): Words | undefined {
  for (const words of entries) {
    const found =
      /\bsubject(?:[- ]line)?(?: convention| line)?[.:]?\s+(?:of\s+|should be\s+|with\s+)?["“]([^"”\n]{4,120})["”]?/i.exec(
        words.text,
      );
    if (found?.[1])
      return slice(
        words,
        found.index + found[0].indexOf(found[1]),
        found.index + found[0].indexOf(found[1]) + found[1].length,
      );
  }
  return undefined;
}

const DAY = "(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?s?";
const HOURS = new RegExp(
  `\\b(${DAY})\\s*(?:-|–|to|through)\\s*(${DAY})\\b[^.;]{0,40}?(\\d{1,2})(?:[:.](\\d{2}))?\\s*(am|pm)?\\s*(?:-|–|to|until|and)\\s*(\\d{1,2})(?:[:.](\\d{2}))?\\s*(am|pm)?`,
  "i",
);
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** `Monday to Friday, 9:00-17:30` as windows. */
export function toWindows(
  text: string,
): Readonly<Record<string, readonly (readonly [string, string])[]>> | undefined {
  const found = HOURS.exec(text);
  if (found === null) return undefined;
  const [
    ,
    first = "",
    last = "",
    openHour = "",
    openMinute,
    openHalf,
    closeHour = "",
    closeMinute,
    closeHalf,
  ] = found;
  const [from, to] = [first, last].map((name) =>
    DAYS.indexOf(name.slice(0, 3).toLowerCase() as (typeof DAYS)[number]),
  );
  const open = clock(openHour, openMinute, openHalf);
  const close = clock(closeHour, closeMinute, closeHalf);
  if (
    from === undefined ||
    to === undefined ||
    from < 0 ||
    to < from ||
    !open ||
    !close ||
    close <= open
  )
    return undefined;
  return Object.fromEntries(DAYS.slice(from, to + 1).map((day) => [day, [[open, close] as const]]));
}

function clock(
  hour: string,
  minute: string | undefined,
  half: string | undefined,
): string | undefined {
  const base = Number(hour) % (half === undefined ? 25 : 12);
  const whole = base + (half?.toLowerCase() === "pm" ? 12 : 0);
  return whole > 24 ? undefined : `${String(whole).padStart(2, "0")}:${minute ?? "00"}`;
}
