import { expect, test } from "vitest";
import { pieces, stretches } from "./prose-text.ts";

test("fenced blocks stand apart and keep their shape", () => {
  expect(stretches("Pulled the log.\n\n```\nsha256  9f2c\n  4112\n```\nDone.")).toEqual([
    { kind: "text", text: "Pulled the log." },
    { kind: "code", text: "sha256  9f2c\n  4112" },
    { kind: "text", text: "Done." },
  ]);
});

test("a fence that is never closed runs to the end", () => {
  expect(stretches("```\nhalf")).toEqual([{ kind: "code", text: "half" }]);
});

test("addresses lose the full stop that ends their sentence", () => {
  expect(pieces("See https://ci.fennel.example/run/7. Role `exporter` is off.")).toEqual([
    { kind: "text", text: "See " },
    { kind: "link", text: "https://ci.fennel.example/run/7" },
    { kind: "text", text: ". Role " },
    { kind: "code", text: "exporter" },
    { kind: "text", text: " is off." },
  ]);
});

test("only web addresses become links", () => {
  expect(pieces("javascript:alert(1) ftp://x")).toEqual([
    { kind: "text", text: "javascript:alert(1) ftp://x" },
  ]);
});
