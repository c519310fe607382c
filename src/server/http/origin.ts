/**
 * Origin: whether a request that changes something was made by our own pages.
 *
 * Only for callers whom a cookie names: a browser sends it along with requests
 * that another site thought up. A token is sent by whoever holds it, so it needs
 * none of this. Three independent signs are asked for, because each has been
 * missing in some browser: where the request was made, and a header that no
 * form and no link can set.
 */

import { ok, refuse, type Result } from "../../core/problem.ts";

/** The header that our web app sends with everything, and that a foreign form cannot. */
export const CLIENT_HEADER = "due-client";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

export const isSafe = (method: string): boolean => SAFE.has(method);

/**
 * Refuses with cross-site. `publicOrigin` is the origin of DUE_URL; an installation that is
 * visited under another name is recognised by the Host it was visited as.
 */
export function fromOurselves(
  request: { readonly method: string; readonly headers: Headers },
  publicOrigin: string,
): Result<void> {
  if (isSafe(request.method)) return ok(undefined);
  return isSameOrigin(request.headers, publicOrigin) && request.headers.has(CLIENT_HEADER)
    ? ok(undefined)
    : refuse(
        "cross-site",
        `A change by a signed-in browser must come from this installation's own pages; a program uses a token.`,
      );
}

/** As a browser says: Sec-Fetch-Site where there is one, and Origin in any case. */
export function isSameOrigin(headers: Headers, publicOrigin: string): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return site === "same-origin";
  if (origin === publicOrigin) return true;
  const host = headers.get("host");
  return host !== null && (origin === `https://${host}` || origin === `http://${host}`);
}
