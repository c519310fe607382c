/**
 * World: everything that the HTTP side is given, so that it reaches for nothing.
 *
 * `main.ts` puts one together for a real installation; a test puts another
 * together with its own `now`. No file of the API reads a clock, the environment
 * or a global.
 */

import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Along, Envelope, Handled } from "../handle.ts";
import type { Access, Caller } from "./access-port.ts";
import type { Peer, Proxies } from "./http/address.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { PdfRoom } from "../pdf/room.ts";
import type { PolicyRoom } from "./policy/room.ts";
import type { Limit } from "./http/rate.ts";
import type { Views } from "./views/views.ts";

export type World = {
  readonly now: () => Instant;
  readonly config: Pick<Config, "url" | "metricsToken">;
  readonly log: Log;
  readonly access: Access;
  readonly proxies: Proxies;
  readonly handle: Handle;
  /** Keeps a file's bytes, under their SHA-256. */
  readonly keepFile: (bytes: Uint8Array) => Promise<unknown>;
  readonly views: Views;
  readonly pdf: Pick<PdfRoom, "print">;
  readonly texts: Pick<PolicyRoom, "draftOf" | "findingsOf" | "togetherOf">;
  readonly limits: {
    readonly caller: Limit;
    readonly address: Limit;
    /** Questions that cost as much as a hundred others, so that they use up nobody's commands. */
    readonly question: Limit;
  };
  /** Told of every answer, for metrics. */
  readonly onAnswer: Metrics["onAnswer"];
};

/** As handle.ts does it, with the store behind it. */
export type Handle = (
  envelope: Envelope,
  along?: Pick<Along, "onDecided">,
) => Promise<Result<Handled>>;

/** What a request has been found to be by the time a route sees it. */
export type AppEnv = {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: {
    requestId: string;
    client: Peer;
    caller: Caller | undefined;
    /** Why there is no caller although the request named one. */
    unrecognised: Response | undefined;
  };
};

export type AppContext = Context<AppEnv>;

/** The path that DUE_URL holds: empty, or `/due`. */
export const basePath = (url: string): string => new URL(url).pathname.replace(/\/+$/, "");

/** `path` without the base, where it begins with it. */
export const below = (base: string, path: string): string =>
  base !== "" && (path === base || path.startsWith(`${base}/`))
    ? path.slice(base.length) || "/"
    : path;
