/**
 * View: a view of the registry as a verb: its path's parts as arguments, its query
 * as options. The frequent ones have words of their own (owed.ts, incident.ts);
 * the others are printed by their shape alone.
 */

import type { Command } from "commander";
import { type ViewName, type ViewOf, VIEWS } from "../api/view.ts";
import { DRAFT } from "../core/policy/draft.ts";
import type { Result } from "../core/problem.ts";
import { type Instant, parseInstant } from "../core/time/instant.ts";
import { formatInstant } from "../core/time/format.ts";
import { addOption, fieldsOf, type Given, toBody } from "./field.ts";
import { reach, type Reached } from "./reach.ts";
import { answered, inline, refused, table, visible } from "./say.ts";
import { zoneOf } from "./send.ts";
import type { Shell } from "./shell.ts";
import { type Asked, complete, type Fill } from "./verb.ts";

/** What turns an answer into lines; `zone` is the installation's. */
export type Words<N extends ViewName> = (value: ViewOf<N>, zone: string) => readonly string[];

type ViewVerb<N extends ViewName> = {
  readonly view: N;
  readonly example: string;
  readonly words: Words<N>;
  /** Looks at the answer, for the exit code. */
  readonly after?: (value: ViewOf<N>) => void;
};

/** `due read <view>`: every view by its own name. */
export const read: Fill = (command, shell) => {
  for (const { name, path, summary } of VIEWS) {
    const parts = partsOf(path).map((part) => ` ${USUAL[part]?.value ?? SAMPLE[name] ?? part}`);
    const query = name === "why" ? " --subject incident/INC-7" : "";
    addView(command.command(name).description(summary), shell, {
      view: name,
      example: `due read ${name}${parts.join("")}${query}`,
      words: (value, zone) => plainWords(value, zone, shell),
    });
  }
};

const SAMPLE: Readonly<Record<string, string>> = {
  signal: "R-7QK4-M2",
  incident: "INC-7",
  timeline: "INC-7",
  why: "mitigate-critical@us",
};

/** Parts of a path that are mostly the same. */
const USUAL: Readonly<Record<string, { readonly says: string; readonly value: string }>> = {
  version: { says: "a number, or current", value: "current" },
  name: { says: "which draft", value: DRAFT },
};

const partsOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, part = ""]) => part);

/** Makes `command` the verb of a view. */
export function addView<N extends ViewName>(
  command: Command,
  shell: Shell,
  { view, example, words, after }: ViewVerb<N>,
): void {
  const spec = VIEWS.find(({ name }) => name === view);
  if (!spec) throw new Error(`no view ${view}`);
  const parts = partsOf(spec.path);
  for (const part of parts) {
    const usual = USUAL[part];
    if (usual) command.argument(`[${part}]`, usual.says, usual.value);
    else command.argument(`<${part}>`);
  }
  const fields = fieldsOf(spec.query);
  for (const field of fields) addOption(command, field);
  complete(command, example).action(async (...given: unknown[]) => {
    const asked = command.opts<Asked & Record<string, Given>>();
    const client = await reach(shell);
    if (!client.ok) return refused(shell, client.problems, asked);
    const parameters = Object.fromEntries(
      parts.map((part, i) => [part, String(given[i]).replace(/^(?:incident|signal)\//, "")]),
    );
    const options = fields.map((field) => [field, asked[field.path.join("")] as Given] as const);
    const zone = zoneOf(client.value);
    const query = await toBody(options, { now: shell.now(), zone: () => zone });
    if (!query.ok) return refused(shell, query.problems, asked);
    const value = await client.value.read(view, parameters, query.value as never);
    const zoned = await zone;
    if (value.ok) after?.(value.value);
    answered(shell, value, asked, (found) => words(found, zoned.ok ? zoned.value : "UTC"));
  });
}

/** A view read with its zone, for verbs that ask for more than one. */
export async function readBoth<N extends ViewName>(
  client: Reached,
  ask: () => Promise<Result<ViewOf<N>>>,
): Promise<readonly [Result<ViewOf<N>>, string]> {
  const [value, zone] = await Promise.all([ask(), zoneOf(client)]);
  return [value, zone.ok ? zone.value : "UTC"];
}

/** `Sat 21 Nov 2026, 21:05 CET` of an instant on the wire. */
export function time(iso: string | null, zone: string): string {
  const at = iso === null ? undefined : parseInstant(iso);
  return at === undefined ? "-" : formatInstant(at as Instant, zone);
}

/** Any answer: a page as a table of its plain fields, anything else as one field a line. */
function plainWords(value: unknown, zone: string, shell: Shell): readonly string[] {
  const { items, total, next } = (value ?? {}) as {
    items?: readonly Readonly<Record<string, unknown>>[];
    total?: number;
    next?: string | null;
  };
  if (items === undefined) return plainFields(value, zone);
  if (items.length === 0) return ["None."];
  const names = Object.keys(items[0] ?? {}).filter((name) =>
    items.some((item) => isPlain(item[name])),
  );
  const columns = names.map((name) => ({
    head: name.toUpperCase(),
    cells: items.map((item) => plain(item[name], zone)),
    isWide: true as const,
  }));
  return [...table(columns, shell), ...rest(items.length, total, next)];
}

/** What a page does not show. */
export const rest = (shown: number, total?: number, next?: string | null): readonly string[] =>
  next ? [`${(total ?? shown) - shown} more: --cursor ${next}, or --limit up to 200.`] : [];

function plainFields(value: unknown, zone: string, above = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [`${above}: ${plain(value, zone)}`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = above === "" ? name : `${above}.${name}`;
    if (path === "folded") return [];
    if (typeof inner === "string" && inner.includes("\n")) return [`${path}:`, visible(inner)];
    return plainFields(inner, zone, path);
  });
}

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

function plain(value: unknown, zone: string): string {
  if (value === null || value === undefined) return "-";
  if (typeof value === "string") return parseInstant(value) ? time(value, zone) : inline(value);
  return JSON.stringify(value);
}
