/** What a version changed is shown as it is read: nothing added is hidden, nothing removed is kept quiet. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparison } from "./comparison.ts";
import { FENNEL } from "./fennel.ts";
import type { Policy } from "./policy.ts";
import { plainWords } from "./prose/blocks.ts";
import { markedWords } from "./word-marks.ts";

const section = (id: string, text: string) => ({
  id,
  title: `About ${id}`,
  audience: "public" as const,
  text,
});
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const hidden = (audience: "nda" | "internal", of: string, file = "a.md") => ({
  id: "a",
  title: "About a",
  audience,
  file,
  digest: digest(of),
});
const policy = (...sections: Policy["sections"]): Policy => ({ ...FENNEL, sections });
const sections = (before: Policy["sections"], after: Policy["sections"]) =>
  comparison(policy(...before), policy(...after), { level: 2 }).sections;
/** The body of one section that stood before and after. */
const marked = (before: string, after: string): string =>
  sections([section("a", before)], [section("a", after)]).html.replace(
    /^<section class="change prose"><h3>About a<\/h3>|<\/section>$/g,
    "",
  );

describe("text", () => {
  test("a word that changed is marked where it stands, and its blanks belong to neither", () => {
    expect(marked("We answer within 4 hours, always.", "We answer within 2 days, always.")).toBe(
      "<p>We answer within <del>4 hours</del> <ins>2 days</ins>, always.</p>",
    );
  });

  test("a comma that came stands at the word before it, one that went stays where it stood", () => {
    const [bare, more] = ["It is kept for patterns", "It is kept, and read"];
    expect(marked(bare, more)).toBe(
      "<p>It is kept <del>for patterns</del><ins>, and read</ins></p>",
    );
    expect(marked(more, bare)).toBe(
      "<p>It is kept<del>, and read</del> <ins>for patterns</ins></p>",
    );
  });

  test("a table stays a table: the cell that changed is marked, rows that stayed are folded", () => {
    const rows = (high: string) =>
      `| Rank | Told |\n|---|---:|\n| Critical | in 4 hours |\n| Severe | in 8 hours |\n| Grave | in 9 hours |\n| High | ${high} |\n| Medium | in 5 days |\n| Low | in a report |\n| None | never |\n`;
    const html = marked(rows("in 2 days"), rows("in 1 day"));
    expect(html).toContain(
      '<tr><td>High</td><td class="to-right">in <del>2 days</del> <ins>1 day</ins></td></tr>',
    );
    expect(html).toContain('<th scope="col">Rank</th>');
    expect(html).toContain('<tr class="gap"><td colspan="2">[… 2 unchanged rows …]</td></tr>');
    expect(html).not.toContain("Severe");
    expect(html).not.toContain("|");
  });

  test("a row that came and a row that went are marked cell by cell", () => {
    const table = (row: string) => `| a | b |\n|---|---|\n| one | two |\n${row}`;
    expect(marked(table("| three | four |"), table("| five | six |"))).toContain(
      "<tr><td><del>three</del></td><td><del>four</del></td></tr><tr><td><ins>five</ins></td><td><ins>six</ins></td></tr>",
    );
  });

  test("a column that came leaves the others as they were", () => {
    const html = marked(
      "| Rank | Told |\n|---|---|\n| High | today |",
      "| Rank | Fixed | Told |\n|---|---|---|\n| High | tomorrow | today |",
    );
    expect(html).toContain(
      '<th scope="col">Rank</th><th scope="col"><ins>Fixed</ins></th><th scope="col">Told</th>',
    );
    expect(html).toContain("<td>High</td><td><ins>tomorrow</ins></td><td>today</td>");
  });

  test("numbers of a list are those of the text, also where items are folded", () => {
    const list = (last: string) =>
      ["first", "second", "third", "fourth", last].map((is, i) => `${i + 1}. ${is}`).join("\n");
    expect(marked(list("fifth of all"), list("fifth of many"))).toBe(
      '<ol><li class="gap">[… 3 unchanged items …]</li><li value="4">fourth</li><li value="5">fifth of <del>all</del> <ins>many</ins></li></ol>',
    );
  });

  test("far from a change only how much stayed is told, below the headings above it", () => {
    const long = (count: number) =>
      Array.from({ length: count }, (_, i) => `Word ${i}.`).join("\n\n");
    const html = marked(
      `# One\n\n${long(5)}\n\n# Two\n\nBefore.\n\nIt is so.`,
      `# One\n\n${long(5)}\n\n# Two\n\nBefore.\n\nIt was so.`,
    );
    expect(html).toBe(
      '<p class="gap">[… 6 unchanged paragraphs …]</p><h4>Two</h4><p>Before.</p><p>It <del>is</del> <ins>was</ins> so.</p>',
    );
  });

  test("a long paragraph keeps what is around the change", () => {
    const words = (from: number) => Array.from({ length: 100 }, (_, i) => `w${from + i}`).join(" ");
    const html = marked(`${words(0)} old ${words(100)}`, `${words(0)} new ${words(100)}`);
    expect(html).toMatch(/^<p><span class="gap">\[…\]<\/span> w82 .* w99 <del>old<\/del> <ins>new/);
    expect(html).toMatch(/ w117 <span class="gap">\[…\]<\/span><\/p>$/);
  });

  test("a link that leads elsewhere is a change, and says where both lead", () => {
    const html = marked("See [it](https://a.example).", "See [it](https://b.example).");
    expect(html).toContain('<del><a href="https://a.example">it</a> (https://a.example)</del>');
    expect(html).toContain('<ins><a href="https://b.example">it</a> (https://b.example)</ins>');
  });

  test("other line breaks are no change; emphasis alone is said in a sentence", () => {
    expect(sections([section("a", "one\ntwo")], [section("a", "one two")]).count).toBe(0);
    expect(marked("one two", "one **two**")).toContain("only how they are set changed");
  });

  test("the words of a promise that moved show where they are printed", () => {
    const [clause] = FENNEL.clauses;
    const within = { count: 77, unit: "hours" as const };
    const text = section("a", `You hear [[${clause?.id}]].`);
    const before = policy(text);
    const after = { ...before, clauses: [{ ...FENNEL.clauses[0], within }] } as Policy;
    expect(comparison(before, after, { level: 2 }).sections.html).toMatch(/<ins>.*77.*<\/ins>/);
  });

  test.each([
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    '<a href="https://a.example" style="position:fixed">x</a>',
    '[x](https://a.example/"onmouseover=alert(1))',
  ])("%s runs nothing and loads nothing, come or gone", (text) => {
    for (const html of [
      marked("plain", text),
      marked(text, "plain"),
      marked(text, `${text} too`),
    ]) {
      const tags = (html.match(/<[^>]*>/g) ?? []).join("").replace(/"[^"]*"/g, "");
      expect(tags).not.toMatch(/<(?:script|img|iframe|style)|\son\w+=|style=/i);
      expect(html).not.toMatch(/href="(?!https?:|mailto:|\/[^/\\])/);
    }
  });
});

describe("sections", () => {
  test("what is new and what is gone says so and is printed whole; what stayed is silent", () => {
    const { count, html } = sections(
      [section("b", "two"), section("c", "three")],
      [section("c", "three"), section("d", "four *five*")],
    );
    expect(count).toBe(2);
    expect(html).toContain(
      'About d <span class="came">new</span></h3><ins class="whole"><p>four <em>five</em></p></ins>',
    );
    expect(html).toContain(
      'About b <span class="went">taken out</span></h3><del class="whole"><p>two</p></del>',
    );
    expect(html).not.toContain("About c");
  });

  test("a title that changed is marked in the heading", () => {
    const renamed = { ...section("a", "one"), title: "All about a" };
    expect(sections([section("a", "one")], [renamed]).html).toContain(
      "<h3><del>About</del> <ins>All about</ins> a</h3>",
    );
  });

  test.each([
    [
      "under NDA",
      "nda",
      "Under NDA: its text changed in this version. Customers under a non-disclosure agreement can ask for a link to it.",
    ],
    ["internal", "internal", "For the team alone: its text changed in this version."],
  ] as const)("%s: a sentence, and both fingerprints behind it", (_, audience, says) => {
    const { html } = sections([hidden(audience, "1")], [hidden(audience, "2")]);
    expect(html).toContain(`<p class="note-of">${says}</p>`);
    expect(html).toMatch(new RegExp(`<details>.*${digest("1")}.*${digest("2")}.*</details>`));
    expect(html.replace(/<details>.*<\/details>/, "")).not.toContain("sha256");
  });

  test("a file under another name is no other text", () => {
    const { html } = sections([hidden("nda", "1")], [hidden("nda", "1", "b.md")]);
    expect(html).toContain("its text is the same, and the file that holds it has another name");
    expect(sections([hidden("nda", "1")], [hidden("nda", "1")]).count).toBe(0);
  });

  test("a section that is shown to others than before says from whom to whom", () => {
    const [open, nda, internal] = [
      section("a", "one"),
      hidden("nda", "1"),
      hidden("internal", "2"),
    ];
    expect(sections([open], [nda]).html).toContain(
      "This was for everybody and is now under NDA. The earlier version still shows what it said.",
    );
    expect(sections([nda], [open]).html).toMatch(
      /This was under NDA and is now for everybody\..*<ins class="whole"><p>one<\/p><\/ins>/,
    );
    expect(sections([nda], [internal]).html).toContain(
      "This was under NDA and is now for the team alone. Its text changed too.",
    );
    expect(sections([], [nda]).html).toContain("It is under NDA.");
    expect(sections([internal], []).html).toContain("It was for the team alone.");
  });
});

test("promises lead to the page of the newer version, and other parts are named", () => {
  const after: Policy = {
    ...FENNEL,
    owner: { name: "Somebody Else" },
    clauses: FENNEL.clauses.slice(1),
  };
  const { promises, others } = comparison(FENNEL, after, { level: 2, at: "/policy/v/2" });
  expect(promises.count).toBe(1);
  expect(promises.html).toContain('<span class="went">taken out</span>');
  expect(others).toEqual(["who answers for it"]);
  const back = comparison(after, FENNEL, { level: 2, at: "/policy/v/3" });
  expect(back.promises.html).toContain(`<a href="/policy/v/3#${FENNEL.clauses[0]?.id}">`);
});

test("both texts can be read off the marks again, whatever they are", () => {
  const text = fc
    .array(fc.constantFrom("a", "b ", "c. ", "d, ", "é!", "<i> ", "&", "42 "), { maxLength: 40 })
    .map((all) => all.join(""));
  const side = (html: string, without: "del" | "ins"): string =>
    html
      .replace(new RegExp(`<${without}>.*?</${without}>`, "gs"), "")
      .replace(/<\/?(?:ins|del)>|\s+/g, "");
  const plain = (from: string): string =>
    from
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replace(/\s+/g, "");
  fc.assert(
    fc.property(text, text, (was, is) => {
      const html = markedWords(plainWords(was), plainWords(is));
      expect([side(html, "ins"), side(html, "del")]).toEqual([plain(was), plain(is)]);
    }),
  );
});
