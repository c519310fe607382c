/**
 * Pages: one for each place, loaded when it is first visited or pointed at. The
 * shell stands around everything but setup, joining and login.
 */

import { Suspense } from "react";
import { Broken } from "./broken.tsx";
import { Link, Navigation, pageOf, usePage, usePlace } from "./navigation.tsx";
import { ROUTES } from "./paths.ts";
import { Shell } from "./shell.tsx";

const OUTSIDE = [
  pageOf(ROUTES.setup, () => import("./pages/setup/setup.tsx"), "Setup"),
  pageOf(ROUTES.join, () => import("./pages/setup/join.tsx"), "Join"),
  pageOf(ROUTES.login, () => import("./pages/login.tsx"), "Login"),
];

const inbox = pageOf(ROUTES.inbox, () => import("./pages/inbox/inbox.tsx"), "Inbox");

/** One page with several addresses: what is open in it stays open from tab to tab. */
const studio = pageOf(ROUTES.policyWrite, () => import("./pages/policy/studio.tsx"), "Studio");

const INSIDE = [
  inbox,
  { ...inbox, route: ROUTES.signal },
  pageOf(ROUTES.incidents, () => import("./pages/incidents.tsx"), "Incidents"),
  pageOf(ROUTES.incident, () => import("./pages/room/room.tsx"), "Room"),
  pageOf(ROUTES.paper, () => import("./pages/paper/paper.tsx"), "Paper"),
  pageOf(ROUTES.compose, () => import("./pages/tell/compose.tsx"), "Compose"),
  pageOf(ROUTES.told, () => import("./pages/tell/told.tsx"), "Told"),
  pageOf(ROUTES.filings, () => import("./pages/filing/filings.tsx"), "Filings"),
  pageOf(ROUTES.filing, () => import("./pages/filing/filing.tsx"), "Filing"),
  pageOf(ROUTES.due, () => import("./pages/due/due.tsx"), "Due"),
  pageOf(ROUTES.handover, () => import("./pages/handover/handover.tsx"), "Handover"),
  pageOf(ROUTES.breakGlass, () => import("./pages/handover/break-glass.tsx"), "BreakGlass"),
  pageOf(ROUTES.notices, () => import("./pages/notices.tsx"), "Notices"),
  pageOf(ROUTES.status, () => import("./pages/status/status.tsx"), "StatusPage"),
  pageOf(ROUTES.banners, () => import("./pages/status/banners.tsx"), "Banners"),
  pageOf(ROUTES.parties, () => import("./pages/parties/parties.tsx"), "Parties"),
  pageOf(ROUTES.party, () => import("./pages/parties/party.tsx"), "PartyPage"),
  pageOf(ROUTES.policy, () => import("./pages/policy/policy.tsx"), "Policy"),
  studio,
  { ...studio, route: ROUTES.policyClauses },
  { ...studio, route: ROUTES.policyParts },
  { ...studio, route: ROUTES.policyTry },
  { ...studio, route: ROUTES.policyDiff },
  { ...studio, route: ROUTES.policyHistory },
  pageOf(ROUTES.simulate, () => import("./pages/simulate/simulate.tsx"), "Simulate"),
  pageOf(ROUTES.law, () => import("./pages/law/law.tsx"), "Law"),
  pageOf(ROUTES.ledger, () => import("./pages/ledger.tsx"), "LedgerPage"),
  pageOf(ROUTES.settings, () => import("./pages/settings/settings.tsx"), "Settings"),
];

const PAGES = [...OUTSIDE, ...INSIDE];

export function Pages() {
  return (
    <Navigation pages={PAGES}>
      <Shown />
    </Navigation>
  );
}

function Shown() {
  const page = usePage();
  const { route } = usePlace();
  const content = (
    <Suspense fallback={<p className="shell-wait">Opening…</p>}>
      <Broken route={route}>{page ? <page.component /> : <Nowhere />}</Broken>
    </Suspense>
  );
  return page && OUTSIDE.includes(page) ? content : <Shell>{content}</Shell>;
}

function Nowhere() {
  return (
    <>
      <h1>There is no such page</h1>
      <p>
        Whatever led here may be older than this installation.{" "}
        <Link to={ROUTES.inbox}>To the inbox</Link>
      </p>
    </>
  );
}
