import { expect, test } from "vitest";
import type { FirstRead } from "./first.ts";
import { bodyOf, headOf } from "./first-html.ts";

const INDEX = `<!doctype html><html lang="en"><head><script src="/due/app/assets/shell.js"></script></head>
<body><div id="app">Opening</div></body></html>`;
const PAGE = {
  loads: ["assets/room.css", "assets/shell.js", "assets/room.js"],
  html: "<p>$& and $'</p>",
  seq: 41,
  answers: [[["me", {}, {}], { says: "</script><!-- <script>" }]],
  theme: "dark",
  density: undefined,
} as const;

type Page = Parameters<typeof headOf>[1] & FirstRead;
const withFirst = (index: string, page: Page, base: string): string =>
  headOf(index, page, base) + bodyOf(index, page);

test("a page asks at once for what it loads, and for nothing twice", () => {
  const html = withFirst(INDEX, PAGE, "/due");
  expect(html).toContain(`<link rel="stylesheet" crossorigin href="/due/app/assets/room.css">`);
  expect(html).toContain(`<link rel="modulepreload" crossorigin href="/due/app/assets/room.js">`);
  expect(html.split("shell.js").length).toBe(2);
});

test("what was drawn stands before the app, word for word", () => {
  expect(withFirst(INDEX, PAGE, "")).toContain(
    `<div id="first"><p>$& and $'</p></div><div id="app" aria-hidden="true">`,
  );
});

test("the answers end no script and begin none, and are the same answers", () => {
  const html = withFirst(INDEX, PAGE, "");
  const [, json = ""] = /id="first-answers">(.*?)<\/script>/s.exec(html) ?? [];
  expect(json).not.toContain("<");
  expect(JSON.parse(json)).toEqual({ seq: 41, answers: PAGE.answers });
});

test("only a plain word becomes an attribute; what follows the system is not said", () => {
  expect(withFirst(INDEX, PAGE, "")).toContain(`<html data-theme="dark" lang="en">`);
  for (const theme of ["system", `"><b>`, undefined])
    expect(withFirst(INDEX, { ...PAGE, theme }, "")).toContain(`<html lang="en">`);
});

test("where nothing could be drawn the rest is as everybody gets it", () => {
  const [, body] = INDEX.split("</head>");
  expect(bodyOf(INDEX, undefined)).toBe(body);
});
