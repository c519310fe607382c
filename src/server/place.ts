/**
 * Place: where the program's own files are, run from source or from the bundle.
 *
 *   <root>/src/server/place.ts      <root>/dist/program/due.js
 *   <root>/migrations  policies  docs  dist/web
 */

import { existsSync } from "node:fs";
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
export const docsFolder = (): string => join(programRoot(), "docs");
export const webFolder = (): string => join(programRoot(), "dist", "web");
