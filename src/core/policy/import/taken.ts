/**
 * Taken: a page of ours is read by what it carries for machines, not guessed from its
 * sentences, so that taking it in again gives the same promises.
 *
 * The page comes from anywhere, so nothing in it is believed: what it carries goes over the
 * draft that its sentences make, and the whole is parsed and judged like every other. Where
 * what is carried is torn, the sentences alone are read, and that is said.
 */

import { CARRIED, type CarriedName, SECTION_ID, SHOWN_LISTS } from "../carried.ts";
import { parsePolicy } from "../parse/parse.ts";
import { readYaml } from "../parse/yaml.ts";
import type { Policy } from "../policy.ts";
import { referenceWords } from "../prose/prose.ts";
import type { Draft } from "./draft.ts";
import { type Found, found } from "./finding.ts";
import type { Block, CarriedRead, Carried } from "./outline.ts";
import { markdownOf } from "./sections.ts";
import { wordsAt, type Words } from "./words.ts";

/** The level of a section's heading on the page. */
const SECTION_LEVEL = 2;

/** `draft` with what the page carries in place of what its sentences were taken for. */
export function takenOver(draft: Draft, carried: Carried): Draft | undefined {
  const lists = new Map<string, object[]>();
  const origins = new Map(draft.origins);
  const items = carried.items.map((read) => ({ read, item: itemIn(read) }));
  const isTorn = items.some(({ item }) => item === undefined);
  const rest = valueIn(carried.rest);
  if (isTorn || !isObject(rest)) return undefined;
  for (const [name, list] of Object.entries(CARRIED) as [CarriedName, keyof Policy][]) {
    const own = items.filter(({ read }) => read.name === name);
    if (own.length === 0) continue;
    const sorted = inPlace(own);
    lists.set(
      list,
      sorted.map(({ item }) => withoutPlace(item)),
    );
    for (const at of origins.keys()) if (isIn(at, `/${list}`)) origins.delete(at);
    for (const [i, { read }] of sorted.entries()) origins.set(`/${list}/${i}`, placeWords(read));
  }
  const { reviewed, ...values } = rest;
  const review = Array.isArray(reviewed)
    ? { review: { ...draft.policy.review, severities: reviewed } }
    : {};
  const policy = { ...draft.policy, ...values, ...review, ...Object.fromEntries(lists) };
  if (!parsePolicy(JSON.stringify(policy)).ok) return undefined;
  const own = [...lists.keys(), ...Object.keys(values), "review/severities"];
  return {
    policy: withReferences(policy as unknown as Policy),
    origins,
    notes: new Map([...draft.notes].filter(([at]) => !own.some((key) => isIn(at, `/${key}`)))),
    asked: draft.asked.filter(
      ({ at = "" }) => at === "" || !own.some((key) => isIn(at, `/${key}`)),
    ),
    drafted: [],
  };
}

/** That the page is torn, where it is. */
export function tornFound({ items }: Carried): Found {
  const first = items.find((read) => itemIn(read) === undefined) ?? items[0];
  const message =
    "This page carries its policy for machines, and that is torn: its sentences were read instead. " +
    "The file that the page offers (YAML) is the whole of it.";
  return found("page-torn", "warn", message, first && placeWords(first));
}

const placeWords = ({ line, column }: CarriedRead): Words => wordsAt("", line, column);
const isIn = (pointer: string, above: string): boolean => `${pointer}/`.startsWith(`${above}/`);

/** In the document's order: each after the one before it, if it does not say otherwise. */
function inPlace<T extends { readonly item: object | undefined }>(
  shown: readonly T[],
): readonly T[] {
  let place = -1;
  return shown
    .map((one) => {
      const { nth } = one.item as { nth?: unknown };
      place = typeof nth === "number" ? nth : place + 1;
      return { one, place };
    })
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

function withoutPlace(item: object | undefined): object {
  const { nth: _, ...rest } = item as { nth?: unknown };
  return rest;
}

/** One item whole; undefined where what is written is none. */
function itemIn({ name, id, yaml, texts, blocks }: CarriedRead): object | undefined {
  const value = name === "section" && yaml === "" ? { audience: "public" } : valueIn(yaml);
  if (!isObject(value)) return undefined;
  const isProse = name === "section" && value["audience"] === "public";
  const item: Record<string, unknown> = { ...ownId(name, id), ...value };
  for (const [key, told] of texts) {
    if (Object.hasOwn(item, key)) continue;
    item[key] = key === "holidays" ? told.map(holiday) : SHOWN_LISTS.includes(key) ? told : told[0];
  }
  if (name === "section") item["title"] ??= titleOf(blocks);
  return isProse ? { ...item, text: textOf(blocks) } : item;
}

/** What the id of its element says, where that is its own. */
function ownId(name: CarriedName, id = ""): { readonly id?: string } {
  if (name === "clause") return { id };
  return name === "section" ? { id: id.slice(SECTION_ID.length) } : {};
}

/** `Fri 25 Dec 2026: Christmas Day`. */
function holiday(told: string): object {
  const [, day = "", month = "", year = "", name] =
    /^\w{3} (\d{1,2}) (\w{3}) (\d{4})(?:: (.*))?$/.exec(told) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  const date = `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`;
  return name === undefined ? { date } : { date, name };
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

const titleOf = ([heading]: readonly Block[]): string =>
  heading?.kind === "heading" ? heading.words.text : "";

const textOf = ([, ...blocks]: readonly Block[]): string =>
  `${markdownOf(blocks, [], SECTION_LEVEL)}\n`;

function valueIn(yaml: string): unknown {
  const read = readYaml(yaml);
  return read.ok ? read.value.value : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where words of the prose are what a clause says, they refer to it again. */
function withReferences(policy: Policy): Policy {
  const sections = policy.sections.map((section) =>
    "text" in section ? { ...section, text: referring(section.text, policy) } : section,
  );
  return { ...policy, sections };
}

const LINK = /\[((?:[^\][\\\n]|\\.){1,600})\]\(#([a-z][a-z0-9-]*)\)/g;

const referring = (text: string, policy: Policy): string =>
  text.replace(LINK, (written, words: string, id: string) => {
    const names = [id, `${id}.sentence`].find((one) => {
      // Hours are told where a calendar first counts, and left out after that.
      const told = new Set(policy.calendars.map((calendar) => calendar.id));
      return [referenceWords(one, policy), referenceWords(one, policy, told)].some(
        (said) => said !== undefined && plain(said) === plain(words),
      );
    });
    return names === undefined ? written : `[[${names}]]`;
  });

const plain = (words: string): string =>
  words.replace(/\\(.)/g, "$1").replace(/\s+/g, " ").trim().toLowerCase();
