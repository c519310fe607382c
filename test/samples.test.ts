/**
 * Captured payloads: whoever has a folder of real ones names it in DUE_SAMPLES, and
 * each must be understood. Without one our own fixtures stand (src/intake).
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Instant } from "../src/core/time/instant.ts";
import { alertmanagerSignals } from "../src/intake/alertmanager.ts";

const folder = join(process.env["DUE_SAMPLES"] ?? "", "alertmanager");
const files =
  process.env["DUE_SAMPLES"] !== undefined && existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith(".json"))
    : [];

test("every captured Alertmanager message becomes one signal with a title", () => {
  for (const file of files) {
    const { body } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { body: unknown };
    const bytes = Buffer.from(JSON.stringify(body));
    const signals = alertmanagerSignals(bytes, {}, Date.now() as Instant);
    expect(signals.ok, file).toBe(true);
    if (!signals.ok) continue;
    expect(signals.value.map(({ describe }) => describe().title.length > 0)).toEqual([true]);
  }
  expect(process.env["DUE_SAMPLES"] === undefined || files.length > 0).toBe(true);
});
