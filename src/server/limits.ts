/**
 * Limits: how slow, how many and how large a connection may be.
 *
 * A server that waits for whoever sends one byte a minute serves nobody else.
 * Node closes a socket whose headers or body take longer than this; it looks
 * every second, so the limit holds to the second. Answers that stream (events)
 * are not cut by it: it is about receiving a request.
 */

import type { Server, ServerOptions } from "node:http";
import { SECOND_MS } from "../core/time/instant.ts";

export const HEADERS_MS_MAX = 8 * SECOND_MS;
export const REQUEST_MS_MAX = 12 * SECOND_MS;
export const IDLE_MS_MAX = 65 * SECOND_MS;
export const HEADER_BYTES_MAX = 16 * 1024;
export const HEADERS_MAX = 64;
export const SOCKETS_MAX = 4_000;

export const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: HEADERS_MS_MAX,
  requestTimeout: REQUEST_MS_MAX,
  connectionsCheckingInterval: SECOND_MS,
  keepAliveTimeout: IDLE_MS_MAX,
  maxHeaderSize: HEADER_BYTES_MAX,
  insecureHTTPParser: false,
  requireHostHeader: true,
  noDelay: true,
};

/** What Node takes only once the server is there. */
export function limitServer(server: Server): void {
  server.maxConnections = SOCKETS_MAX;
  server.maxHeadersCount = HEADERS_MAX;
  // A peer that stops reading is let go; a stream of events says something every 15 seconds.
  server.timeout = IDLE_MS_MAX;
}
