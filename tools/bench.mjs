// `npm run bench -- [--quick] [--only intake,append]`: every benchmark in turn, then one table. Read
// the ratios: both sides of each were measured in the same run. Ends with 1 if an aim is missed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt, ROOT } from "./build.mjs";

/** What a quick run of each is told. */
const BENCHES = {
  append: ["1"],
  intake: ["--quick"],
  storm: [],
  room: ["2000"],
  watchers: ["200"],
  counting: ["20000"],
  law: ["10000"],
  crowd: ["500"],
  mail: ["300"],
  start: ["--quick"],
  verify: ["100000"],
};

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, only: { type: "string" } },
});
const only = values.only?.split(",");
await ensureBuilt({ web: true });
const folder = mkdtempSync(join(tmpdir(), "due-bench-results-"));
const file = join(folder, "results");
let broken = 0;
for (const [name, quick] of Object.entries(BENCHES)) {
  if (only !== undefined && !only.includes(name)) continue;
  console.log(`── ${name}`);
  const args = ["--import", "tsx", `bench/${name}.ts`, ...(values.quick ? quick : [])];
  const env = { ...process.env, BENCH_RESULTS: file };
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: "inherit", env });
  if (status !== 0) broken += 1;
}

const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
const results = lines.map((line) => JSON.parse(line));
rmSync(folder, { recursive: true });
console.log(`\n${"".padEnd(54)}${"found".padStart(10)}${"aim".padStart(12)}`);
for (const { name, value, unit, aim, ok, says } of results) {
  const aimed = aim && ("atLeast" in aim ? `>= ${aim.atLeast}` : `<= ${aim.atMost}`);
  const found = `${value.toFixed(value < 100 ? 2 : 0)} ${unit}`;
  const verdict = aim ? (ok ? "reached" : "MISSED ") : "       ";
  console.log(
    `${name.padEnd(54)}${found.padStart(10)}${(aimed ?? "").padStart(12)}  ${verdict}  ${says}`,
  );
}
const missed = results.filter(({ ok }) => !ok).length;
console.log(
  `\n${results.length} figures, ${missed} below their aim, ${broken} benchmarks ended with 1`,
);
process.exit(missed + broken > 0 ? 1 : 0);
