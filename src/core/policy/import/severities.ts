/**
 * Severities in prose: the ranking that the text itself uses, with what it says makes
 * an incident one of them.
 *
 * Texts rank by several scales at once (SEV1, Critical, P1). The one that is defined
 * in a table, a list or headings is the policy's; a second name beside the first is an
 * alias, and a scale that the text calls another one is the team's own priority.
 */

import { plainTitle, labelOf, titled, wordsIn, type Block } from "./outline.ts";
import { sentencesOf, shown, slice, type Words } from "./words.ts";
import { durationsIn } from "./durations.ts";

export type SeverityRead = {
  readonly id: string;
  readonly name: string;
  /** Every way of writing it, in lower case without spaces and hyphens. */
  readonly keys: readonly string[];
  readonly criteria: readonly Words[];
  readonly response: readonly Words[];
  readonly words: Words;
};

export type PriorityRead = { readonly name: string; readonly words: Words };

const RANKED = [
  "emergency",
  "critical",
  "severe",
  "urgent",
  "major",
  "high",
  "significant",
  "serious",
  "medium",
  "moderate",
  "normal",
  "minor",
  "low",
  "informational",
  "info",
] as const;
const NAME = `(?:sev(?:erity)?[ -]?(?:level )?[0-5]|s[0-5]|p(?:riority[ -]?)?[0-5]|(?:level|tier|class)[ -]?[1-5]|${RANKED.join("|")})`;
const AT_START = new RegExp(
  `^\\W{0,3}(${NAME})(?![\\w])(?:\\s*[-–—/.:(,]+\\s*(${NAME})(?![\\w])\\)?)?`,
  "i",
);
const ANYWHERE = new RegExp(`(?<![\\w])${NAME}(?![\\w-])`, "gi");
const RANGE =
  /(?<!\w)(sev(?:erity)?[ -]?|s|p(?:riority[ -]?)?|(?:level|tier)[ -]?)([0-5])\s*(?:-|–|—|to|through|\.\.+)\s*(?:\1)?([1-5])(?!\w)/gi;
const OTHER_SCALE = /\b(?:separate|different|distinct|another|own|not (?:the )?same|unrelated)\b/i;

const MEANS = new RegExp(
  `^["“'*]{0,3}(${NAME})["”'*]{0,3}(?: (?:incident|severity))? (?:means?|refers? to|describes?|covers?) (?:that |when |where |any |an? )?`,
  "i",
);

type Family = "sev" | "p" | "level" | "word";
const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/severity|sev/, "sev")
    .replace(/priority/, "p")
    .replace(/level (?=\d)/, "level")
    .replace(/[\s-]/g, "")
    .replace(/^sevlevel/, "sev")
    .replace(/^s(\d)/, "sev$1");
const familyOf = (key: string): Family =>
  key.startsWith("sev") && /\d/.test(key)
    ? "sev"
    : /^p\d/.test(key)
      ? "p"
      : /\d/.test(key)
        ? "level"
        : "word";

type Sighting = {
  readonly key: string;
  readonly alias?: string;
  readonly words: Words;
  readonly weight: number;
  readonly body: readonly Words[];
};

export function readSeverities(blocks: readonly Block[]): {
  readonly severities: readonly SeverityRead[];
  readonly priorities: readonly PriorityRead[];
} {
  const sightings = [...sightingsIn(blocks)];
  const others = otherScales(blocks);
  const scores = new Map<Family, number>();
  for (const family of ["sev", "p", "level", "word"] as const) {
    const own = sightings.filter(
      ({ key, alias }) =>
        familyOf(key) === family || (alias !== undefined && familyOf(alias) === family),
    );
    const keys = new Set(own.map(({ key }) => key));
    const weight = own.reduce(
      (sum, { key, weight: one }) => sum + (familyOf(key) === family ? one : 0),
      0,
    );
    if (keys.size >= 2 && !others.has(family)) scores.set(family, weight * Math.min(keys.size, 4));
  }
  const [best] = [...scores].sort((a, b) => b[1] - a[1])[0] ?? [];
  const priorities = [...others]
    .filter(([family]) => family !== best)
    .flatMap(([, found]) => found);
  if (best === undefined) return { severities: [], priorities };
  return { severities: members(sightings, best), priorities };
}

function* sightingsIn(blocks: readonly Block[]): Generator<Sighting> {
  for (const { title, body } of titled(blocks)) {
    const start = startOf(plainTitle(title.text));
    const lead = body[0];
    if (start && plainTitle(title.text).length <= 60)
      yield {
        ...start,
        words: title,
        weight: 3,
        body: body.flatMap((block) => (block.kind === "table" ? [] : wordsIn(block))),
      };
    else if (start && lead) yield { ...start, words: title, weight: 1, body: [] };
  }
  for (const block of blocks) {
    if (block.kind === "table") yield* inTable(block.rows);
    else if (block.kind === "item" || block.kind === "paragraph")
      yield* inText(block.words, block.kind);
  }
}

function startOf(text: string): { key: string; alias?: string } | undefined {
  const found = AT_START.exec(text.slice(0, 80));
  if (found?.[1] === undefined) return undefined;
  const second = found[2];
  return { key: keyOf(found[1]), ...(second === undefined ? {} : { alias: keyOf(second) }) };
}

const CRITERIA_HEAD =
  /defin|descri|criteri|example|meaning|means|impact|when|what|scope|condition|trigger/i;
const RESPONSE_HEAD = /response|handling|how we|action|approach|escalat/i;

function* inTable(rows: readonly (readonly Words[])[]): Generator<Sighting> {
  const [head = [], ...rest] = rows;
  const ranked = rest.filter(([first]) => first && startOf(first.text) && first.text.length < 60);
  if (ranked.length >= 2)
    for (const [first, ...cells] of ranked) {
      const start = first && startOf(first.text);
      if (!first || !start) continue;
      const inner = slice(first, labelOf(first.text)?.from ?? first.text.length);
      const said = cells.filter(
        (cell, i) =>
          cell.text !== "" &&
          (CRITERIA_HEAD.test(head[i + 1]?.text ?? "") ||
            RESPONSE_HEAD.test(head[i + 1]?.text ?? "")) &&
          !isTimes(cell.text),
      );
      yield {
        ...start,
        words: first,
        weight: 4,
        body: inner.text.length > 25 ? [inner, ...said] : said,
      };
    }
  const across = head.slice(1).flatMap((cell) => {
    const start = startOf(cell.text);
    return start ? [{ ...start, words: cell }] : [];
  });
  if (across.length >= 2) for (const one of across) yield { ...one, weight: 3, body: [] };
}

const isTimes = (text: string): boolean =>
  text.length < 60 &&
  durationsIn(text).some(({ within }) => typeof within !== "string" || text.length < 30);

function* inText(words: Words, kind: "item" | "paragraph"): Generator<Sighting> {
  const start = startOf(words.text);
  const label = labelOf(words.text);
  const rest = label && start && startOf(label.label) ? slice(words, label.from) : undefined;
  // `Critical with confirmed exposure: within 24 hours` names a severity, and defines none.
  const isName =
    label !== undefined &&
    label.label
      .replace(/\([^()]*\)/g, "")
      .replace(AT_START, "")
      .trim().length <= 12;
  if (start && rest && isName)
    yield {
      ...start,
      words,
      weight: kind === "item" ? 3 : 2,
      body: isTimes(rest.text) ? [] : [rest],
    };
  for (const sentence of sentencesOf(words)) {
    const means = MEANS.exec(sentence.text);
    if (means?.[1] === undefined) continue;
    yield {
      key: keyOf(means[1]),
      words: sentence,
      weight: 3,
      body: [slice(sentence, means[0].length)],
    };
  }
  for (const range of words.text.matchAll(RANGE)) {
    const [, prefix = "", low = "", high = ""] = range;
    if (Number(low) >= Number(high)) continue;
    for (let n = Number(low); n <= Number(high); n += 1)
      yield {
        key: keyOf(`${prefix.trim()}${n}`),
        words: slice(words, range.index, range.index + range[0].length),
        weight: 2,
        body: [],
      };
  }
  for (const { 0: written, index } of words.text.matchAll(ANYWHERE)) {
    const isWord = familyOf(keyOf(written)) === "word";
    // A small letter makes a rank an ordinary word: `a critical part of the plan`.
    const near = words.text.slice(index + written.length, index + written.length + 14);
    if (
      isWord &&
      !/^[A-Z]/.test(written) &&
      !/^(?:[/,]| (?:severity|incident|issue|vulnerab))/i.test(near)
    )
      continue;
    yield {
      key: keyOf(written),
      words: slice(words, index, index + written.length),
      weight: isWord ? 0.3 : 0.5,
      body: [],
    };
  }
}

/** Scales of which the text says that they are others. */
function otherScales(blocks: readonly Block[]): Map<Family, readonly PriorityRead[]> {
  const others = new Map<Family, readonly PriorityRead[]>();
  for (const block of blocks) {
    if (block.kind === "code" || block.kind === "table" || block.kind === "heading") continue;
    for (const sentence of sentencesOf(block.words)) {
      if (
        !OTHER_SCALE.test(sentence.text) ||
        !/\b(?:scheme|scale|rating|rubric|priorit|classification|levels?)\b/i.test(sentence.text)
      )
        continue;
      const names = [...sentence.text.matchAll(/(?<!\w)([ps])([0-5])(?!\w)/gi)].map(({ 0: name }) =>
        name.toUpperCase(),
      );
      if (names.length < 2) continue;
      const family = familyOf(keyOf(names[0] ?? ""));
      others.set(
        family,
        [...new Set(names)].map((name) => ({ name, words: sentence })),
      );
    }
  }
  return others;
}

function members(sightings: readonly Sighting[], family: Family): readonly SeverityRead[] {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const key = familyOf(sighting.key) === family ? sighting.key : sighting.alias;
    if (key === undefined || familyOf(key) !== family) continue;
    groups.set(key, [...(groups.get(key) ?? []), sighting]);
  }
  const defined = [...groups].filter(([, seen]) => seen.some(({ weight }) => weight >= 2));
  const kept = defined.length >= 2 ? defined : [...groups];
  return kept.sort(([a], [b]) => rank(a) - rank(b)).map(([key, seen]) => member(key, seen));
}

const rank = (key: string): number =>
  /\d/.test(key) ? Number(/\d/.exec(key)?.[0]) : (RANKED as readonly string[]).indexOf(key);

function member(key: string, seen: readonly Sighting[]): SeverityRead {
  const first = seen.reduce((best, one) => (one.weight > best.weight ? one : best));
  const aliases = new Set(
    seen.flatMap(({ key: own, alias }) => [own, ...(alias === undefined ? [] : [alias])]),
  );
  const said = seen.flatMap(({ body }) => body).flatMap((words) => sentencesOf(words));
  const isName = (words: Words): boolean =>
    startOf(words.text) !== undefined && words.text.length < 24;
  const useful = said.filter((words) => words.text.length > 8 && !isName(words));
  const once = [...new Map(useful.map((words) => [words.text, words])).values()];
  return {
    id: key,
    name: nameOf(key, first.words.text),
    keys: [...aliases],
    criteria: once
      .filter(({ text }) => !isResponse(text))
      .flatMap(alternatives)
      .slice(0, 20),
    response: once.filter(({ text }) => isResponse(text)),
    words: first.words,
  };
}

/** As the text writes it, with its second name. */
function nameOf(key: string, written: string): string {
  const [whole, one = key, two] = AT_START.exec(plainTitle(written).slice(0, 80)) ?? [];
  const isIt = [one, two].some((name) => name !== undefined && keyOf(name) === key);
  if (whole === undefined || !isIt) return key.toUpperCase();
  const second =
    two === undefined ? "" : ` ${two.charAt(0).toUpperCase()}${two.slice(1).toLowerCase()}`;
  return shown(
    `${/\d/.test(one) ? one : `${one.charAt(0).toUpperCase()}${one.slice(1).toLowerCase()}`}${second}`,
    60,
  );
}

const isResponse = (text: string): boolean =>
  /^(?:the )?(?:response|handled|escalat|notif|we |our |breach notification|work |tracked|logged|page|all hands|addressed|resolved|acknowledg|target|requires?|triggers?|fixed|treated|taken up|on-?call)/i.test(
    text,
  ) ||
  (durationsIn(text).length > 0 && /respon|notif|within|handled/i.test(text));

/** `a, b, c or d` are criteria of their own. */
function alternatives(words: Words): readonly Words[] {
  const parts = [...words.text.matchAll(/[,;]\s+(?:or\s+)?/g)];
  if (parts.length < 2 || !/,\s+or\s|;\s/.test(words.text)) return [words];
  const cuts = [0, ...parts.map(({ index }) => index), words.text.length];
  const pieces = cuts.slice(1).map((to, i) => {
    const from = (cuts[i] ?? 0) + (i === 0 ? 0 : (parts[i - 1]?.[0].length ?? 0));
    return slice(words, from, to);
  });
  return pieces.every(({ text }) => text.length > 4 && text.length < 90) ? pieces : [words];
}

/** The severities that `text` names, by id; all of a range. */
export function severitiesIn(text: string, severities: readonly SeverityRead[]): readonly string[] {
  const ids = new Set<string>();
  const keyed = (key: string): string | undefined =>
    severities.find(({ keys }) => keys.includes(key))?.id;
  for (const [, prefix = "", low = "0", high = "0"] of text.matchAll(RANGE))
    for (let n = Number(low); n <= Number(high); n += 1) {
      const id = keyed(keyOf(`${prefix.trim()}${n}`));
      if (id !== undefined) ids.add(id);
    }
  for (const { 0: written, index } of text.matchAll(ANYWHERE)) {
    const id = keyed(keyOf(written));
    const near = text.slice(index + written.length, index + written.length + 24);
    const isOrdinary =
      /^[a-z]/.test(written) &&
      !/\d/.test(written) &&
      !/^(?:[/:]|(?:,| and| or)? ?(?:critical|high|medium|low)?[- ]?(?:severity|incident|issue|vulnerab|event|finding|level|report|$))/i.test(
        near,
      );
    if (id !== undefined && !isOrdinary) ids.add(id);
    const above = /^\s*(?:severity\s+)?(?:and|or)\s+(?:above|higher|more severe)/i.test(near);
    if (id !== undefined && above)
      for (const { id: other } of severities.slice(
        0,
        severities.findIndex((one) => one.id === id),
      ))
        ids.add(other);
  }
  return severities.filter(({ id }) => ids.has(id)).map(({ id }) => id);
}
