/** The API's routes, written in by the build from the registries (vite.config.ts). */

import type { Routes } from "../api/routes.ts";

declare const DUE_ROUTES: Routes;

export const API_ROUTES = DUE_ROUTES;
