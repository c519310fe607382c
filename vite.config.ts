import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { ROUTES } from "./src/api/routes.ts";

/** Faces that every first view shows are asked for with the page, before its styles are read. */
const preloadFaces: Plugin = {
  name: "preload-faces",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => /hyperlegible-next-.*\.woff2$/.test(file))
        .map((file) => ({
          tag: "link",
          attrs: { rel: "preload", as: "font", crossorigin: "", href: `./${file}` },
          injectTo: "head" as const,
        })),
  },
};

// The server may live under a path, so every address in the built app is relative.
export default defineConfig({
  plugins: [react(), preloadFaces],
  base: "./",
  // What the browser needs of the registries, without the schemas that they are made with.
  define: { DUE_ROUTES: JSON.stringify(ROUTES) },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Many small files would each cost a request and compress badly: what most pages share is one.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "vendor", test: /node_modules[\\/](?:react|react-dom|scheduler|@tanstack)[\\/]/ },
            // What a module needs comes with it: a room's state, which every form asks, would bring
            // all rules to pages that ask none.
            {
              name: "ground",
              test: /[\\/]src[\\/](?!core[\\/](?:incident|signal)|web[\\/](?:pages|forms)[\\/])/,
              minShareCount: 5,
            },
            // The strip of every page is a tape: what it needs comes with the shell.
            {
              name: "rules",
              test: /[\\/]src[\\/]core[\\/](?!incident|law|time[\\/]rule|tape|policy[\\/]governing)/,
              minShareCount: 2,
            },
            // What laws ask is loaded by itself, where an incident looks at some.
            {
              name: "incident",
              test: /[\\/]src[\\/]core[\\/]incident[\\/](?!law-owed)/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
});
