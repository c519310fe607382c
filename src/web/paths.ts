/**
 * Paths: the only place that spells an address of the web app.
 *
 * The app lives under `<base>/app`, and the base may itself hold a path when a
 * proxy serves several things from one name. The base is read from the page's own
 * address, so the built files know nothing of where they are served.
 */

/** `""`, or `/incidents` when the installation lives under that path. */
export const BASE: string = location.pathname.replace(/\/app(?:\/.*)?$/, "");

export const ROUTER_BASE = `${BASE}/app`;

/** Routes below /app. Parameters are written `$id`, as the router wants them. */
export const ROUTES = {
  home: "/",
  setup: "/setup",
  join: "/join",
  login: "/login",
  inbox: "/inbox",
  signal: "/inbox/$id",
  incidents: "/incidents",
  incident: "/incidents/$id",
  paper: "/incidents/$id/paper",
  compose: "/incidents/$id/notices/$draft",
  told: "/incidents/$id/told",
  filings: "/incidents/$id/filings",
  filing: "/incidents/$id/filings/$regime/$stage",
  due: "/due",
  handover: "/handover",
  breakGlass: "/break-glass",
  notices: "/notices",
  status: "/status",
  banners: "/banners",
  parties: "/parties",
  party: "/parties/$id",
  policy: "/policy",
  policyWrite: "/policy/write",
  policyClauses: "/policy/clauses",
  policyParts: "/policy/parts",
  policyTry: "/policy/try",
  policyDiff: "/policy/diff",
  policyHistory: "/policy/history",
  law: "/policy/law",
  simulate: "/policy/what-if",
  ledger: "/ledger",
  settings: "/settings",
} as const;

const ROUTE_OF: Readonly<Record<string, string>> = {
  signal: ROUTES.signal,
  party: ROUTES.party,
  policy: ROUTES.policy,
  status: ROUTES.status,
};

/** Where a subject of the ledger is shown: `incident/INC-7` -> its room. */
export function subjectRoute(subject: string): { to: string; params: { id: string } } {
  const [kind, id = ""] = subject.split("/", 2);
  return { to: ROUTE_OF[kind ?? ""] ?? ROUTES.incident, params: { id } };
}

/** A public page of this installation, from inside the app. */
export const publicPath = (page: string): string => `${BASE}/${page}`;
