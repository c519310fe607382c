/**
 * Place: where the program's own files are, run from source or from the bundle.
 *
 *   <root>/src/server/place.ts      <root>/dist/program-…/due.js
 *   <root>/migrations  policies  regimes  holidays  docs  dist/web-…
 */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json. */
export function programRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const above = dirname(folder);
    if (above === folder)
      throw new Error("the program's own folder is incomplete: package.json is missing");
    folder = above;
  }
  return folder;
}

export const migrationsFolder = (): string => join(programRoot(), "migrations");
export const policiesFolder = (): string => join(programRoot(), "policies");
export const holidaysFolder = (): string => join(programRoot(), "holidays");
export const regimesFolder = (): string => join(programRoot(), "regimes");

/** The folder of the last complete build of the web app; see tools/build.mjs. */
export function webFolder(): string {
  const dist = join(programRoot(), "dist");
  const stamp = join(dist, "web.built");
  return existsSync(stamp) ? join(dist, readFileSync(stamp, "utf8").trim()) : join(dist, "web");
}
