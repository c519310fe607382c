/**
 * What the schema wants at a place, in words.
 *
 * Zod says what is wrong with a value, not what else might have stood there. To
 * suggest a key or list what is allowed, the schema itself is walked along the
 * path: through optional, lazy and union to the shapes that can stand at its end.
 */

import { z } from "zod";
import { listed } from "../../text.ts";
import { UNDECIDED } from "../clause.ts";
import type { Path } from "../places.ts";

type Schema = z.core.$ZodType;

/** Every plain schema that can stand at `path` below `root`; a union gives each of its options. */
export function schemasAt(root: Schema, path: Path): readonly Schema[] {
  let here = options(root);
  for (const step of path) here = here.flatMap((schema) => options(inside(schema, step)));
  return [...new Set(here)];
}

/** The keys that any of `schemas` knows, in the order of the schema. */
export const keysOf = (schemas: readonly Schema[]): readonly string[] => [
  ...new Set(
    schemas.flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : [])),
  ),
];

/**
 * The words that any of `schemas` allows, where it allows only certain ones. To leave something
 * open is allowed in a draft, and never what would be right.
 */
export const wordsOf = (schemas: readonly Schema[]): readonly string[] =>
  schemas
    .flatMap((schema) => {
      if (schema instanceof z.ZodEnum) return schema.options.map(String);
      return schema instanceof z.ZodLiteral ? [...schema.values].map(String) : [];
    })
    .filter((word) => word !== UNDECIDED);

/** `text, or a list`: what `schemas` want, to follow "must be". */
export function wanted(schemas: readonly Schema[]): string {
  const words = wordsOf(schemas);
  const kinds = [...new Set(schemas.flatMap((schema) => kindOf(schema, schemas) ?? []))];
  const tests = testsOf(schemas);
  if (tests.length > 0) kinds.push(`a mapping with one of ${tests.join(", ")}`);
  return [...(words.length > 0 ? [oneOf(words)] : []), ...kinds].join(", or ");
}

/** The keys of which exactly one may stand, where there are several such: a condition's tests. */
export function testsOf(schemas: readonly Schema[]): readonly string[] {
  const objects = schemas.filter((schema) => schema instanceof z.ZodObject);
  const keys = objects.map((schema) => Object.keys(schema.shape));
  return keys.length > 2 && keys.every((one) => one.length === 1) ? keys.flat() : [];
}

/** `a, b or c`. */
export const oneOf = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;

/** Whether a key may be left out. */
export const isOptional = (schema: unknown): schema is z.ZodOptional | z.ZodExactOptional =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional;

function options(schema: Schema | undefined): readonly Schema[] {
  if (schema === undefined) return [];
  if (isOptional(schema) || schema instanceof z.ZodLazy) return options(schema.unwrap());
  return schema instanceof z.ZodUnion ? schema.options.flatMap(options) : [schema];
}

function inside(schema: Schema, step: string | number): Schema | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodTuple) return schema.def.items[Number(step)];
  if (!(schema instanceof z.ZodObject)) return undefined;
  return Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
}

/** Formats that a value may be told to have. */
const FORMATS: Readonly<Record<string, string>> = {
  date: "a date that exists, like 2026-11-20",
  email: "a mail address, like security@fennel.example",
  url: "a web address, like https://fennel.example/policy",
};

function kindOf(schema: Schema, beside: readonly Schema[]): string | undefined {
  if (schema instanceof z.ZodStringFormat) return FORMATS[schema.def.format] ?? "text";
  if (schema instanceof z.ZodString) return patternOf(schema) ?? "text";
  if (schema instanceof z.ZodNumber) return "a number";
  if (schema instanceof z.ZodBoolean) return "true or false";
  if (schema instanceof z.ZodArray) return "a list";
  if (schema instanceof z.ZodTuple) return schema.description;
  if (!(schema instanceof z.ZodObject) || testsOf(beside).length > 0) return undefined;
  const needed = Object.keys(schema.shape).filter((key) => !isOptional(schema.shape[key]));
  return `a mapping${needed.length > 0 ? ` with ${listed(needed)}` : ""}`;
}

const MUST_BE = "must be ";

/** What a pattern asks for, as its message in the schema says; asked of the schema itself. */
function patternOf(schema: z.ZodString): string | undefined {
  const message = schema
    .safeParse("\n")
    .error?.issues.find((issue) => issue.code === "invalid_format")?.message;
  return message?.startsWith(MUST_BE) === true ? message.slice(MUST_BE.length) : undefined;
}
