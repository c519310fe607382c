/**
 * Problem: how a no of this system becomes an answer over HTTP (RFC 9457).
 *
 * The only file that knows a status code. A code that is not in the table is a
 * rule of the domain that was not met: 422. The words are the problem's own,
 * written for the caller; what a library or the database said never gets here.
 */

import { PROBLEM_TYPE, type WireProblem } from "../../api/problem.ts";
import type { Problem, Problems } from "../../core/problem.ts";

export const OK = 200;
export const CREATED = 201;
export const ACCEPTED = 202;
export const NOT_MODIFIED = 304;
export const NOT_READY = 503;
const RULE_NOT_MET = 422;

const CODES: Readonly<Record<number, readonly string[]>> = {
  400: [
    "bad-encoding",
    "bad-header",
    "bad-json",
    "bad-key",
    "bad-query",
    "cursor-malformed",
    "json-too-deep",
    "json-too-large",
  ],
  401: [
    "bad-token",
    "code-needed",
    "not-signed-in",
    "passkey-failed",
    "session-over",
    "wrong-login",
  ],
  403: ["banner-token-bad", "cross-site", "not-allowed", "wrong-password"],
  404: ["no-such-route", "not-found"],
  405: ["method-not-allowed"],
  409: ["already-set-up", "busy", "draft-conflict", "raw-overtaken"],
  410: ["link-over", "own-page-over", "seat-over"],
  412: ["stale"],
  413: ["body-too-large", "pdf-too-large"],
  415: ["body-encoded", "not-json"],
  429: ["login-paused", "too-many-requests"],
  500: ["internal"],
  503: [
    "database-full",
    "database-unavailable",
    "not-ready",
    "overloaded",
    "pdf-busy",
    "pdf-slow",
    "reading-busy",
    "reading-slow",
  ],
};

const STATUS: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES).flatMap(([status, codes]) =>
    codes.map((code) => [code, Number(status)] as const),
  ),
);

/**
 * The HTTP status that a problem is answered with. What is unknown is the address itself, unless
 * the problem points into what was sent: then that names something that there is not.
 */
export function statusOf({ code, at }: Pick<Problem, "code" | "at">): number {
  const known = STATUS.get(code);
  if (known !== undefined) return known;
  return at === undefined && code.endsWith("-unknown") ? statusOf(NOT_FOUND) : RULE_NOT_MET;
}

const NOT_FOUND = { code: "not-found" };

/** What stands in the body; the first problem gives code and status. */
export function toWire(problems: Problems, base = ""): WireProblem {
  const [first] = problems;
  return {
    type: `${base}/docs/problems#${first.code}`,
    code: first.code,
    title: titleOf(first.code),
    status: statusOf(first),
    detail: first.message,
    problems: [...problems],
  };
}

export type RefusalOptions = {
  /** The path that DUE_URL holds. */
  readonly base?: string;
  /** When trying again makes sense, for 429 and 503. */
  readonly retryAfterSeconds?: number;
};

/** The whole answer to a request that is refused. */
export function refusal(problems: Problems, options: RefusalOptions = {}): Response {
  const body = toWire(problems, options.base);
  const headers: Record<string, string> = {
    "content-type": PROBLEM_TYPE,
    "cache-control": "no-store",
  };
  if (options.retryAfterSeconds !== undefined)
    headers["retry-after"] = String(Math.max(1, Math.ceil(options.retryAfterSeconds)));
  if (body.status === 401) headers["www-authenticate"] = 'Bearer realm="duenotice"';
  return new Response(JSON.stringify(body), { status: body.status, headers });
}

/** The one problem of an answer that is refused. */
export function only(code: string, message: string): Problems {
  return [{ code, message }];
}

/** `body-too-large` -> "Body too large". */
const titleOf = (code: string): string =>
  code.charAt(0).toUpperCase() + code.slice(1).replaceAll("-", " ");
