/**
 * The room of an incident with thousands of entries, opened by somebody who has nothing of it yet,
 * on a machine four times slower than this one.
 *
 *     npx tsx bench/room.ts [ENTRIES] [--trace FILE]      (default 10,000)
 *
 * A real server and a real browser; every open is a fresh profile. Told: the first byte of the page,
 * which holds the incident; when the timeline's first lines can be read, painted where they stay; when
 * they can be acted on, the app having taken over from what the server drew; how much is in the
 * document, the longest turn in which nobody is answered, and what a jump to the oldest line takes.
 * Lines that moved after they were counted end it. A trace may be looked at in Chromium.
 */

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import { handleTogether } from "../src/handle.ts";
import type { Instant } from "../src/core/time/instant.ts";
import { must } from "../src/server/fixture.ts";
import { openInstallation } from "../src/server/opened.ts";
import { DESKTOP, keepSession, openBrowser } from "../test/browser/browser.ts";
import { setUp, valueOf } from "../test/owner.ts";
import { startProgram, until } from "../test/program.ts";
import { median } from "./load.ts";
import { tell } from "./result.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { trace: { type: "string" } },
});
const ENTRIES = Number(positionals[0] ?? 10_000);
const BATCH = 500;
const OPENS = 5;
const SLOWER = 4;
/** What is drawn after the first lines is there by then. */
const SETTLES_MS = 2_000;

/** Run in the page, as text: a driver's own waiting would be work of the page's. */
const WATCH = `window.turns = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) turns.push([startTime, duration]);
  }).observe({ type: "longtask", buffered: true });
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) shifted += value;
  }).observe({ type: "layout-shift", buffered: true });
  window.line = () => {
    const first = document.querySelector(".timeline-box [data-version]");
    const { x, y, height } = first?.getBoundingClientRect() ?? { height: 0 };
    return height > 0 ? JSON.stringify([first.dataset.version, Math.round(x), Math.round(y)]) : "";
  };
  const look = () => {
    // A message comes after the frame that is being made was painted.
    const { port1, port2 } = new MessageChannel();
    if (!window.stoodAt && line() !== "") {
      window.stoodAt = line();
      port1.onmessage = () => (window.stood = performance.now());
      port2.postMessage("");
    }
    if (window.stood && !document.getElementById("first")) window.taken = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);`;
const STANDS = `window.taken ?? 0`;
const SEEN = `(() => {
  const [page] = performance.getEntriesByType("navigation");
  return {
    ttfb: page.responseStart - page.requestStart,
    ready: stood,
    stays: line() === stoodAt && shifted < 0.01,
    nodes: document.getElementsByTagName("*").length,
    turns: turns.splice(0),
  };
})()`;
const JUMP = `(async () => {
  const began = performance.now();
  [...document.querySelectorAll("button")].find((one) => one.textContent === "Oldest").click();
  while (!document.querySelector('[data-version="1"]')) await new Promise(requestAnimationFrame);
  return performance.now() - began;
})()`;

const folder = mkdtempSync(join(tmpdir(), "due-bench-room-"));
chmodSync(folder, 0o755);
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const data = join(folder, "data");
const program = await startProgram({ data, env: { DUE_LOG_LEVEL: "error" } });
const owner = await setUp(program, { sample: true });
const id = valueOf(await owner.client.read("incidents", {}, { state: "open" })).items[0]?.id ?? "";
await fill();

type Opened = {
  readonly ttfb: number;
  /** When the first lines could be read, and when they could be acted on. */
  readonly ready: number;
  readonly taken: number;
  readonly stays: boolean;
  readonly longest: number;
  readonly turns: readonly (readonly [at: number, ms: number])[];
  readonly nodes: number;
  readonly jump: number;
  readonly jumpLongest: number;
};
const browser = await openBrowser();
const opens: Opened[] = [];
for (let n = 0; n < OPENS; n += 1) opens.push(await openRoom(browser, n === 0));
await browser.close();
await program.stop();

const of = (what: Exclude<keyof Opened, "turns" | "stays">): number =>
  median(opens.map((one) => one[what]));
const worst = (what: "longest" | "jumpLongest"): number =>
  Math.max(...opens.map((one) => one[what]));
for (const { turns } of opens)
  console.log(turns.map(([at, ms]) => `${ms.toFixed(0)} at ${at.toFixed(0)}`).join(", ") || "none");
if (!opens.every(({ stays }) => stays)) throw new Error("What could be read first did not stay.");
console.log(`the app has taken over       ${of("taken").toFixed(0)} ms`);
const figures = [
  ["first byte of the incident", of("ttfb"), "ms", 50],
  ["first lines stand", of("ready"), "ms", 500],
  ["elements in the document", of("nodes"), "", 1_500],
  ["longest turn while it opens", of("longest"), "ms", 50],
  ["jump to the oldest line", of("jump"), "ms", 100],
] as const;
for (const [name, value, unit, aim] of figures) {
  console.log(`${name.padEnd(32)}${value.toFixed(0).padStart(6)} ${unit}   aim ${aim}`);
  tell({
    name: `room with ${ENTRIES} entries, ${name}`,
    value,
    unit,
    aim: { atMost: aim },
    says:
      name === "longest turn while it opens"
        ? `worst of ${OPENS} ${worst("longest").toFixed(0)} ms, of the jump ${worst("jumpLongest").toFixed(0)} ms`
        : `median of ${OPENS} cold opens, CPU ${SLOWER} x slower`,
  });
}
process.exit();

/** Writes the lines through a second node on the same database: many to an append. */
async function fill(): Promise<void> {
  const now = (): Instant => Date.now() as Instant;
  const config = {
    data,
    databaseUrl: undefined,
    pgBin: undefined,
    url: program.url,
    holdSeconds: 60,
  };
  const opened = await must(openInstallation({ config, now, log: () => {} }));
  const by = valueOf(await owner.client.read("me")).person.id;
  for (let from = 0; from < ENTRIES; from += BATCH) {
    const envelopes = Array.from({ length: Math.min(BATCH, ENTRIES - from) }, (_, i) => ({
      subject: `incident/${id}`,
      at: now(),
      by,
      command: {
        type: "Log" as const,
        text: `Looked at export ${from + i}: nothing in it that was not there before, next one.`,
      },
    }));
    await must(handleTogether(envelopes, opened.handling.world));
  }
  await opened.close();
}

async function openRoom(on: Browser, isTraced: boolean): Promise<Opened> {
  const context = await on.newContext({ viewport: DESKTOP });
  await keepSession(context, program.url, owner.cookie);
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  const run = async <T>(expression: string): Promise<T> => {
    const options = { expression, returnByValue: true, awaitPromise: true };
    return (await wire.send("Runtime.evaluate", options)).result.value as T;
  };
  await wire.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(WATCH);
  if (isTraced && values.trace !== undefined) await on.startTracing(page);
  await wire.send("Page.navigate", { url: `${program.url}/app/incidents/${id}` });
  const taken = await until("lines stand", async () => (await run<number>(STANDS)) || undefined);
  await pause(SETTLES_MS);
  if (isTraced && values.trace !== undefined) writeFileSync(values.trace, await on.stopTracing());
  const seen = await run<Pick<Opened, "ttfb" | "ready" | "stays" | "nodes" | "turns">>(SEEN);
  const jump = await run<number>(JUMP);
  await pause(SETTLES_MS);
  const jumpTurns = await run<Opened["turns"]>("turns");
  await context.close();
  const longest = (turns: Opened["turns"]): number => Math.max(0, ...turns.map(([, ms]) => ms));
  return { ...seen, taken, longest: longest(seen.turns), jump, jumpLongest: longest(jumpTurns) };
}
