/** Every field that a form asks for, put into a whole policy: read again it says just that. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Field, fieldAt, fieldsAt, orderAt } from "./form-field.ts";
import { withKey } from "./list-edit.ts";
import { parsePolicy, type PolicyDocument } from "./parse/parse.ts";
import { PARTS } from "./parts.ts";
import { type Path, toPointer, valueAt } from "./places.ts";

function read(text: string): PolicyDocument {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

const VENDOR = read(readFileSync("policies/vendor.yaml", "utf8"));

/** Words that YAML would take for something else, and such as fold. */
const LINE = "Some words: and # more";
const TEXT = `It's "quoted": ${"more than a line ".repeat(6)}# and no comment.\n\nAnd a second one.`;
const VALUES: Readonly<Record<string, unknown>> = {
  line: LINE,
  lines: [LINE, "- dashed"],
  text: TEXT,
  date: "2027-02-03",
  email: "ana@kestrel.example",
  url: "https://kestrel.example/#x",
  number: 3,
  tick: true,
  boolean: false,
  id: "anything",
  ids: ["one", "two"],
  zone: "Asia/Tokyo",
  hours: {
    mon: [
      ["09:00", "12:00"],
      ["13:00", "24:00"],
    ],
  },
  condition: { any: [{ severity: ["sev1"] }, { not: { moment: "closedAt" } }] },
};
/** What has a form of words of its own. */
const NAMED: Readonly<Record<string, unknown>> = {
  id: "another-id",
  claim: "another-claim",
  sets: ["firstAt", "secondAt"],
  languages: ["en", "pt-BR"],
};

function valueFor({ key, wants }: Field): unknown {
  if (wants.is === "word") return wants.words.at(-1);
  if (wants.is === "length") return { count: 2, unit: wants.units[0] };
  return NAMED[key] ?? VALUES[wants.is];
}

/** The fields of everything under `path`, of the first item of each list. */
function* fieldsIn(path: Path): Generator<{ readonly path: Path; readonly field: Field }> {
  const own = fieldAt(path);
  const isThere = valueAt(VENDOR.policy, toPointer(path)) !== undefined;
  if (own?.wants.is === "items") {
    if (isThere) for (const { key } of fieldsAt([...path, 0])) yield* fieldsIn([...path, 0, key]);
  } else if (own?.wants.is === "map") {
    if (!own.mayBeAbsent) for (const { key } of fieldsAt(path)) yield* fieldsIn([...path, key]);
  } else if (own) yield { path, field: own };
}

const CASES = PARTS.flatMap(({ keys }) => keys).flatMap((key) =>
  [...fieldsIn([key])].map(({ path, field }) => [toPointer(path), path, field] as const),
);

const commentsOf = (text: string): readonly string[] => text.match(/^ *#.*$/gm) ?? [];

test("there are many of them", () => {
  expect(CASES.length).toBeGreaterThan(60);
});

test.each(CASES)("%s", (pointer, path, field) => {
  const value = valueFor(field);
  const text = withKey(VENDOR, path, value, orderAt(path.slice(0, -1)));
  const after = read(text);
  expect(valueAt(after.policy, pointer)).toEqual(value);
  expect(commentsOf(text)).toEqual(commentsOf(VENDOR.text));
  // No line but its own has changed.
  const [was, is] = [VENDOR.text.split("\n"), text.split("\n")];
  const head = was.findIndex((line, i) => line !== is[i]);
  const tail = was.toReversed().findIndex((line, i) => line !== is.at(-1 - i));
  expect(head < 0 ? 0 : is.length - head - tail).toBeLessThanOrEqual(12);
});
