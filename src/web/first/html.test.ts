import "preact/compat";
import type { VNode } from "preact";
import { jsx } from "preact/jsx-runtime";
import { describe, expect, test } from "vitest";
import { toHtml } from "./html.ts";

const html = (type: string, props: object = {}): string => toHtml(jsx(type, props) as VNode);

describe("what the server draws of a page", () => {
  test("is text where it was text, in elements and in attributes", () => {
    expect(html("p", { title: `"><script>`, children: ["<b>", 0, null, false, "&"] })).toBe(
      `<p title="&quot;>&lt;script>">&lt;b>0&amp;</p>`,
    );
  });

  test("does nothing yet, and says so of whatever is pressed or filled in", () => {
    const press = { type: "button", tabIndex: 0, onClick: () => undefined, children: "Log" };
    expect(html("button", press)).toBe(`<button type="button" inert>Log</button>`);
    expect(html("input", { value: "typed", onChange: () => undefined })).toBe("<input inert/>");
    expect(html("a", { href: "/app/due", children: "Due" })).toBe(`<a href="/app/due">Due</a>`);
  });

  test("has no styles in its markup, which the page's policy forbids", () => {
    expect(html("ol", { style: { paddingTop: 44 }, className: "lines" })).toBe(
      `<ol class="lines"></ol>`,
    );
  });

  test("writes attributes as a browser reads them", () => {
    expect(
      html("b", { "aria-hidden": true, "aria-pressed": false, hidden: true, id: undefined }),
    ).toBe(`<b aria-hidden="true" aria-pressed="false" hidden></b>`);
    expect(html("svg", { viewBox: "0 0 16 16", strokeDasharray: "3 2" })).toBe(
      `<svg viewBox="0 0 16 16" stroke-dasharray="3 2"></svg>`,
    );
  });
});
