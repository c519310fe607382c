import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parsePolicy } from "../parse/parse.ts";
import { expandProse, proseReferences, referenceWords } from "./prose.ts";

const parsed = parsePolicy(readFileSync(new URL("../fennel.yaml", import.meta.url), "utf8"));
if (!parsed.ok) throw new Error("Fennel's policy no longer parses");
const { policy } = parsed.value;

const DAY = "within 1 business day (Mon-Fri 09:00-17:00, Europe/Berlin)";

describe("a reference in prose", () => {
  test.each([
    [
      "to a clause prints how long",
      "You hear [[notify-exposed]] of it.",
      "You hear within 24 hours of it.",
    ],
    [
      "to a clause's sentence prints all of it",
      "So: [[triage-critical.sentence]]",
      "So: We triage it within 4 hours of opening the incident, when the severity is Critical.",
    ],
    ["to a severity prints its name", "At [[severity.critical]] we run.", "At Critical we run."],
    [
      "to a calendar prints its hours",
      "Open [[calendar.office]].",
      "Open Mon-Fri 09:00-17:00, Europe/Berlin.",
    ],
    ["that leads nowhere stays as it is", "We answer [[soon]].", "We answer [[soon]]."],
    [
      "with a part that is none stays as it is",
      "[[ack.words]] [[severity.huge]] [[calendar.moon]] [[a.b.c]]",
      "[[ack.words]] [[severity.huge]] [[calendar.moon]] [[a.b.c]]",
    ],
    ["after a backslash is none", "Write \\[[ack]] for it.", "Write \\[[ack]] for it."],
    ["that breaks over a line is none", "We answer [[\nack]].", "We answer [[\nack]]."],
    [
      "at the start of a text has a capital",
      "[[notify-exposed]] you hear.",
      "Within 24 hours you hear.",
    ],
    [
      "at the start of a paragraph has a capital",
      "So.\n\n[[notify-exposed]] you hear.",
      "So.\n\nWithin 24 hours you hear.",
    ],
    [
      "after a full stop has a capital",
      "It is so. [[notify-exposed]] you hear.",
      "It is so. Within 24 hours you hear.",
    ],
    [
      "after an abbreviation has none",
      "e.g. [[notify-exposed]] there.",
      "e.g. within 24 hours there.",
    ],
    [
      "in a table has none",
      "| [[notify-exposed]] | [[triage-critical]] |",
      "| within 24 hours | within 4 hours |",
    ],
  ])("%s", (_, markdown, said) => {
    expect(expandProse(markdown, policy)).toBe(said);
  });

  test("names a calendar's hours once in a text, where they first count", () => {
    expect(expandProse("First [[ack]], then [[ack]] again, and [[notify-exposed]].", policy)).toBe(
      `First ${DAY}, then within 1 business day again, and within 24 hours.`,
    );
  });
});

test("words that stand in are text, whatever they are made of", () => {
  const [first, ...rest] = policy.severities;
  const odd = { ...policy, severities: [{ ...first!, name: "*Red* <b>_x_ a_b [1]|`y`" }, ...rest] };
  expect(expandProse("At [[severity.critical]].", odd)).toBe(
    "At \\*Red\\* \\<b\\>\\_x\\_ a_b \\[1\\]\\|\\`y\\`.",
  );
});

test("a promise in several lines becomes one", () => {
  const [ack, ...rest] = policy.clauses;
  const lines = { ...policy, clauses: [{ ...ack!, says: "We answer.\n\nAlways." }, ...rest] };
  expect(expandProse("So: [[ack.sentence]]", lines)).toBe("So: We answer. Always.");
});

test("references are found where they stand", () => {
  expect(proseReferences("We [[ack]], \\[[no]] and [[severity.minor]].")).toEqual([
    { written: "[[ack]]", names: "ack", offset: 3 },
    { written: "[[severity.minor]]", names: "severity.minor", offset: 24 },
  ]);
});

test("what a reference reads can be asked without its text", () => {
  expect(referenceWords("ack", policy)).toBe(DAY);
  expect(referenceWords("nothing", policy)).toBeUndefined();
});
