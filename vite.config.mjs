import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The server may live under a path, so every address in the built app is relative.
export default defineConfig({
  plugins: [react()],
  base: "./",
  build: { target: "es2023", assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
});
