/**
 * PDFs, read back with Poppler: they open, are tagged, name their title and language,
 * and show every text as it stands, whoever wrote it.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { PdfBlock, PdfDocument } from "./document.ts";
import { openPdfRoom } from "./room.ts";

const room = openPdfRoom();
const folder = mkdtempSync(join(tmpdir(), "due-pdf-"));

afterAll(async () => {
  await room.close();
  rmSync(folder, { recursive: true, force: true });
});

const documentOf = (blocks: readonly PdfBlock[], rest: Partial<PdfDocument> = {}): PdfDocument => ({
  title: "Notification of a breach",
  language: "en",
  blocks,
  foot: "Prepared with Duenotice · SHA-256 0f1e2d",
  ...rest,
});

async function printed(document: PdfDocument): Promise<Uint8Array> {
  const result = await room.print(document);
  if (!result.ok) throw new Error(result.problems[0].message);
  return result.value;
}

function read(bytes: Uint8Array, program: string, ...options: string[]): string {
  const path = join(folder, "read.pdf");
  writeFileSync(path, bytes);
  const rest = program === "pdftotext" ? ["-"] : [];
  return execFileSync(program, [...options, path, ...rest], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
}

describe("a PDF", () => {
  test("opens, is tagged, and names its title and its language", async () => {
    const bytes = await printed(
      documentOf([{ kind: "paragraph", text: "Olá." }], {
        title: "Comunicação <1> & mais",
        language: "pt-BR",
      }),
    );
    const info = read(bytes, "pdfinfo");
    expect(info).toMatch(/^Tagged: +yes$/m);
    expect(info).toMatch(/^Title: +Comunicação <1> & mais$/m);
    expect(info).toMatch(/^JavaScript: +no$/m);
    expect(info).toMatch(/^Page size: .*A4/m);
    expect(read(bytes, "pdfinfo", "-meta")).toMatch(/<dc:language>.*pt-BR/);
  });

  test("has headings, lists and tables for a screen reader, and the table's head as a head", async () => {
    const bytes = await printed(
      documentOf([
        { kind: "heading", text: "What happened" },
        { kind: "list", items: ["one", "two"] },
        { kind: "fields", head: ["Field", "Answer"], rows: [{ label: "Name", value: "Fennel" }] },
        { kind: "table", head: ["A", "B"], rows: [["1", "2"]] },
      ]),
    );
    const structure = read(bytes, "pdfinfo", "-struct");
    for (const tag of ["H1", "H2", "L", "LI", "Table", "THead", "TH", "TD"])
      expect(structure).toMatch(new RegExp(`^ *${tag}\\b`, "m"));
  });

  test("numbers its pages and repeats its foot on each", async () => {
    const items = Array.from({ length: 150 }, (_, index) => `line ${index}`);
    const pages = read(await printed(documentOf([{ kind: "list", items }])), "pdftotext")
      .split("\f")
      .filter((page) => page !== "");
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      expect(page).toMatch(new RegExp(`\\b${index + 1} ?/ ?${pages.length}\\b`));
      expect(page).toContain("SHA-256 0f1e2d");
    }
  });

  test("is the same to the byte for the same document, whatever was printed between", async () => {
    const document = documentOf([{ kind: "paragraph", text: "Same." }]);
    const first = await printed(document);
    await printed(documentOf([{ kind: "paragraph", text: "Other." }]));
    expect(Buffer.compare(first, await printed(document))).toBe(0);
  });
});

describe("text that somebody else wrote", () => {
  const HOSTILE = [
    '#read("/etc/passwd")',
    "#sys.inputs",
    "*bold* _soft_ $x^2$ `raw`",
    "= not a heading",
    "- not an item",
    "@nobody <label>",
    "\"straight\" and 'single' -- stay --- so",
    "\\u0000 \\ #{panic()}",
    "https://example.org/~a_b",
  ];

  test("stays as it stands, wherever it is put", async () => {
    const text = read(
      await printed(
        documentOf(
          HOSTILE.flatMap((one): PdfBlock[] => [
            { kind: "heading", text: one },
            { kind: "paragraph", text: one },
            { kind: "list", items: [one] },
            { kind: "fields", head: ["F", "A"], rows: [{ label: one, value: one, note: one }] },
            { kind: "table", head: [one], rows: [[one]] },
          ]),
        ),
      ),
      "pdftotext",
      "-layout",
    );
    for (const one of HOSTILE) {
      const found = text.split(one).length - 1;
      expect({ one, found: found >= 3 }).toEqual({ one, found: true });
    }
    expect(text).not.toContain("root:");
  });

  test("as title and foot too", async () => {
    const bytes = await printed(
      documentOf([], { title: '#panic("x") *t*', foot: '#read("x")', under: ["#under[x]"] }),
    );
    expect(read(bytes, "pdfinfo")).toContain('#panic("x") *t*');
    const text = read(bytes, "pdftotext");
    for (const one of ['#panic("x") *t*', '#read("x")', "#under[x]"]) expect(text).toContain(one);
  });

  test("keeps its lines, and controls become a mark", async () => {
    const text = read(
      await printed(
        documentOf([{ kind: "paragraph", text: "one\r\ntwo\nth\u0000r\u001bee\ud800" }]),
      ),
      "pdftotext",
    );
    expect(text).toMatch(/^one$\n^two$/m);
  });

  test("in Arabic, Cyrillic, Greek and Vietnamese is drawn with glyphs", async () => {
    const bytes = await printed(
      documentOf([
        { kind: "paragraph", text: "محمد الكندي" },
        { kind: "paragraph", text: "Щербакова Αθήνα Nguyễn Đặng" },
      ]),
    );
    const text = read(bytes, "pdftotext").normalize("NFKC");
    expect(text).toMatch(/\p{sc=Arabic}{3}/u);
    expect(read(bytes, "pdffonts")).toContain("NotoNaskhArabic");
    expect(text).toContain("Щербакова Αθήνα Nguyễn Đặng");
    expect(text).not.toContain("no typeface");
  });

  test.each(["東京 株式会社", "हिन्दी", "Ἀθῆναι", "🔥"])(
    "in a script that is not drawn (%s), the page says so",
    async (word) => {
      const bytes = await printed(documentOf([{ kind: "paragraph", text: `At ${word}.` }]));
      expect(read(bytes, "pdftotext")).toContain("no typeface");
    },
  );

  test("a word longer than the line is broken on paper and whole when copied", async () => {
    const word = "0123456789abcdef".repeat(16);
    const bytes = await printed(
      documentOf([{ kind: "fields", head: ["F", "A"], rows: [{ label: "Hash", value: word }] }]),
    );
    const words = read(bytes, "pdftotext", "-bbox").matchAll(/xMax="([\d.]+)"/g);
    const boxes = [...words].map(([, right]) => Number(right));
    expect(boxes.length).toBeGreaterThan(5);
    expect(Math.max(...boxes)).toBeLessThan(595 - 50);
    expect(read(bytes, "pdftotext").replace(/\s/g, "")).toContain(word);
  });
});

describe("limits", () => {
  const rows = (count: number): PdfBlock => ({
    kind: "table",
    head: ["Recipient", "Told"],
    rows: Array.from({ length: count }, (_, index) => [`Customer ${index}`, "20 Nov, 09:30 UTC"]),
  });

  test("ten thousand rows are printed, every one", async () => {
    const text = read(await printed(documentOf([rows(10_000)])), "pdftotext");
    const found = new Set([...text.matchAll(/Customer (\d+)/g)].map(([, number]) => number));
    expect(found.size).toBe(10_000);
  }, 100_000);

  test("one more is refused with the numbers", async () => {
    expect(await room.print(documentOf([rows(10_001)]))).toMatchObject({
      problems: [{ code: "pdf-too-large", message: expect.stringMatching(/10001 rows.*10000/) }],
    });
  });

  test("a language that is none is refused", async () => {
    expect(await room.print(documentOf([], { language: 'en" ]#panic()' }))).toMatchObject({
      problems: [{ code: "pdf-language" }],
    });
  });

  test("what takes too long is given up, and the next document is printed by a new thread", async () => {
    const cells = ["1", "2", "3", "4", "5", "6", "7", "8"];
    const wide = { kind: "table", head: cells, rows: Array(10_000).fill(cells) } as const;
    const impatient = openPdfRoom({ timeMs: 6_000, waitingMax: 20, idleMs: 60_000 });
    try {
      const [slow, next] = await Promise.all([
        impatient.print(documentOf([wide])),
        impatient.print(documentOf([])),
      ]);
      expect(slow).toMatchObject({ problems: [{ code: "pdf-slow" }] });
      expect(next).toMatchObject({ ok: true });
    } finally {
      await impatient.close();
    }
  }, 60_000);

  test("a full queue refuses at once, and what was waiting is still printed", async () => {
    const small = openPdfRoom({ timeMs: 60_000, waitingMax: 2, idleMs: 60_000 });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => small.print(documentOf([{ kind: "list", items: ["x"] }]))),
    );
    expect(answers.filter((one) => one.ok)).toHaveLength(3);
    expect(answers.at(-1)).toMatchObject({ problems: [{ code: "pdf-busy" }] });
    await small.close();
  });

  test("closed, it refuses what waits instead of leaving it without an answer", async () => {
    const closing = openPdfRoom();
    const asked = [closing.print(documentOf([])), closing.print(documentOf([]))];
    await closing.close();
    for (const answer of await Promise.all(asked)) expect(answer.ok).toBe(false);
  });
});
