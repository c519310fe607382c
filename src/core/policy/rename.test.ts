import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { references } from "./lint/references.ts";
import { parsePolicy, type PolicyDocument } from "./parse/parse.ts";
import { DECLARED_UNDER } from "./references.ts";
import { idKeyOf, mayGo, namingOf, namingWords, renamed, sectionsElsewhere } from "./rename.ts";

function read(text: string): PolicyDocument {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

const example = (name: string): PolicyDocument =>
  read(readFileSync(`policies/${name}.yaml`, "utf8"));
const VENDOR = example("vendor");

function rename(document: PolicyDocument, list: string, index: number, next: string): string {
  const done = renamed(document, [list], index, next);
  if (!done.ok) throw new Error(done.problems[0].message);
  return done.value;
}

const itemsOf = ({ policy }: PolicyDocument, list: string): readonly object[] =>
  (policy as unknown as Record<string, object[] | undefined>)[list] ?? [];

const LISTS = [...new Set<string>(Object.values(DECLARED_UNDER)), "phases", "mitigations"];
const CASES = ["vendor", "product", "solo"].flatMap((name) =>
  LISTS.filter((list) => itemsOf(example(name), list).length > 0).map(
    (list) => [list, name] as const,
  ),
);

describe("what is renamed", () => {
  test.each(CASES)("is followed by all that names it: the first of %s of %s", (list, name) => {
    const document = example(name);
    const items = itemsOf(document, list);
    const next = read(rename(document, list, 0, "another-name"));
    expect([...references(next)]).toEqual([]);
    expect(itemsOf(next, list)[0]).toHaveProperty(idKeyOf([list]), "another-name");
    // Every line but those that name it is as it was.
    const was = document.text.split("\n");
    const other = next.text.split("\n").filter((line, i) => line !== was[i]);
    expect(next.text.split("\n").length).toBe(was.length);
    expect(other.every((line) => line.includes("another-name"))).toBe(true);
    // And back it is the very text.
    expect(rename(next, list, 0, idIn(items[0], list))).toBe(document.text);
  });

  test("is followed in the prose, where it is no part of another word", () => {
    const text = VENDOR.text.replace(
      /^ {4}text: \|\n/m,
      "    text: |\n      [[severity.sev1]] and \\[[severity.sev1]], severity.sev1, [[calendar.new-york]].\n",
    );
    const next = rename(read(text), "severities", 0, "worst");
    expect(next).toContain(
      "[[severity.worst]] and \\[[severity.sev1]], severity.sev1, [[calendar.new-york]].",
    );
    const moved = rename(read(text), "calendars", 0, "office");
    expect(moved).toContain("[[calendar.office]]");
    expect(moved).toContain("\ncalendar: office\n");
  });

  test("is followed in prose that is written with escapes", () => {
    const sections = VENDOR.policy.sections.map(({ id }) => id);
    const [first = ""] = sections;
    const at = VENDOR.text.indexOf(`  - id: ${first}`);
    const end = VENDOR.text.indexOf("\n  - id: ", at + 5);
    const quoted = `  - id: ${first}\n    title: One\n    audience: public\n    text: "See [[severity.sev1]].\\n\\nThen [[severity.sev1]] \\u00e9."`;
    const document = read(VENDOR.text.slice(0, at) + quoted + VENDOR.text.slice(end));
    const next = read(rename(document, "severities", 0, "worst")).policy.sections[0];
    expect(next).toMatchObject({ text: "See [[severity.worst]].\n\nThen [[severity.worst]] é." });
  });

  test("keeps a comment beside each place that names it", () => {
    const text = VENDOR.text
      .replace("otherwise: sev4\n", "otherwise: sev4 # nobody is woken\n")
      .replace("  - id: sev4\n", "  - id: sev4 # the rest\n");
    const next = rename(read(text), "severities", 3, "minor");
    expect(next).toContain("otherwise: minor # nobody is woken\n");
    expect(next).toContain("  - id: minor # the rest\n");
  });

  test("of two gates with one name in two phases is the one that was meant", () => {
    const list = ["phases", 1, "leave"];
    const done = renamed(VENDOR, list, 0, "severity-set");
    expect(done.ok && done.value).toBe(
      VENDOR.text.replace("      - id: classified\n", "      - id: severity-set\n"),
    );
  });
});

describe("no name is given", () => {
  test("that is no id", () => {
    for (const wrong of ["", "Sev 1", "sev_1", "-", "x".repeat(65)]) {
      const done = renamed(VENDOR, ["severities"], 0, wrong);
      expect(done.ok ? "" : done.problems[0].code).toBe("id-malformed");
    }
  });

  test("that another one has", () => {
    const done = renamed(VENDOR, ["severities"], 0, "sev2");
    expect(done).toMatchObject({
      ok: false,
      problems: [{ code: "id-taken", message: 'Another severity has the id "sev2" already.' }],
    });
  });
});

describe("what is named elsewhere", () => {
  test("may not go, and each place is told once, as a person would say it", () => {
    const { policy } = VENDOR;
    const done = mayGo(policy, ["severities"], 3);
    const words = done.ok ? "" : done.problems[0].message;
    expect(words).toContain('"sev4" is named by the question "hardening"');
    expect(words).toContain('"otherwise"');
    expect(words).toMatch(/: let these name another first\.$/);
    const deputy = read(
      VENDOR.text.replace("  - id: technical\n", "  - id: technical\n    deputy: lead\n"),
    );
    expect(mayGo(deputy.policy, ["roles"], 0)).toMatchObject({
      ok: false,
      problems: [{ code: "id-named", at: "/roles/0" }],
    });
  });

  test("and nowhere else may go", () => {
    const phase = VENDOR.policy.phases.length - 1;
    expect(mayGo(VENDOR.policy, ["phases"], phase).ok).toBe(true);
    expect(mayGo(VENDOR.policy, ["roles"], 2).ok).toBe(true);
  });

  test("in many places is told by the first of them", () => {
    const { policy } = example("product");
    const paths = namingOf(policy, ["calendars"], 0).concat(
      policy.clauses.map((_, i) => ["clauses", i, "calendar"]),
    );
    expect(namingWords(policy, paths)).toMatch(/ and \d+ more places$/);
  });
});

test("sections in files of their own are told, because nobody looked into them", () => {
  expect(sectionsElsewhere(VENDOR.policy)).toEqual(["The runbook in full"]);
  expect(sectionsElsewhere(example("solo").policy)).toEqual([]);
});

const idIn = (item: object | undefined, list: string): string =>
  String((item as Record<string, unknown> | undefined)?.[idKeyOf([list])]);
