import { defineConfig } from "vitest/config";

/** Tests that start a database, a server or a browser: heavy, so few at a time. */
const HEAVY = ["src/store/**/*.test.ts", "src/server/**/*.test.ts", "src/worker/**/*.test.ts", "src/delivery/**/*.test.ts"];
const OUTSIDE = ["test/scenarios/**/*.test.ts", "test/peers/**/*.test.ts", "test/browser/**/*.test.ts"];

export default defineConfig({
  define: { DUE_VERSION: '"0.0.0-test"', DUE_BUNDLED: "false" },
  test: {
    pool: "threads",
    isolate: false,
    reporters: ["default", "./tools/reporter.mjs"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          sequence: { groupOrder: 0 },
          include: ["src/**/*.test.{ts,tsx}", "test/*.test.ts"],
          exclude: HEAVY,
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: HEAVY,
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "outside",
          sequence: { groupOrder: 2 },
          include: OUTSIDE,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
