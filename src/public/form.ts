/** Form: what somebody sent with a form of ours, from our own page or with a program. */

import { ok, refuse, type Result } from "../core/problem.ts";
import { readBody } from "../server/http/body.ts";
import { isSameOrigin } from "../server/http/origin.ts";
import type { AppContext } from "../server/world.ts";
import type { Public } from "./place.ts";

const BODY_BYTES_MAX = 512 * 1024;

/**
 * A form that a browser sent from our own page, or that a person sent with a program.
 * Refuses with `cross-site`, `body-too-large`, `body-encoded`.
 */
export async function readForm(
  place: Public,
  { req }: AppContext,
): Promise<Result<URLSearchParams>> {
  const elsewhere = isFromElsewhere(place, req.raw.headers);
  if (elsewhere) return elsewhere;
  const body = await readBody(req.raw, BODY_BYTES_MAX);
  return body.ok ? ok(new URLSearchParams(new TextDecoder().decode(body.value))) : body;
}

/** Refuses with `cross-site` what a browser sent from another site's page. */
export function isFromElsewhere({ url }: Public, headers: Headers): Result<never> | undefined {
  const byBrowser = headers.has("origin") || headers.has("sec-fetch-site");
  return byBrowser && !isSameOrigin(headers, new URL(url).origin)
    ? refuse(
        "cross-site",
        "This was sent from another site's page: open the page here, and send it from there.",
      )
    : undefined;
}
