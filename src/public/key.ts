/**
 * Key: security.txt, the key that signs it, and the same key where mail programs
 * look for it (Web Key Directory).
 *
 *   /.well-known/security.txt                      clear-signed; also /security.txt
 *   /openpgp-key.asc                               the key, armoured
 *   /.well-known/openpgpkey/hu/<name>              the key, for the domain's own host
 *   /.well-known/openpgpkey/<domain>/hu/<name>     the same, for openpgpkey.<domain>
 *
 * What can be encrypted to is served only where the policy offers it: a mail
 * program that finds such a key uses it unasked, and somebody has to be able to
 * read the letter. Where the policy names another key, the directory is silent.
 */

import { Hono } from "hono";
import { SECURITY_TXT_PATH, offersKey } from "../core/policy/security-txt.ts";
import { wkdAddress } from "../core/policy/wkd.ts";
import type { Policy } from "../core/policy/policy.ts";
import type { AppContext, AppEnv } from "../server/world.ts";
import { type Certificate, unarmoured } from "../store/openpgp.ts";
import { kept } from "./answer.ts";
import { noPage } from "./no.tsx";
import { currentPolicy, type Public } from "./place.ts";

const TEXT_TYPE = "text/plain; charset=utf-8";
const KEY_TYPE = "application/pgp-keys";
const BYTES_TYPE = "application/octet-stream";
export const KEY_PATH = "/openpgp-key.asc";
export const WKD_PATH = "/.well-known/openpgpkey";

export function keyRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  for (const path of [SECURITY_TXT_PATH, "/security.txt"])
    routes.get(path, async (context, next) => {
      const text = await securityTxtOf(place);
      return text === undefined ? noPage(place, context, next) : kept(context, text, TEXT_TYPE);
    });
  routes.get(KEY_PATH, async (context, next) => {
    const key = await publicKey(place);
    return key ? kept(context, key.armoured, KEY_TYPE) : noPage(place, context, next);
  });
  for (const folder of [WKD_PATH, `${WKD_PATH}/:domain`]) {
    routes.get(`${folder}/policy`, (context) => forAll(kept(context, "", TEXT_TYPE)));
    routes.get(`${folder}/hu/:hash`, (context, next) => directory(place, context, next));
  }
  return routes;
}

/** The signed file; undefined before there is a policy. */
export async function securityTxtOf(place: Public): Promise<string | undefined> {
  const current = await currentPolicy(place);
  if (!current) return undefined;
  const { store, url, now } = place;
  return (await store.securityTxt.keep({ policy: current.policy, url, at: now() })).text;
}

export type PublicKey = {
  readonly fingerprint: string;
  readonly armoured: string;
  /** Under which address the directory has it; absent where the policy names another key. */
  readonly listed?: { readonly mail: string };
  /** Whether reports may be encrypted by it. */
  readonly encrypts: boolean;
};

/** What is served of the key; undefined before it was made. */
export async function publicKey(place: Public): Promise<PublicKey | undefined> {
  const [current, certificate] = await Promise.all([
    currentPolicy(place),
    place.store.openpgp.certificate(),
  ]);
  return current && certificate && toPublic(certificate, current.policy);
}

function toPublic(certificate: Certificate, policy: Policy): PublicKey {
  const { fingerprint, mail } = certificate;
  const encrypts = offersKey(policy, fingerprint);
  const isOnly = encrypts || !("fingerprint" in policy.reporting.pgp);
  return {
    fingerprint,
    armoured: encrypts ? certificate.encrypts : certificate.verifies,
    encrypts,
    ...(isOnly ? { listed: { mail } } : {}),
  };
}

async function directory(
  place: Public,
  context: AppContext,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const key = await publicKey(place);
  if (!key?.listed) return noPage(place, context, next);
  const { domain, hash } = wkdAddress(key.listed.mail);
  const asked = context.req.param("domain");
  const isTheirs = asked === undefined || asked.toLowerCase() === domain;
  if (!isTheirs || context.req.param("hash") !== hash) return noPage(place, context, next);
  return forAll(kept(context, unarmoured(key.armoured), BYTES_TYPE));
}

/** Mail programs that live in a browser ask from elsewhere; the draft asks to let them. */
function forAll(answer: Response): Response {
  answer.headers.set("access-control-allow-origin", "*");
  answer.headers.set("cross-origin-resource-policy", "cross-origin");
  return answer;
}
