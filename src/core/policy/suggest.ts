/**
 * Suggest: what may stand at a place of a policy's text, from the format itself and from
 * the ids that the document has.
 *
 * The text around the place may be half-written, so it is read by its indentation alone:
 * the keys that lead there, and nothing that needs a parser.
 */

import { CLAIM_STATES } from "./condition/condition.ts";
import { knownMoments } from "./moments.ts";
import type { Policy } from "./policy.ts";

export type Suggestion = {
  /** What is put in. */
  readonly text: string;
  /** What it is, in a few words. */
  readonly says?: string;
  readonly kind: "key" | "value";
};

export type Suggested = {
  /** Where what is being typed begins. */
  readonly from: number;
  readonly suggestions: readonly Suggestion[];
};

/** A node of the JSON Schema, as far as it is asked here. */
export type SchemaNode = {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
};

/** What may stand at `offset` of `text`. */
export function suggest(
  text: string,
  offset: number,
  schema: SchemaNode,
  policy: Policy | undefined,
): Suggested | undefined {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const reference = /\[\[([a-z0-9.-]*)$/.exec(line);
  if (reference)
    return { from: offset - (reference[1] ?? "").length, suggestions: inProse(policy) };
  if (/^\s*#/.test(line)) return undefined;
  const { keys, typed, wants } = onLine(line);
  const path = [...pathAt(text, offset), ...keys];
  const nodes = nodesAt(schema, path);
  const from = offset - typed.length;
  const values = (): Suggested => ({
    from,
    suggestions: valuesOf(path.at(-1) ?? "", nodes, schema, policy),
  });
  if (wants === "value") return values();
  const suggestions = keysOf(nodes, schema);
  // An item of a list of words has no keys.
  return suggestions.length === 0 && /^\s*- /.test(line) ? values() : { from, suggestions };
}

type OnLine = {
  /** The keys that are open on this line, outermost first. */
  readonly keys: readonly string[];
  /** The word that is being written. */
  readonly typed: string;
  readonly wants: "key" | "value";
};

/** What is open where a line ends: `when: { severity: [` wants a severity. */
function onLine(line: string): OnLine {
  const open: { readonly isMap: boolean; key: string | undefined }[] = [
    { isMap: true, key: undefined },
  ];
  for (const [token, key] of line.matchAll(/([A-Za-z][\w-]*):(?=\s|$)|[{}[\],]/g)) {
    const top = open.at(-1);
    if (key !== undefined && top) top.key = key;
    else if (token === "{" || token === "[") open.push({ isMap: token === "{", key: undefined });
    else if (token === "}" || token === "]") open.pop();
    else if (top?.isMap && open.length > 1) top.key = undefined;
  }
  const keys = open.flatMap(({ key }) => key ?? []);
  const top = open.at(-1);
  const wants = top !== undefined && top.isMap && top.key === undefined ? "key" : "value";
  return { keys, typed: /[\w-]*$/.exec(line)?.[0] ?? "", wants };
}

/** The keys above the place, outermost first; items of lists have none. */
function pathAt(text: string, offset: number): readonly string[] {
  const lines = text.slice(0, offset).split("\n");
  const here = lines.pop() ?? "";
  let below = indentOf(here);
  const path: string[] = [];
  for (let index = lines.length - 1; index >= 0 && below > 0; index -= 1) {
    const line = lines[index] ?? "";
    const key = /^(\s*(?:- +)?)([A-Za-z][A-Za-z-]*):/.exec(line);
    if (!key || line.trim().startsWith("#")) continue;
    const column = (key[1] ?? "").length;
    const edge = /^\s*/.exec(line)?.[0].length ?? 0;
    if (column < below) path.unshift(key[2] ?? "");
    if (column < below) below = edge;
    // A list may stand as far out as the key that it belongs to.
    if (/^\s*- /.test(line)) below = Math.min(below, edge + 0.5);
  }
  return path;
}

/** To the first letter; the dash of an item counts as indentation. */
const indentOf = (line: string): number => /^\s*(?:- +)?/.exec(line)?.[0].length ?? 0;

function nodesAt(schema: SchemaNode, path: readonly string[]): readonly SchemaNode[] {
  return path.reduce<readonly SchemaNode[]>(
    (nodes, key) => open(nodes, schema).flatMap(({ properties }) => properties?.[key] ?? []),
    [schema],
  );
}

/** Through references, choices and lists, to what has keys or values. */
function open(nodes: readonly SchemaNode[], schema: SchemaNode, depth = 6): readonly SchemaNode[] {
  if (depth === 0) return [];
  return nodes.flatMap((node) => {
    const name = node.$ref?.replace(/^#\/\$defs\//, "");
    const inner = [
      ...(name === undefined ? [] : [schema.$defs?.[name] ?? {}]),
      ...(node.anyOf ?? []),
      ...(node.oneOf ?? []),
      ...(node.allOf ?? []),
      ...(typeof node.items === "object" ? [node.items] : []),
    ];
    return [node, ...(inner.length > 0 ? open(inner, schema, depth - 1) : [])];
  });
}

function keysOf(nodes: readonly SchemaNode[], schema: SchemaNode): readonly Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const { properties } of open(nodes, schema)) {
    for (const [key, { description }] of Object.entries(properties ?? {})) {
      if (found.has(key)) continue;
      const says = description === undefined ? {} : { says: description };
      found.set(key, { text: `${key}: `, kind: "key", ...says });
    }
  }
  return [...found.values()];
}

function valuesOf(
  key: string,
  nodes: readonly SchemaNode[],
  schema: SchemaNode,
  policy: Policy | undefined,
): readonly Suggestion[] {
  const fixed = open(nodes, schema).flatMap((node) => [
    ...(node.enum ?? []),
    ...(node.const === undefined ? [] : [node.const]),
    ...(node.type === "boolean" ? [true, false] : []),
  ]);
  const own = policy === undefined ? [] : idsFor(key, policy);
  const known = new Set(own.map(({ text }) => text));
  const words = [...new Set(fixed.map(String))].filter((text) => !known.has(text));
  return [...own, ...words.map((text) => ({ text }))].map((one) => ({ ...one, kind: "value" }));
}

const named = (
  items: readonly { readonly id: string; readonly name?: string | undefined }[],
): readonly Omit<Suggestion, "kind">[] =>
  items.map(({ id, name }) => (name === undefined ? { text: id } : { text: id, says: name }));

/** The document's own ids, by the key that names one. */
function idsFor(key: string, policy: Policy): readonly Omit<Suggestion, "kind">[] {
  switch (key) {
    case "severity":
    case "severities":
    case "otherwise":
      return named(policy.severities);
    case "claim":
      return policy.facts.map(({ claim, says }) => ({ text: claim, says }));
    case "channel":
    case "by":
      return named(policy.channels);
    case "contents":
      return named(policy.elements);
    case "calendar":
    case "hours":
      return named(policy.calendars);
    case "stage":
      return named(policy.stages ?? []);
    case "deputy":
      return named(policy.roles);
    case "is":
      return CLAIM_STATES.map((text) => ({ text }));
    case "from":
    case "until":
    case "moment":
      return [...knownMoments(policy)]
        .filter((one) => !one.includes("."))
        .map((text) => ({ text }));
    default:
      return [];
  }
}

/** What `[[` may lead to. */
const inProse = (policy: Policy | undefined): readonly Suggestion[] =>
  policy === undefined
    ? []
    : [
        ...policy.clauses.flatMap(({ id }) => [`${id}]]`, `${id}.sentence]]`]),
        ...policy.severities.map(({ id }) => `severity.${id}]]`),
        ...policy.calendars.map(({ id }) => `calendar.${id}]]`),
      ].map((text) => ({ text, kind: "value" as const }));
