import { expect, test } from "vitest";
import { FENNEL_NIGHT, NIGHT_NOW, NIGHT_ZONE } from "./fennel-night.ts";
import { renderLine } from "./line.ts";

const line = (more: object = {}): string =>
  renderLine(FENNEL_NIGHT, NIGHT_NOW, { width: 600, zone: NIGHT_ZONE, height: "strip", ...more });

test("a line says what it shows, unless that stands beside it; then it is the same picture, and silent", () => {
  const [spoken, silent] = [line({ of: "INC-7" }), line({ of: "INC-7", isSilent: true })];
  expect(spoken).toMatch(/role="img" aria-label="INC-7: [^"]+due/);
  expect(silent).not.toMatch(/role=|aria-label|due/);
  expect(silent).toContain('aria-hidden="true"');
  const drawn = (svg: string): string => svg.slice(svg.indexOf(">"));
  expect(drawn(silent)).toBe(drawn(spoken));
});
