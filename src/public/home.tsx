/**
 * Home: what there is to read here, how each of it stands at this moment, and where
 * to report something.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import type { Child } from "hono/jsx";
import type { Policy } from "../core/policy/policy.ts";
import { overall } from "../core/status/words.ts";
import { formatBoth, formatDate } from "../core/time/format.ts";
import { type Instant, toIsoSeconds } from "../core/time/instant.ts";
import { type AppEnv, basePath } from "../server/world.ts";
import { inGroups } from "../store/openpgp.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { page } from "./answer.ts";
import { type PublicKey, publicKey } from "./key.ts";
import { type Claim, claimOf, claimWords } from "./past.tsx";
import { currentPolicy, lastReviewedAt, type Public } from "./place.ts";
import { dateWords, reviewedAgainBy, zoneOf } from "./policy-facts.ts";
import { type AnswerTime, answerTime } from "./report-time.ts";
import { isInUse, statusShown } from "./status-place.ts";

export function homeRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const base = basePath(place.url);
  routes.get("/", async (context) => {
    const given = await homeFacts(place);
    const around = { title: "Incident response", here: "home" } as const;
    if (!given) return page(place, context, around, <Empty base={base} />);
    return page(place, context, around, <Home {...given} />);
  });
  return routes;
}

type Given = {
  readonly policy: Policy;
  readonly row: PolicyViewRow;
  readonly answer: AnswerTime;
  readonly claim: Claim | undefined;
  readonly openpgp: PublicKey | undefined;
  /** Until when security.txt is good, if it is signed. */
  readonly signedUntil: Instant | undefined;
  /** When somebody last looked at the whole policy. */
  readonly reviewedAt: Instant;
  /** The status page in one sentence, where there is one here. */
  readonly status: string | undefined;
  readonly base: string;
};

async function homeFacts(place: Public): Promise<Given | undefined> {
  const { store, now, url } = place;
  const [pinned, row] = await Promise.all([currentPolicy(place), store.views.policies.current()]);
  if (!pinned || !row) return undefined;
  const { policy } = pinned;
  const txt = await store.securityTxt.keep({ policy, url, at: now() });
  return {
    policy,
    row,
    // On a copy there is no such moment.
    answer: place.copiedAt === undefined ? answerTime(pinned, "researcher", now()) : {},
    claim: await claimOf(place),
    openpgp: await publicKey(place),
    signedUntil: txt.isSigned ? txt.expiresAt : undefined,
    reviewedAt: (await lastReviewedAt(place)) ?? row.publishedAt,
    status: await statusSentence(place),
    base: basePath(url),
  };
}

/** On a copy it is not said how things are now: nobody knows when that is. */
async function statusSentence(place: Public): Promise<string | undefined> {
  const { page: shown, now } = await statusShown(place);
  if (!isInUse(shown)) return undefined;
  return place.copiedAt === undefined ? overall(shown, now) : "Whether our services are available.";
}

function Home(given: Given) {
  const { policy, row, reviewedAt, answer, base } = given;
  const zone = zoneOf(policy);
  const again = reviewedAgainBy(policy, reviewedAt);
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
            {row.label}, in force from {dateWords(row.effective)}
            {again === undefined ? "" : `; reviewed again by ${again}`}.
          </p>
        </li>
        <li>
          <h2>
            <a href={`${base}/report`}>Report something</a>
          </h2>
          <p>
            A hole, an exposure, something that looks wrong. No account is needed.{" "}
            {answer.by === undefined
              ? (answer.says ?? "A person reads every report.")
              : `Sent now, a person answers by ${answer.by}.`}
          </p>
        </li>
        <li>
          <h2>
            <a href={`mailto:${policy.reporting.email}`}>Write to us</a>
          </h2>
          <p>
            {policy.reporting.email}, read by a person.{" "}
            {given.openpgp?.encrypts ? "You may encrypt by the key below." : ""}
          </p>
        </li>
      </ul>
      <h2>Also here</h2>
      <dl class="facts also">
        <Also {...given} />
      </dl>
      <p class="quiet">
        Last changed{" "}
        <time datetime={toIsoSeconds(row.publishedAt)}>{formatBoth(row.publishedAt, zone)}</time>.
      </p>
    </>
  );
}

function Also({ policy, row, claim, openpgp, signedUntil, status, base }: Given) {
  const zone = zoneOf(policy);
  const { statusPage } = policy.reporting;
  return (
    <>
      <Entry name={<a href={`${base}/past`}>Past incidents</a>}>
        {claim ? `${claimWords(claim)} ${claim.since}.` : "No statement at present."}
      </Entry>
      {status === undefined ? null : (
        <Entry name={<a href={`${base}/status`}>Status</a>}>{status}</Entry>
      )}
      {statusPage === undefined || status !== undefined ? null : (
        <Entry name={typeof statusPage === "string" ? <a href={statusPage}>Status</a> : "Status"}>
          {typeof statusPage === "string"
            ? "Whether our services are available."
            : statusPage.absent}
        </Entry>
      )}
      <Entry name={<a href={`${base}/.well-known/security.txt`}>security.txt</a>}>
        {signedUntil === undefined
          ? "For machines; not signed at present."
          : `For machines; signed, and good until ${formatDate(signedUntil, zone)}.`}
      </Entry>
      {openpgp === undefined ? null : (
        <Entry name={<a href={`${base}/openpgp-key.asc`}>Our OpenPGP key</a>}>
          {openpgp.encrypts
            ? "To verify by, and to write to us encrypted: "
            : "To verify security.txt by: "}
          <code>{inGroups(openpgp.fingerprint)}</code>
        </Entry>
      )}
      <Entry name={<a href={`${base}/policy/feed.atom`}>Feed</a>}>
        New versions of the policy, as Atom; the latest is {row.label}.
      </Entry>
      <Entry name={<a href={`${base}/policy/v/${row.version}.json`}>For programs</a>}>
        The policy as JSON,{" "}
        <a href={`${base}/policy/v/${row.version}.yaml`}>as the YAML that runs</a>, and{" "}
        <a href={`${base}/policy/schema.json`}>its schema</a>.
      </Entry>
    </>
  );
}

function Entry({ name, children }: { readonly name: Child; readonly children?: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

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
