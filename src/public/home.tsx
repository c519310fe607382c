/**
 * Home: what there is to read here, and where to report something.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import type { Policy } from "../core/policy/policy.ts";
import { type Instant, toIso } from "../core/time/instant.ts";
import { type AppEnv, basePath } from "../server/world.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { page } from "./answer.ts";
import { currentPolicy, type Public } from "./place.ts";
import { dateWords } from "./policy-facts.ts";

export function homeRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const base = basePath(place.url);
  routes.get("/", async (context) => {
    const [pinned, row] = await Promise.all([
      currentPolicy(place),
      place.store.views.policies.current(),
    ]);
    const around = { title: "Incident response", here: "home" } as const;
    if (!pinned || !row) return page(place, context, around, <Empty base={base} />);
    return page(place, context, around, <Home {...{ policy: pinned.policy, row, base }} />);
  });
  return routes;
}

type Given = { readonly policy: Policy; readonly row: PolicyViewRow; readonly base: string };

function Home({ policy, row, base }: Given) {
  const { reporting } = policy;
  return (
    <>
      <h1>How {policy.organisation} responds when something goes wrong</h1>
      <p class="lead">
        What is promised here runs: every time in the policy is a clock, and whoever reports
        something or relies on us can read beforehand what happens then.
      </p>
      <ul class="doors">
        <li>
          <h2>
            <a href={`${base}/policy`}>Read the policy</a>
          </h2>
          <p>
            {policy.clauses.length} promises, each with its number and whom it is made to. Version{" "}
            {row.label}, in force from {dateWords(row.effective)}.
          </p>
        </li>
        <li>
          <h2>
            <a href={`${base}/report`}>Report something</a>
          </h2>
          <p>
            A hole, an exposure, something that looks wrong. No account is needed; you see before
            you write when a person answers.
          </p>
        </li>
        <li>
          <h2>
            <a href={`mailto:${reporting.email}`}>Write to us</a>
          </h2>
          <p>
            {reporting.email}
            {reporting.statusPage === undefined ? null : typeof reporting.statusPage ===
              "string" ? (
              <>
                . Availability is told on the <a href={reporting.statusPage}>status page</a>.
              </>
            ) : (
              `. ${reporting.statusPage.absent}`
            )}
          </p>
        </li>
      </ul>
      <p class="quiet">Last changed {dateWords(dayOf(row.publishedAt))} (UTC).</p>
    </>
  );
}

const dayOf = (at: Instant): string => toIso(at).slice(0, 10);

function Empty({ base }: { readonly base: string }) {
  return (
    <>
      <h1>Nothing is published here yet</h1>
      <p class="lead">When a policy is, it stands here, and it runs from then on.</p>
      <p>
        <a href={`${base}/app/`}>To the app</a>, for those who run this installation.
      </p>
    </>
  );
}
