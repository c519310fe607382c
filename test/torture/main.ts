/**
 * Torture: the long failure tests, one after another, as a table.
 *
 *     npm run torture -- [--only kill,disk] [--kills 200] [--count 20] [--seed 7272]
 *
 * Each part has its control: the same look at something that does lose, grow or
 * hang, so that a check which cannot fail is seen. Chance comes from the seed.
 */

import { parseArgs } from "node:util";
import { bitsPart } from "./bits-part.ts";
import { clockPart } from "./clock-part.ts";
import { diskPart } from "./disk-part.ts";
import { fanOutPart } from "./fan-out-part.ts";
import { hostilePart } from "./hostile-part.ts";
import { killPart } from "./kill-part.ts";
import { orderPart } from "./order-part.ts";
import type { Check, Part } from "./part.ts";
import { slowPart } from "./slow-part.ts";
import { syncPart } from "./sync-part.ts";
import { tamperPart } from "./tamper-part.ts";

const PARTS: readonly Part[] = [
  killPart,
  syncPart,
  diskPart,
  clockPart,
  slowPart,
  hostilePart,
  bitsPart,
  orderPart,
  tamperPart,
  fanOutPart,
];

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    kills: { type: "string" },
    count: { type: "string" },
    seed: { type: "string" },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const only = values.only?.split(",");
const unknown = only?.filter((name) => !PARTS.some((part) => part.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(
    `no part ${unknown.join(", ")}; there are ${PARTS.map(({ name }) => name).join(", ")}`,
  );
  process.exit(2);
}

console.log(`seed ${seed}`);
let passed = 0;
let failed = 0;
for (const part of PARTS.filter(({ name }) => only === undefined || only.includes(name))) {
  const startedAt = performance.now();
  const said = part.name === "kill" ? (values.kills ?? values.count) : values.count;
  const checks = await checksOf(part, said === undefined ? undefined : Number(said));
  for (const { ok, says, found } of checks) {
    if (ok) passed += 1;
    else failed += 1;
    console.log(`${ok ? "ok    " : "FAILED"} ${part.name.padEnd(8)} ${says.padEnd(58)} ${found}`);
  }
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  console.log(`       ${part.name.padEnd(8)} ${seconds} s\n`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** A part that cannot be run here has failed: a skipped test is not a passed one. */
async function checksOf(part: Part, count: number | undefined): Promise<readonly Check[]> {
  const missing = part.missing?.();
  if (missing !== undefined) return [{ says: "can be run here", ok: false, found: missing }];
  try {
    const note = (line: string): void => console.log(`       ${part.name.padEnd(8)} ${line}`);
    return await part.run({ seed, count, note });
  } catch (error) {
    const found = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ says: "runs to its end", ok: false, found }];
  }
}
