import { describe, expect, test } from "vitest";
import { toHtml } from "./html.ts";
import { Fragment, jsx } from "./jsx-runtime.ts";
import { Component, createContext, type Node, type Props, useContext, useState } from "./react.ts";

const html = (type: unknown, props: Props = {}): string => toHtml(jsx(type, props));

describe("what the server draws of a page", () => {
  test("is text where it was text, in elements and in attributes", () => {
    expect(html("p", { title: `"><script>`, children: ["<b>", 0, null, false, "&"] })).toBe(
      `<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;0&amp;</p>`,
    );
  });

  test("does nothing yet, and says so of whatever is pressed or filled in", () => {
    const press = { type: "button", tabIndex: 0, onClick: () => undefined, children: "Log" };
    expect(html("button", press)).toBe(`<button type="button" inert>Log</button>`);
    expect(html("input", { value: "typed", onChange: () => undefined })).toBe("<input inert>");
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
    expect(html("time", { dateTime: "2026-11-20" })).toBe(`<time datetime="2026-11-20"></time>`);
    expect(html("svg", { viewBox: "0 0 16 16", strokeDasharray: "3 2" })).toBe(
      `<svg viewBox="0 0 16 16" stroke-dasharray="3 2"></svg>`,
    );
  });

  test("gives each part what stands around it, and takes it back after", () => {
    const Zone = createContext("none");
    const Says = (): Node => useContext(Zone);
    const Toggle = (): Node => useState(() => "begun")[0];
    class Whole extends Component {
      render(): Node {
        return this.props["children"] as Node;
      }
    }
    const inner = jsx(Zone.Provider, { value: "UTC", children: jsx(Says, {}) });
    const parts = [jsx(Says, {}), " ", inner, " ", jsx(Says, {}), " ", jsx(Toggle, {})];
    expect(html(Whole, { children: jsx(Fragment, { children: parts }) })).toBe(
      "none UTC none begun",
    );
  });

  test("gives it back too where drawing fails", () => {
    const Zone = createContext("none");
    const fails = (): never => {
      throw new Error("a fault");
    };
    expect(() => html(Zone.Provider, { value: "UTC", children: jsx(fails, {}) })).toThrow(
      "a fault",
    );
    expect(useContext(Zone)).toBe("none");
  });
});
