/**
 * The web app: a client of the public API without privileges of its own.
 *
 * Pages mirror the addresses (paths.ts) and are loaded when visited; what every
 * page needs (shell, time, live updates) is here and in shell.tsx.
 */

import "@fontsource/atkinson-hyperlegible-next/latin-400.css";
import "@fontsource/atkinson-hyperlegible-next/latin-600.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/ui.css";
import "./style/shell.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api.ts";
import { applyAppearance } from "./appearance.ts";
import { router } from "./router.tsx";

const FONTS_MS = 1_500;

applyAppearance();

const place = document.getElementById("app");
if (!place) throw new Error("index.html has no #app");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

// Afterwards: what the first view does without must not hold it up.
setTimeout(() => void import("./fonts.ts"), FONTS_MS);
