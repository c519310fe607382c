/**
 * Input: what a schema found wrong, in our words and with our codes.
 *
 * The schema library names its own types and rules; a person who fills a form,
 * or a program that reads `at`, needs the field and what would be right. A
 * mistyped field is named with the one that was probably meant.
 */

import type { z } from "zod";
import { ONE_LINE } from "../../api/command-spec.ts";
import { nearest } from "../../core/policy/nearest.ts";
import { ok, type Problem, type Problems, type Result } from "../../core/problem.ts";

type Issue = z.core.$ZodIssue;

/**
 * `value` as the schema gives it back, or a problem for each place that is wrong.
 * Refuses with: missing-field, unknown-field, wrong-type, empty, too-long, too-small, too-large,
 * bad-format, not-one-of, bad-value.
 */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown): Result<z.output<T>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const fields = "shape" in schema ? Object.keys(schema.shape as object) : [];
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, value, fields));
  return { ok: false, problems: problems as unknown as Problems };
}

function problemsOf(issue: Issue, value: unknown, fields: readonly string[]): readonly Problem[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownField([...path, key], key, path.length ? [] : fields));
  const [code, right] = verdict(issue, at(value, path));
  const name = path.length === 0 ? "The body" : path.join(".");
  return [{ code, message: `${name} ${right}.`, at: pointer(path) }];
}

/** A code, and what would be right. */
function verdict(issue: Issue, given: unknown): readonly [code: string, right: string] {
  if (given === undefined) return ["missing-field", "is missing"];
  switch (issue.code) {
    case "invalid_type":
      return ["wrong-type", `must be ${TYPES[issue.expected] ?? "of another type"}`];
    case "too_big":
      return tooMuch(issue.origin, Number(issue.maximum));
    case "too_small":
      return tooLittle(issue.origin, Number(issue.minimum));
    case "invalid_format":
      return ["bad-format", formatOf(issue) ?? startsWith(issue) ?? "has the wrong form"];
    case "invalid_value":
      return [
        "not-one-of",
        `must be one of ${issue.values.map(String).join(", ")}${meant(issue.values, given)}`,
      ];
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
    case "unrecognized_keys":
      return ["bad-value", "has a value that cannot be taken"];
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const FORMATS: Readonly<Record<string, string>> = {
  datetime: "must be an instant with its offset, like 2026-11-20T21:05:00+01:00",
  date: "must be a date, like 2026-11-20",
  email: "must be a mail address, like ana@fennel.example",
};

const formatOf = (issue: Issue & { readonly format: string }): string | undefined =>
  "pattern" in issue && issue.pattern === `/${ONE_LINE.source}/${ONE_LINE.flags}`
    ? "must be one line, without line breaks, control characters and marks that turn the reading direction"
    : FORMATS[issue.format];

function startsWith(issue: Issue): string | undefined {
  return "prefix" in issue && typeof issue.prefix === "string"
    ? `must begin with ${issue.prefix}`
    : undefined;
}

function tooMuch(origin: string, max: number): readonly [string, string] {
  if (origin === "string") return ["too-long", `must have at most ${max} characters`];
  if (origin === "array") return ["too-long", `must have at most ${max} items`];
  return ["too-large", `must be at most ${max}`];
}

function tooLittle(origin: string, min: number): readonly [string, string] {
  if (origin === "string" || origin === "array") {
    if (min <= 1) return ["empty", "must not be empty"];
    return [
      "too-short",
      `must have at least ${min} ${origin === "string" ? "characters" : "items"}`,
    ];
  }
  return ["too-small", `must be at least ${min}`];
}

function meant(values: readonly unknown[], given: unknown): string {
  const near = typeof given === "string" ? nearest(given, values.map(String)) : undefined;
  return near === undefined ? "" : `; did you mean ${near}?`.slice(0, -1);
}

function unknownField(
  path: readonly PropertyKey[],
  key: string,
  fields: readonly string[],
): Problem {
  const near = nearest(key, fields);
  const shown = key.slice(0, 64);
  return {
    code: "unknown-field",
    message: near
      ? `${shown} is no field here; did you mean ${near}?`
      : `${shown} is no field here${fields.length ? `; there are ${fields.join(", ")}` : ""}.`,
    at: pointer(path),
  };
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );

/** A JSON Pointer (RFC 6901). */
const pointer = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => `/${String(key).slice(0, 64).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
