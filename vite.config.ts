import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { ROUTES } from "./src/api/routes.ts";

// The server may live under a path, so every address in the built app is relative.
export default defineConfig({
  plugins: [react()],
  base: "./",
  // What the browser needs of the registries, without the schemas that they are made with.
  define: { DUE_ROUTES: JSON.stringify(ROUTES) },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
