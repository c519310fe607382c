/**
 * Start and idle: how soon the program answers, and what it takes of memory when nothing happens.
 *
 *     npx tsx bench/start.ts [--quick]
 *
 * From spawning the process, its database included, to the first 200 of /readyz, which is asked
 * for every 50 ms. Memory is what all processes would free together (PSS), a while after the
 * last request. The floor is a bare Node server, started in turn with ours.
 */

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setUp } from "../test/owner.ts";
import { startProgram, until } from "../test/program.ts";
import { median } from "./load.ts";
import { familyOf, pssMbOf } from "./processes.ts";
import { tell } from "./result.ts";

const STARTS = process.argv.includes("--quick") ? 3 : 7;
const START_MS_MAX = 650;
const IDLE_MB_MAX = 110;
/** Connections that nobody uses are closed after half a minute. */
const IDLE_AFTER_MS = 40_000;

const BARE = `require("node:http").createServer((_, answer) => answer.end()).listen(0, "127.0.0.1",
  () => { console.log("ready"); process.exit(); })`;

function bareStart(): Promise<number> {
  const from = performance.now();
  return new Promise((resolve) =>
    spawn(process.execPath, ["-e", BARE]).stdout.once("data", () =>
      resolve(performance.now() - from),
    ),
  );
}

const folder = mkdtempSync(join(tmpdir(), "due-bench-start-"));
chmodSync(folder, 0o755);
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const options = { data: join(folder, "data"), env: { DUE_LOG_LEVEL: "error" } };
// Builds what is stale, which is no part of a start.
await (await startProgram({ ...options, data: join(folder, "built") })).stop();

const timed = async () => {
  const from = performance.now();
  const program = await startProgram(options);
  return { program, ms: performance.now() - from };
};
const first = await timed();
await until("the setup link is written", async () =>
  existsSync(join(options.data, "setup-link.txt")) ? true : undefined,
);
await setUp(first.program, { sample: true });
await first.program.stop();

const starts: number[] = [];
const bare: number[] = [];
for (let n = 0; n < STARTS; n += 1) {
  bare.push(await bareStart());
  const { program, ms } = await timed();
  starts.push(ms);
  await program.stop();
}
const { program } = await timed();
await pause(IDLE_AFTER_MS);
const pss = pssMbOf(program.pid);
const processes = familyOf(program.pid).length;
await program.stop();

const again = median(starts);
const said = [
  `first start ever   ${(first.ms / 1_000).toFixed(2)} s`,
  `start on data      ${(again / 1_000).toFixed(2)} s   median of ${STARTS}, fastest ${(Math.min(...starts) / 1_000).toFixed(2)} s`,
  `bare Node server   ${(median(bare) / 1_000).toFixed(2)} s`,
  `idle               ${pss.toFixed(0)} MB in ${processes} processes`,
];
console.log(said.join("\n"));
tell({
  name: "start on existing data",
  value: again / 1_000,
  unit: "s",
  aim: { atMost: START_MS_MAX / 1_000 },
  says: `fastest ${(Math.min(...starts) / 1_000).toFixed(2)} s; ${(again / median(bare)).toFixed(1)} x a bare Node server`,
});
tell({
  name: "first start ever",
  value: first.ms / 1_000,
  unit: "s",
  says: "with initdb and migrations",
});
tell({
  name: "idle memory, server and database",
  value: pss,
  unit: "MB",
  aim: { atMost: IDLE_MB_MAX },
  says: `${processes} processes, shared pages counted once`,
});
