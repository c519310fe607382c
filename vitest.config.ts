import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import LongestFirst from "./tools/sequence.mjs";

/** Tests that start a database of their own in this process. */
const DATABASE = [
  "src/store/**/*.test.ts",
  "src/server/**/*.test.ts",
  "src/worker/**/*.test.ts",
  "src/delivery/**/*.test.ts",
  "src/public/{crawl,nda,notice,past,record,seat}.test.ts",
];
/** Tests that start programs, other people's too. */
const OUTSIDE = ["test/scenarios/**/*.test.ts", "test/peers/**/*.test.ts", "test/browser/**/*.test.ts"];

/** One for each core, as far as a database, a server and a browser for each of them have room. */
const maxWorkers = Math.min(Math.max(availableParallelism(), 2), 4);

export default defineConfig({
  define: { DUE_VERSION: '"0.0.0-test"', DUE_BUNDLED: "false" },
  test: {
    pool: "threads",
    isolate: false,
    maxWorkers,
    sequence: { sequencer: LongestFirst },
    reporters: ["default", "./tools/reporter.mjs"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["src/**/*.test.{ts,tsx}", "test/*.test.ts"],
          exclude: DATABASE,
          // Some compute for seconds, and longer where both cores are busy: no test is about that.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // One project for both, so that a worker keeps the server's code from one to the other.
          name: "real",
          include: [...DATABASE, ...OUTSIDE],
          globalSetup: "test/cluster.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // What another process does in its own time takes longer where both cores are busy.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
