/**
 * The sentence for each fault of a policy's structure: what is wrong, and what
 * would be right.
 *
 * Schema messages that begin with "must be" are ours and are used; everything
 * else is worded here, so that no library's vocabulary reaches the author.
 */

import { z } from "zod";
import type { Problem } from "../../problem.ts";
import { nearest } from "../nearest.ts";
import type { Fault } from "./issues.ts";
import { wanted, wordsOf } from "./schema.ts";
import { type Path, type Places, toPointer } from "../places.ts";
import { POLICY_FORMAT } from "../policy.ts";

type Said = Pick<Problem, "code" | "message">;

/** Code and sentence of a fault. */
export function faultProblem(fault: Fault, places: Places): Said {
  const name = nameOf(fault.path);
  const want = fault.path.length === 0 ? WHOLE : wanted(fault.schemas);
  switch (fault.kind) {
    case "missing":
      return { code: "policy-key-missing", message: `${name} is missing: it must be ${want}.` };
    case "unknown-key":
      return unknownKey(fault);
    case "several-tests":
      return {
        code: "policy-condition",
        message:
          `A condition is one test, and this has ${fault.tests.join(" and ")}: list them ` +
          'under "all" or "any".',
      };
    case "none-fits":
      return wrongWord(fault, name, want, places);
    case "issue":
      return issueSaid(fault, name, want, places);
  }
}

const WHOLE = `keys and values, the first of them "format: ${POLICY_FORMAT}"`;

function unknownKey({ key, known }: Extract<Fault, { kind: "unknown-key" }>): Said {
  const code = "policy-key-unknown";
  // Known to another form of the same thing: a section with text and with a file.
  if (known.includes(key)) {
    return { code, message: `${quoted(key)} does not go with the other keys here: remove it.` };
  }
  const near = nearest(key, known);
  const right =
    near === undefined ? `known here are ${known.join(", ")}.` : `did you mean "${near}"?`;
  return { code, message: `Unknown key ${quoted(key)}: ${right}` };
}

function issueSaid(
  fault: Extract<Fault, { kind: "issue" }>,
  name: string,
  want: string,
  places: Places,
): Said {
  const { issue, input } = fault;
  const code = "policy-value-invalid";
  switch (issue.code) {
    case "invalid_value":
      return wrongWord(fault, name, want, places);
    case "invalid_format": {
      const right = issue.message === "" ? `must be ${want}` : issue.message;
      return { code, message: `${name} ${right}; this is ${quoted(String(input))}.` };
    }
    case "too_small":
    case "too_big":
      return { code, message: sizeMessage(fault, issue, name, want) };
    default:
      return wrongKind(fault, name, want, places);
  }
}

function wrongWord(fault: Fault, name: string, want: string, places: Places): Said {
  const words = wordsOf(fault.schemas);
  const near = typeof fault.input === "string" ? nearest(fault.input, words) : undefined;
  if (near === undefined) return wrongKind(fault, name, want, places);
  const message =
    `${name} cannot be ${quoted(String(fault.input))}: did you mean "${near}"? It must be ` +
    `${want}.`;
  return { code: "policy-value-invalid", message };
}

function wrongKind(
  { input, path, schemas }: Fault,
  name: string,
  want: string,
  places: Places,
): Said {
  const code = "policy-value-invalid";
  if (input === null) return { code, message: `${name} has no value: it must be ${want}.` };
  if (typeof input === "string") {
    const mend = want === "a list" ? `: write [${input}]` : "";
    return { code, message: `${name} must be ${want}; this is ${quoted(input)}${mend}.` };
  }
  const textWanted = schemas.some((schema) => schema instanceof z.ZodString);
  const scalar = typeof input === "number" || typeof input === "boolean";
  const mend = textWanted && scalar ? `: put it in quotes, "${sourceOf(path, places)}"` : "";
  return { code, message: `${name} must be ${want}; this is ${kindOf(input)}${mend}.` };
}

function sizeMessage(
  { input, schemas }: Fault,
  issue: Extract<Extract<Fault, { kind: "issue" }>["issue"], { code: "too_small" | "too_big" }>,
  name: string,
  want: string,
): string {
  const bound = Number(issue.code === "too_small" ? issue.minimum : issue.maximum);
  const limit = issue.code === "too_small" ? "at least" : "at most";
  if (typeof input === "number") {
    const than = issue.code === "too_small" && issue.inclusive !== true ? "more than" : limit;
    return `${name} must be ${than} ${bound}; this is ${input}.`;
  }
  if (typeof input === "string") {
    if (input === "") return `${name} must not be empty.`;
    return `${name} is too long: ${limit} ${bound} characters; this has ${input.length}.`;
  }
  const length = Array.isArray(input) ? input.length : 0;
  if (schemas.some((schema) => schema instanceof z.ZodTuple)) {
    return `${name} must be ${want}; this has ${length}.`;
  }
  return (
    `${name} must have ${limit} ${bound} ${bound === 1 ? "item" : "items"}; this has ` +
    `${length}.`
  );
}

/** `"count"`, `Item 2 of "severities"`; a list within a list counts from inside out. */
function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return "A policy";
  if (typeof last === "string") return quoted(last);
  const list = path.slice(0, -1);
  const of = list.at(-1);
  return (
    `Item ${last + 1} of ` +
    `${typeof of === "number" ? nameOf(list).replace("Item", "item") : quoted(of ?? "")}`
  );
}

function kindOf(input: unknown): string {
  if (Array.isArray(input)) return "a list";
  if (typeof input === "number") return Number.isFinite(input) ? "a number" : "no finite number";
  if (typeof input === "boolean") return "a yes or no";
  return typeof input === "object" ? "a mapping" : "something else";
}

/** The value as it was written, so that `1.0` does not come back as 1. */
function sourceOf(path: Path, { text, spots }: Places): string {
  const span = spots.get(toPointer(path))?.value;
  return span === undefined ? "" : text.slice(span.from, span.to);
}

const SHOWN_MAX = 60;

/** In double quotes, cut where it is long, on one line. */
export const quoted = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length > SHOWN_MAX ? `"${line.slice(0, SHOWN_MAX)}…"` : `"${line}"`;
};
