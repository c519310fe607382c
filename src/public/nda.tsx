/**
 * NDA: a section of the policy that is open under agreement, for the one person whose
 * link it is.
 *
 *   /nda/D-7QK4M2XY.<secret>           the section, with their name on it
 *   /nda/D-7QK4M2XY.<secret>/file      its file, byte for byte, to check the digest
 *
 * Each opening is an entry before anything is shown, and is shown: to the team, and here.
 * A link that is over says so, and nothing of what it led to; one that never was and one
 * with a wrong secret get the same answer.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { hash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { raw } from "hono/html";
import type { Customer } from "../core/party/customer.ts";
import { isCustomer } from "../core/party/party.ts";
import { type ShareState, shareOver } from "../core/party/share.ts";
import type { Policy } from "../core/policy/policy.ts";
import { withoutSalt } from "../core/publication/section-file.ts";
import { formatBoth } from "../core/time/format.ts";
import type { Instant } from "../core/time/instant.ts";
import { OK } from "../server/http/problem.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { alone, page, refusalPage } from "./answer.ts";
import { sectionHtml } from "./markdown.ts";
import { currentPolicy, type Public } from "./place.ts";
import { zoneOf } from "./policy-facts.ts";

const TOKEN = /^(D-[0-9A-Z]{8})\.([0-9A-Z]{40})$/;
const SHOWN_OPENINGS_MAX = 20;

export function ndaRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/nda/:token", async (context) => alone(await show(place, context, false)));
  routes.get("/nda/:token/file", async (context) => alone(await show(place, context, true)));
  return routes;
}

type Found = { readonly customer: Customer; readonly share: ShareState; readonly policy: Policy };

async function show(place: Public, context: AppContext, asFile: boolean): Promise<Response> {
  const found = await find(place, context.req.param("token") ?? "");
  if (!found) return none(place);
  const at = place.now();
  if (over(found, at)) return isOver(place, found, at);
  const { customer, share } = found;
  // A HEAD shows nothing, and is no opening: programs that look at links send it.
  if (context.req.method !== "HEAD") {
    const handled = await place.handling.handle({
      subject: `party/${customer.id}`,
      at,
      by: "public",
      command: { type: "OpenSection", share: share.id },
    });
    if (!handled.ok) return isOver(place, found, at);
  }
  // Hashed again as it is read: what is shown is what the policy named, or nothing is.
  const file = await place.store.blobs.read(share.digest);
  if (!file) return none(place);
  if (asFile) return asBytes(file.bytes, share);
  const around = { title: titleOf(found), isPrivate: true } as const;
  const given = {
    ...found,
    text: file.bytes.toString("utf8"),
    token: context.req.param("token") ?? "",
  };
  return page(place, context, around, <Section {...given} at={at} base={basePath(place.url)} />);
}

async function find(place: Public, token: string): Promise<Found | undefined> {
  const [, id = "", secret = ""] = TOKEN.exec(token) ?? [];
  const named = id === "" ? undefined : await place.store.views.shares.customerOf(id);
  const opened =
    named === undefined ? undefined : await place.handling.subjects.open("party", named);
  const customer = opened?.folded.state;
  if (!customer || !isCustomer(customer)) return undefined;
  const share = customer.shares.find((one) => one.id === id);
  if (!share || !isSame(share.token, secret)) return undefined;
  const row = await place.store.views.policies.one(share.policyVersion);
  const pinned = row && (await place.handling.world.policies.byHash(row.hash));
  return pinned && { customer, share, policy: pinned.policy };
}

/** In constant time. An erased secret opens nothing. */
const isSame = (kept: string | undefined, given: string): boolean =>
  typeof kept === "string" &&
  timingSafeEqual(hash("sha256", kept, "buffer"), hash("sha256", given, "buffer"));

/** A contact who is gone, or a customer who is, reads nothing more. */
function over({ customer, share }: Found, at: Instant): boolean {
  const isThere = customer.contacts.some(({ id }) => id === share.contact);
  return shareOver(share, at) !== undefined || customer.state !== "customer" || !isThere;
}

const titleOf = ({ policy, share }: Found): string =>
  policy.sections.find(({ id }) => id === share.section)?.title ?? "Section";

const asBytes = (bytes: Buffer, { section }: ShareState): Response =>
  new Response(bytes as Buffer<ArrayBuffer>, {
    status: OK,
    headers: {
      "content-type": "text/markdown; charset=utf-8",
      "content-disposition": `attachment; filename="${section}.md"`,
      "cache-control": "no-store",
    },
  });

type Shown = Found & {
  readonly text: string;
  readonly token: string;
  readonly at: Instant;
  readonly base: string;
};

function Section(given: Shown) {
  const { customer, share, policy, text, at, token, base } = given;
  const zone = zoneOf(policy);
  const reader = `${share.name}, ${customer.name}`;
  return (
    <article>
      <p class="mark-of">For {reader}</p>
      <h1>{titleOf(given)}</h1>
      <p class="note">
        Opened to {reader}, under the agreement between us, until {formatBoth(share.until, zone)}.
        Please do not pass the link on: each opening is recorded, and stands below.
      </p>
      <h2>The text</h2>
      <div class="prose">{raw(sectionHtml(withoutSalt(text), policy))}</div>
      <h2>That this is the text that was in force</h2>
      <p>
        It is the file that{" "}
        <a href={`${base}/policy/v/${share.policyVersion}#section_${share.section}`}>
          version {policy.version} of the policy
        </a>{" "}
        names by its SHA-256, checked when this page was made:
      </p>
      <p>
        <code>{share.digest}</code>
      </p>
      <p>
        <a href={`${base}/nda/${token}/file`}>The file, to check it yourself</a>; its first line is
        random, so that nobody can guess the text from the digest.
      </p>
      <h2>When this link was opened</h2>
      <ul>
        {[...share.opened, at].slice(-SHOWN_OPENINGS_MAX).map((one) => (
          <li>{formatBoth(one, zone)}</li>
        ))}
      </ul>
      <p class="quiet">
        {share.opened.length + 1} in all, this one and downloads among them. If one was not you,
        write to <a href={`mailto:${policy.reporting.email}`}>{policy.reporting.email}</a>.
      </p>
    </article>
  );
}

function isOver(place: Public, { policy, share }: Found, at: Instant): Promise<Response> {
  const mail = policy.reporting.email;
  const ended = share.until <= at ? ` It ended on ${formatBoth(share.until, zoneOf(policy))}.` : "";
  return refusalPage(
    place,
    "link-over",
    { title: "This link is over" },
    <>
      <h1>This link is over</h1>
      <p>
        It opened a part of our policy that is under agreement, and does so no longer.{ended} If you
        still need it, write to <a href={`mailto:${mail}`}>{mail}</a>, and somebody sends you
        another.
      </p>
    </>,
  );
}

async function none(place: Public): Promise<Response> {
  const mail = (await currentPolicy(place))?.policy.reporting.email;
  return refusalPage(
    place,
    "not-found",
    { title: "No such link" },
    <>
      <h1>There is nothing under this link</h1>
      <p>
        Was all of it copied?{" "}
        {mail === undefined ? (
          ""
        ) : (
          <>
            Else write to <a href={`mailto:${mail}`}>{mail}</a>.
          </>
        )}
      </p>
    </>,
  );
}
