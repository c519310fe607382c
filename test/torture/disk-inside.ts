/**
 * Run inside a mount namespace by disk-part.ts: mounts a small disk that nobody else sees, fills
 * it under load, frees it, and prints what was found as JSON on its last line.
 */

import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { removeFolder, scratchFolder } from "../program.ts";
import { newInstallation } from "./installation.ts";
import { check } from "./part.ts";
import { keptOf, openIncidents, writing } from "./writes.ts";

/** The program calls a disk nearly full below 256 MB, and then it is not ready. */
const DISK_MB = 640;
const CALM_MS = 1_500;
const FULL_MS = 6_000;
const BACK_MS_MAX = 5_000;
const WAIT_MS_MAX = 30_000;
const PADDING_CHARACTERS = 60_000;
const BLOCK = Buffer.alloc(1024 * 1024, 1);

const mount = scratchFolder("disk");
execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MB}m,mode=755`, "tmpfs", mount]);
const folder = join(mount, "installation");
mkdirSync(folder);
const here = await newInstallation({ folder });
const { pid } = here.program();
const incidents = await openIncidents(here, 1);
const run = `disk${process.argv[2] ?? ""}`;
const writes = writing(here, { incidents, run, padding: PADDING_CHARACTERS });
const told = (): string => JSON.stringify(Object.fromEntries(writes.statuses));
await pause(CALM_MS);
const calm = { refused: writes.bodies.refused, acknowledged: writes.bodies.acknowledged.size };

const filler = join(mount, "filler");
const file = openSync(filler, "w");
const fill = (): void => {
  // In ever smaller pieces, so that nothing is left over.
  for (let size = BLOCK.length; size >= 4_096; ) {
    try {
      writeSync(file, BLOCK, 0, size);
    } catch {
      size /= 2;
    }
  }
};
const fullAt = performance.now();
let refusedAt: number | undefined;
while (performance.now() - (refusedAt ?? fullAt) < (refusedAt ? FULL_MS : WAIT_MS_MAX)) {
  fill();
  if (writes.bodies.refused > calm.refused) refusedAt ??= performance.now();
  await pause(50);
}
const full = told();
// What is acknowledged while there is no room at all would have to be somewhere.
const before = writes.bodies.acknowledged.size;
closeSync(file);
rmSync(filler);
const freedAt = performance.now();
while (writes.bodies.acknowledged.size <= before && performance.now() - freedAt < WAIT_MS_MAX)
  await pause(10);
const backMs = performance.now() - freedAt;
await pause(1_000);
await writes.stop();
const kept = await keptOf(here, writes);
const samePid = here.program().pid === pid && (await fetch(`${here.program().url}/livez`)).ok;
const left = await here.end();
execFileSync("umount", [mount]);
removeFolder(mount);
const others = [...writes.statuses.keys()].filter(
  (status) => status !== 503 && status !== 429 && (status < 200 || status > 299),
);
console.log(`answers while it was full: ${full}`);
console.log(
  JSON.stringify([
    check(
      "control: with room nothing is refused",
      calm.refused === 0,
      `${calm.acknowledged} acknowledged`,
    ),
    check(
      "a full disk is refused with 503",
      refusedAt !== undefined && others.length === 0,
      told(),
    ),
    check(
      "nothing that was acknowledged is lost or doubled",
      kept.lost.length + kept.doubled.length === 0,
      `${writes.bodies.acknowledged.size} bodies; ${kept.lost.length} lost, ${kept.doubled.length} doubled`,
    ),
    check(
      "each body is counted once or waits",
      kept.bodies === kept.counted,
      `${kept.counted} of ${kept.bodies}`,
    ),
    check(
      `takes writes again within ${BACK_MS_MAX / 1_000} s, without a restart`,
      backMs <= BACK_MS_MAX && samePid,
      `${(backMs / 1_000).toFixed(2)} s`,
    ),
    check("no process is left over", left.length === 0, left.length),
  ]),
);
process.exit(0);
