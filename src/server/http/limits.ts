/**
 * Limits: how slow, how many and how large a connection may be.
 *
 * A server that waits for whoever sends one byte a minute serves nobody else, and one that
 * gives everybody twelve seconds takes no twenty megabytes from a slow line. So a body has no
 * fixed end: it is closed once nothing of it comes for a while, or once it comes slower, from
 * its first byte on, than the slowest line that people have. Heads are small and have a fixed
 * end. Whatever stops is closed within fifteen seconds of its first byte.
 *
 * Node counts heads; it can count bodies only to one end for all, so that is done here, once a
 * second for all sockets. Answers that stream (events) are not cut by it: it is about
 * receiving a request.
 */

import type { IncomingMessage, Server, ServerOptions } from "node:http";
import type { Socket } from "node:net";
import { MINUTE_MS, SECOND_MS } from "../../core/time/instant.ts";

export const HEADERS_MS_MAX = 5 * SECOND_MS;
export const IDLE_MS_MAX = 65 * SECOND_MS;
export const HEADER_BYTES_MAX = 16 * 1024;
export const HEADERS_MAX = 64;
export const SOCKETS_MAX = 4_000;

/** How a body must come. */
export type Pace = {
  /** How often it is looked at. */
  readonly lookMs: number;
  /** So long nothing of it may come; and for so long it may come as slowly as it likes. */
  readonly restMs: number;
  /** How much must have come for each second after that. */
  readonly bytesPerSecond: number;
  /** And not longer than this, however large it is. */
  readonly wholeMs: number;
};

/** 16 KB a second is an eighth of a megabit: twenty megabytes take twenty minutes there. */
export const PACE: Pace = {
  lookMs: SECOND_MS,
  restMs: 8 * SECOND_MS,
  bytesPerSecond: 16 * 1024,
  wholeMs: 30 * MINUTE_MS,
};

export const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: HEADERS_MS_MAX,
  // Node's one end for all bodies: theirs is below.
  requestTimeout: 0,
  connectionsCheckingInterval: SECOND_MS,
  keepAliveTimeout: IDLE_MS_MAX,
  maxHeaderSize: HEADER_BYTES_MAX,
  insecureHTTPParser: false,
  requireHostHeader: true,
  noDelay: true,
};

/** What Node takes only once the server is there. */
export function limitServer(server: Server, pace: Pace = PACE): void {
  server.maxConnections = SOCKETS_MAX;
  server.maxHeadersCount = HEADERS_MAX;
  // A peer that stops reading is let go; a stream of events says something every 15 seconds.
  server.timeout = IDLE_MS_MAX;
  keepPace(server, pace);
}

type Coming = {
  readonly request: IncomingMessage;
  readonly since: number;
  /** What the socket had read by then. */
  readonly from: number;
  bytes: number;
  lastAt: number;
};

/** Closes whatever comes too slowly, with 408. */
function keepPace(server: Server, pace: Pace): void {
  const coming = new Map<Socket, Coming>();
  const look = (): void => {
    const now = performance.now();
    for (const [socket, one] of coming) {
      if (one.request.complete || socket.destroyed) coming.delete(socket);
      else if (isTooSlow(one, socket.bytesRead - one.from, now, pace)) {
        coming.delete(socket);
        socket.write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
        socket.destroy();
      }
    }
  };
  const timer = setInterval(look, pace.lookMs).unref();
  server.on("close", () => clearInterval(timer));
  server.on("request", (request: IncomingMessage) => {
    const { socket, headers, complete } = request;
    if (complete || (headers["content-length"] ?? headers["transfer-encoding"]) === undefined)
      return;
    const now = performance.now();
    coming.set(socket, { request, since: now, from: socket.bytesRead, bytes: 0, lastAt: now });
  });
}

function isTooSlow(one: Coming, bytes: number, now: number, pace: Pace): boolean {
  if (bytes > one.bytes) Object.assign(one, { bytes, lastAt: now });
  const elapsed = now - one.since;
  const fair = pace.restMs + (bytes / pace.bytesPerSecond) * SECOND_MS;
  return now - one.lastAt >= pace.restMs || elapsed >= fair || elapsed >= pace.wholeMs;
}
