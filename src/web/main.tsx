/**
 * The web app: a client of the public API without privileges of its own.
 *
 * Pages mirror the addresses (paths.ts) and are loaded when visited; what every
 * page needs (shell, time, live updates) is here and in shell.tsx.
 */

import "./style/fonts.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/ui.css";
import "./style/shell.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api.ts";
import { applyAppearance } from "./appearance.ts";
import { Pages } from "./pages.tsx";
import { takeAnswers, takeOver, tellShown } from "./first/take.ts";
import { readZones } from "./ui/zones.ts";

/** How soon after a reload the same trouble is not answered by another. */
const RELOAD_MS_MIN = 60_000;

applyAppearance();
tellShown();
addEventListener("pagehide", tellShown);
// Each in a turn of its own: running the program, reading what came with the page, drawing.
setTimeout(() => takeAnswers(queryClient));
// Who goes elsewhere has left what was drawn.
addEventListener("popstate", takeOver);
// In a turn of its own, as what follows: making another thread takes as long as drawing does.
setTimeout(readZones);

// A part that is no longer there: the server has become another version while this page stood.
addEventListener("vite:preloadError", () => {
  const last = Number(sessionStorage.getItem("due-reloaded"));
  if (Date.now() - last < RELOAD_MS_MIN) return;
  sessionStorage.setItem("due-reloaded", String(Date.now()));
  location.reload();
});

const place = document.getElementById("app");
if (!place) throw new Error("index.html has no #app");
setTimeout(() =>
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Pages />
      </QueryClientProvider>
    </StrictMode>,
  ),
);
