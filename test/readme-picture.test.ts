/**
 * The README's picture is the tape, drawn by the same function as on every screen:
 * an image that somebody made by hand would show what the program no longer draws.
 * After a change of the drawing: npx vitest run test/readme-picture.test.ts -u
 */

import { expect, test } from "vitest";
import { FENNEL_NIGHT, NIGHT_NOW, NIGHT_ZONE } from "../src/core/tape/fennel-night.ts";
import { renderTape } from "../src/core/tape/tape.ts";

const WIDTH = 920;
const PAD = 20;

/** The colours of src/web/style/tokens.css, where no page is around the picture. */
const DARK: Readonly<Record<string, string>> = {
  paper: "#14161a",
  ink: "#ecedef",
  secondary: "#a9aeb7",
  risk: "#f0b46a",
  met: "#3e8fb0",
  rule: "#33373f",
  wash: "#1d2026",
};

/** A file of its own: colours written out, paper behind it, a face that every machine has. */
function standalone(theme: "light" | "dark"): string {
  const tape = renderTape(FENNEL_NIGHT, NIGHT_NOW, { width: WIDTH, zone: NIGHT_ZONE, of: "INC-7" });
  const height = Number(/ height="([\d.]+)"/.exec(tape)?.[1]) + 2 * PAD;
  const width = WIDTH + 2 * PAD;
  const placed = tape.replace("<svg ", `<svg x="${PAD}" y="${PAD}" `);
  const inner = `<rect width="${width}" height="${height}" fill="var(--paper, #fbfaf7)"/>${placed}`;
  const coloured = inner.replace(/var\(--(\w+), ([^)]*)\)/g, (_, name: string, light: string) =>
    theme === "dark" ? (DARK[name] ?? light) : light,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${coloured}</svg>\n`;
}

test.each(["light", "dark"] as const)("the README's picture is the tape: %s", async (theme) => {
  await expect(standalone(theme)).toMatchFileSnapshot(`../docs/images/tape-${theme}.svg`);
});
