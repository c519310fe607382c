/** Tabs of the policy: what runs, and the places where its next version is made. */

import { Link, usePlace } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import "./tabs.css";

const TABS = [
  { to: ROUTES.policy, label: "Runs" },
  { to: ROUTES.policyWrite, label: "Write" },
  { to: ROUTES.policyClauses, label: "Clauses" },
  { to: ROUTES.policyParts, label: "Parts" },
  { to: ROUTES.policyTry, label: "Try" },
  { to: ROUTES.policyDiff, label: "Diff" },
  { to: ROUTES.policyHistory, label: "History" },
] as const;

export function Tabs() {
  const { route } = usePlace();
  return (
    <nav className="tabs" aria-label="Policy">
      {TABS.map(({ to, label }) => (
        <Link key={to} to={to} aria-current={route === to ? "page" : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
