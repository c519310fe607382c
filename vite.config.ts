import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { ROUTES } from "./src/api/routes.ts";

const OURS = join(import.meta.dirname, "src/");
/** When so many pages need a module, the others may as well load it. */
const MOST_PAGES = 4;
/** Opened now and then: that they need a module too makes nobody else load it. */
const SELDOM = ["filing", "banners"];

/** Too small for a file of its own, whose headers alone would be twice as much. */
const SMALL = ["web/barred.ts"];

/** What one page has in it and another fetches by itself, a moment later: it brings no page with it. */
const PARTS: Readonly<Record<string, string>> = { seats: "web/pages/room/seats.tsx" };

/** Faces that every first view shows are asked for with the page, before its styles are read. */
const preloadFaces: Plugin = {
  name: "preload-faces",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => /atkinson-next-.*\.woff2$/.test(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "preload", as: "font", crossorigin: "", href: `./${file}` },
          injectTo: "head" as const,
        })),
  },
};

type Graph = {
  getModuleInfo(id: string): {
    readonly importedIds: readonly string[];
    readonly dynamicallyImportedIds: readonly string[];
  } | null;
};

/** What `from` needs before it can run, of our own. */
function needs(from: string, graph: Graph): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (id: string): void => {
    if (found.has(id) || !id.startsWith(OURS)) return;
    found.add(id);
    for (const one of graph.getModuleInfo(id)?.importedIds ?? []) add(one);
  };
  add(from);
  return found;
}

/**
 * Which file a module goes into. A file costs a request and its headers, and small
 * ones compress badly; a large one brings what a page does not need. So it is
 * decided by which pages need the module before they show anything:
 *
 *   every page     "shell"
 *   most of them   "ground", with what is too small for a file of its own
 *   several        one for each set of them; "rules" where inbox and room decide
 *   one            that page's own file; the incident's rules are one that forms need too, and
 *                  what another page fetches a part of has a file for that (PARTS)
 *   none           by itself: it comes when somebody opens what needs it
 */
function chunksByPage(): (id: string, graph: Graph) => string | null {
  type Needed = ReadonlyMap<string, ReadonlySet<string>>;
  let known: { first: ReadonlySet<string>; pages: Needed; parts: Needed } | undefined;
  return (id, graph) => {
    if (!id.startsWith(OURS)) return null;
    known ??= {
      first: needs(join(OURS, "web/main.tsx"), graph),
      pages: new Map(
        (graph.getModuleInfo(join(OURS, "web/pages.tsx"))?.dynamicallyImportedIds ?? []).map(
          (page) => [page.replace(/^.*\/|\.tsx$/g, ""), needs(page, graph)],
        ),
      ),
      parts: new Map(
        Object.entries(PARTS).map(([name, file]) => [name, needs(join(OURS, file), graph)]),
      ),
    };
    if (known.first.has(id)) return "shell";
    const by = [...known.pages].filter(([, needed]) => needed.has(id)).map(([page]) => page);
    const often = by.filter((page) => !SELDOM.includes(page));
    const isSmall = SMALL.includes(id.slice(OURS.length));
    if (often.length >= MOST_PAGES || isSmall) return "ground";
    if (by.includes("inbox") && by.includes("room")) return "rules";
    if (often.length === 1 && often[0] === "room" && /\/core\/(?!tape)/.test(id)) return "incident";
    if (by.length > 1) return by.join("-");
    const part = [...known.parts].find(([, needed]) => needed.has(id))?.[0];
    return part ?? by[0] ?? null;
  };
}

// The server may live under a path, so every address in the built app is relative.
export default defineConfig({
  plugins: [preloadFaces],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  // Written against React's interface, run by Preact (docs/decisions/0006-preact.md).
  resolve: {
    alias: [
      { find: /^react(?:-dom)?$/, replacement: "preact/compat" },
      { find: "react-dom/client", replacement: "preact/compat/client" },
      { find: /^react\/(jsx(?:-dev)?-runtime)$/, replacement: "preact/$1" },
    ],
  },
  base: "./",
  // What the browser needs of the registries, without the schemas that they are made with.
  define: { DUE_ROUTES: JSON.stringify(ROUTES) },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // On a busy machine it would speak of its own slowness in the middle of a start.
      checks: { bundlerTimings: false },
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: "vendor",
              // With what loads a page: Preact draws while the first files are still being run.
              test: /node_modules[\\/](?:preact|@tanstack)[\\/]|vite\/preload-helper/,
            },
            // What reads a policy, and what prints one: libraries of their own, for whoever writes.
            { name: "markdown", test: /node_modules[\\/](?:markdown-it|mdurl|linkify-it|uc\.micro|entities|punycode\.js)[\\/]/ },
            { name: "format",
              // With what makes schemas strict: it has to be done before the first schema is made.
              test: /node_modules[\\/](?:yaml|zod|@noble)[\\/]|[\\/]web[\\/]strict\.ts$/,
            },
            { name: chunksByPage() },
          ],
        },
      },
    },
  },
});
