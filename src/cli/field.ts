/**
 * Field: the fields of a command or a query as options, read off the registry's
 * schema, so that no verb can name a field that the API does not have.
 *
 *   contact: { mail }            --contact-mail <text>
 *   answers: { question: yes }   --answers <name=value>, several times
 *   evidence: [text]             --evidence <text>, several times
 *   recipients: [{ customer }]   --recipients <json>, several times
 *   happenedAt                   --happened-at <time>, or the verb's shorter --at
 *
 * What a value may be is said in help and judged by the server alone.
 */

import { type Command, Option } from "commander";
import { z } from "zod";
import { ok, refuse, type Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { several } from "./verb.ts";
import { parseWhen } from "./when.ts";

export type Field = {
  /** Where it goes in the body: `["contact", "mail"]`. */
  readonly path: readonly string[];
  /** Without hyphens: `contact-mail`. */
  readonly flag: string;
  readonly kind: "text" | "time" | "number" | "yes" | "list" | "records" | "pairs";
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  readonly says: string;
};

type Schema = {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
};

/** Every field of `shape`, those of objects in it one by one. */
export const fieldsOf = (shape: z.ZodObject): readonly Field[] =>
  inside(z.toJSONSchema(shape, { target: "draft-2020-12", io: "output" }) as Schema, [], true);

function inside(schema: Schema, above: readonly string[], isNeeded: boolean): readonly Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = [...above, name];
    const isRequired = isNeeded && (schema.required?.includes(name) ?? false);
    if (property.properties) return inside(property, path, isRequired);
    const flag = path.join("-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const choices = (property.enum ?? []).map(String);
    const says = property.description ?? "";
    return [{ path, flag, kind: kindOf(property), choices, isRequired, says }];
  });
}

function kindOf({ type, format, items, additionalProperties }: Schema): Field["kind"] {
  if (format === "date-time") return "time";
  if (type === "integer" || type === "number") return "number";
  if (type === "boolean") return "yes";
  if (type === "array") return items?.properties ? "records" : "list";
  return type === "object" && additionalProperties ? "pairs" : "text";
}

const VALUE: Readonly<Record<Field["kind"], string>> = {
  text: "<text>",
  time: "<time>",
  number: "<n>",
  yes: "",
  list: "<text>",
  records: "<json>",
  pairs: "<name=value>",
};

/** Adds the field as an option; `flag` where the verb has a shorter name for it. */
export function addOption(command: Command, field: Field, flag = field.flag): void {
  const { kind, choices, isRequired, says } = field;
  const hint = [
    says,
    choices.length > 0 ? `${choices.join(", ")}.` : "",
    isSeveral(kind) ? "May be repeated." : "",
    isRequired ? "(required)" : "",
  ];
  const option = new Option(
    `--${flag} ${VALUE[kind]}`.trim(),
    hint.filter((part) => part !== "").join(" "),
  );
  if (isSeveral(kind)) option.argParser(several);
  command.addOption(isRequired ? option.makeOptionMandatory() : option);
}

const isSeveral = (kind: Field["kind"]): boolean =>
  kind === "list" || kind === "records" || kind === "pairs";

export type Given = string | boolean | readonly string[] | undefined;
export type Clock = { readonly now: Instant; readonly zone: () => Promise<Result<string>> };

/** The body that `given` makes, by field. Refuses with: time-malformed, wrong-type. */
export async function toBody(
  given: readonly (readonly [Field, Given])[],
  clock: Clock,
): Promise<Result<Record<string, unknown>>> {
  const body: Record<string, unknown> = {};
  for (const [field, value] of given) {
    if (value === undefined) continue;
    const parsed = await toValue(field, value, clock);
    if (!parsed.ok) return parsed;
    place(body, field.path, parsed.value);
  }
  return ok(body);
}

async function toValue(field: Field, value: Given, clock: Clock): Promise<Result<unknown>> {
  const { kind, flag } = field;
  const at = `/${field.path.join("/")}`;
  if (kind === "time") return parseWhen(String(value), clock, flag, at);
  if (kind === "number" && !/^-?\d+$/.test(String(value)))
    return refuse("wrong-type", `${String(value)} is no whole number.`, at);
  if (kind === "number") return ok(Number(value));
  if (kind === "list") return ok(Array.isArray(value) ? value : [value]);
  if (kind === "records") return toRecords(Array.isArray(value) ? value : [String(value)], at);
  if (kind === "pairs") return toPairs(Array.isArray(value) ? value : [String(value)], at);
  return ok(value);
}

/** Each one JSON, or all of them as one array: instants in them are as on the wire. */
function toRecords(texts: readonly string[], place: string): Result<readonly unknown[]> {
  const records: unknown[] = [];
  for (const text of texts) {
    try {
      records.push(...[JSON.parse(text) as unknown].flat());
    } catch {
      return refuse("wrong-type", `${text} must be JSON: {"customer": "cus_kestrel"}.`, place);
    }
  }
  return ok(records);
}

function toPairs(pairs: readonly string[], place: string): Result<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1)
      return refuse("wrong-type", `${pair} must be a name and a value: exposed=yes.`, place);
    answers[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return ok(answers);
}

function place(
  body: Record<string, unknown>,
  [first = "", ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) {
    body[first] = value;
    return;
  }
  const inner = (body[first] ??= {}) as Record<string, unknown>;
  place(inner, rest, value);
}
