/**
 * Form field: how a form asks for each key of a policy, read from the schema that parses it.
 *
 * There is no second list of what a severity or a role has: a key that the format gains is a
 * field of its form. What a key means stands in the schema; which id may stand there, in
 * references.ts.
 */

import { z } from "zod";
import { UNDECIDED } from "./clause.ts";
import { isOptional, schemasAt, testsOf } from "./parse/schema.ts";
import type { Path } from "./places.ts";
import { policySchema } from "./policy-schema.ts";
import { type Kind, kindAt } from "./references.ts";

type Schema = z.core.$ZodType;

/** What a field wants; a map has fields of its own, a list of items too. */
export type Wants =
  | { readonly is: "line" | "lines" | "text" | "date" | "email" | "url" | "number" }
  /** There or not; or one of both. */
  | { readonly is: "tick" | "boolean" }
  | { readonly is: "word"; readonly words: readonly string[] }
  | { readonly is: "id"; readonly kind: Kind }
  | { readonly is: "ids"; readonly kind: Kind }
  | { readonly is: "length"; readonly units: readonly string[] }
  | { readonly is: "condition" | "hours" | "zone" | "map" | "items" };

export type Field = {
  readonly key: string;
  readonly wants: Wants;
  readonly isOptional: boolean;
  /** May be declared absent, in a sentence. */
  readonly mayBeAbsent: boolean;
  /** What it means, as the schema says it. */
  readonly hint?: string;
};

/** The fields of the map at `path`, in the order of the format; of any item, whichever it is. */
export function fieldsAt(path: Path): readonly Field[] {
  const map = plainOf(schemasAt(policySchema, path)).find((one) => one instanceof z.ZodObject);
  if (map === undefined) return [];
  return Object.entries(map.shape).map(([key, schema]) => fieldOf([...path, key], schema));
}

/** The field of one key: `/calendar`, `/severities`. */
export function fieldAt(path: Path): Field | undefined {
  const key = path.at(-1);
  return fieldsAt(path.slice(0, -1)).find((field) => field.key === key);
}

/** The keys of the map at `path`; a key that is new stands after those before it. */
export const orderAt = (path: Path): readonly string[] => fieldsAt(path).map(({ key }) => key);

function fieldOf(path: Path, schema: Schema): Field {
  const choices = schemasAt(policySchema, path);
  const hint = hintOf(schema);
  return {
    key: String(path.at(-1)),
    wants: wantsOf(path, plainOf(choices)),
    isOptional: isOptional(schema),
    mayBeAbsent: choices.some(isAbsent),
    ...(hint === undefined ? {} : { hint }),
  };
}

function hintOf(schema: Schema): string | undefined {
  const own = schema instanceof z.ZodType ? schema.description : undefined;
  return own ?? (isOptional(schema) ? hintOf(schema.unwrap()) : undefined);
}

const isAbsent = (schema: Schema): boolean =>
  schema instanceof z.ZodObject && Object.keys(schema.shape).join() === "absent";

/** Without what a draft may leave open, and what says that there is none. */
const plainOf = (schemas: readonly Schema[]): readonly Schema[] =>
  schemas.filter(
    (one) => !isAbsent(one) && !(one instanceof z.ZodLiteral && one.values.has(UNDECIDED)),
  );

function wantsOf(path: Path, schemas: readonly Schema[]): Wants {
  const [schema] = schemas;
  if (testsOf(schemas).length > 0) return { is: "condition" };
  if (schema instanceof z.ZodArray) return ofList(path);
  if (schema instanceof z.ZodObject) return ofMap(schema);
  if (schema instanceof z.ZodEnum) return { is: "word", words: schema.options.map(String) };
  if (schema instanceof z.ZodLiteral) return { is: "tick" };
  if (schema instanceof z.ZodBoolean) return { is: "boolean" };
  if (schema instanceof z.ZodNumber) return { is: "number" };
  const kind = kindAt(path);
  if (kind !== undefined) return { is: "id", kind };
  if (path.at(-1) === "zone") return { is: "zone" };
  return { is: textOf(schema) };
}

const FORMATS = ["date", "email", "url"] as const;
/** What is longer stands in a field of several lines. */
const LINE_MAX = 120;

function textOf(schema: Schema | undefined): "line" | "text" | (typeof FORMATS)[number] {
  if (!(schema instanceof z.ZodString || schema instanceof z.ZodStringFormat)) return "text";
  const format = FORMATS.find((one) => one === schema.format);
  return format ?? ((schema.maxLength ?? Infinity) <= LINE_MAX ? "line" : "text");
}

function ofList(path: Path): Wants {
  const item: Path = [...path, 0];
  const kind = kindAt(item);
  if (kind !== undefined) return { is: "ids", kind };
  const [schema] = schemasAt(policySchema, item);
  return { is: schema instanceof z.ZodObject ? "items" : "lines" };
}

function ofMap({ shape }: z.ZodObject): Wants {
  if ("unit" in shape && "count" in shape) {
    const { unit } = shape;
    const units =
      unit instanceof z.ZodEnum
        ? unit.options
        : unit instanceof z.ZodLiteral
          ? [...unit.values]
          : [];
    return { is: "length", units: units.map(String) };
  }
  return { is: "mon" in shape ? "hours" : "map" };
}

/** Whether an item of the list at `path` can stand on one line: few short fields, and no id. */
export function isShort(path: Path): boolean {
  const fields = fieldsAt([...path, 0]);
  if (fields.some(({ key }) => key === "id")) return false;
  return fields.length <= 3 && fields.every(({ wants }) => SHORT.includes(wants.is));
}

const SHORT: readonly Wants["is"][] = ["line", "date", "id", "length", "number", "word"];
