/**
 * Router: one route per place, each page loaded when it is first visited. The
 * shell stands around everything but setup, joining and login.
 */

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ROUTER_BASE, ROUTES } from "./paths.ts";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Outlet });

const outside = (path: string, load: Parameters<typeof lazyRouteComponent>[0], name: string) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load, name) });

const inside = createRoute({ getParentRoute: () => root, id: "inside", component: Shell });

/** Filters live in the address, so that a view can be shared; unknown ones are dropped by the page. */
const page = (path: string, load: Parameters<typeof lazyRouteComponent>[0], name: string) =>
  createRoute({
    getParentRoute: () => inside,
    path,
    component: lazyRouteComponent(load, name),
    validateSearch: (search: Record<string, unknown>): Record<string, string> =>
      Object.fromEntries(
        Object.entries(search).filter(
          (entry): entry is [string, string] => typeof entry[1] === "string",
        ),
      ),
  });

const home = createRoute({
  getParentRoute: () => inside,
  path: ROUTES.home,
  beforeLoad: () => {
    throw redirect({ to: ROUTES.inbox });
  },
});

const tree = root.addChildren([
  outside(ROUTES.setup, () => import("./pages/setup/setup.tsx"), "Setup"),
  outside(ROUTES.join, () => import("./pages/setup/join.tsx"), "Join"),
  outside(ROUTES.login, () => import("./pages/login.tsx"), "Login"),
  inside.addChildren([
    home,
    page(ROUTES.inbox, () => import("./pages/inbox/inbox.tsx"), "Inbox"),
    page(ROUTES.signal, () => import("./pages/inbox/inbox.tsx"), "Inbox"),
    page(ROUTES.incidents, () => import("./pages/incidents.tsx"), "Incidents"),
    page(ROUTES.incident, () => import("./pages/room/room.tsx"), "Room"),
    page(ROUTES.due, () => import("./pages/due/due.tsx"), "Due"),
    page(ROUTES.notices, () => import("./pages/notices.tsx"), "Notices"),
    page(ROUTES.parties, () => import("./pages/parties.tsx"), "Parties"),
    page(ROUTES.policy, () => import("./pages/policy.tsx"), "Policy"),
    page(ROUTES.ledger, () => import("./pages/ledger.tsx"), "LedgerPage"),
    page(ROUTES.settings, () => import("./pages/settings/settings.tsx"), "Settings"),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: ROUTER_BASE,
  defaultPreload: "intent",
  scrollRestoration: true,
});
