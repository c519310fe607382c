/**
 * First response: a page with its first view in it, of one person: kept by nobody.
 *
 * What it loads is on its way before anything of it is drawn, so that a browser asks for its files
 * while the server reads and draws.
 */

import { hash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import { constants, createBrotliCompress } from "node:zlib";
import { TURN } from "../../api/first.ts";
import { isAccepted } from "../http/accepted.ts";
import { CSP } from "../http/headers.ts";
import { OK } from "../http/problem.ts";
import type { FirstPage } from "./first.ts";
import { bodyOf, headOf } from "./first-html.ts";

type Given = {
  /** The built page, which everybody gets. */
  readonly index: string;
  readonly base: string;
  readonly asked: Headers;
};

/** Made for one answer: the quality at which it costs about what it saves. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** As every page of the app, and the one script that lays out what was drawn in turns. */
const POLICY = `${CSP.app}; script-src 'self' 'sha256-${hash("sha256", TURN, "base64")}'`;

export function firstResponse(page: FirstPage, { index, base, asked }: Given): Response {
  const brotli = isAccepted(asked, "br") ? createBrotliCompress(QUALITY) : undefined;
  const sent = brotli ?? new PassThrough();
  // Whoever has left meanwhile is written to no more.
  sent.on("error", () => undefined);
  sent.write(headOf(index, page, base));
  brotli?.flush();
  void page.drawn.then((read) => sent.end(bodyOf(index, read)));
  return new Response(Readable.toWeb(sent) as ReadableStream<Uint8Array>, {
    status: OK,
    headers: {
      "cache-control": "no-store",
      "content-security-policy": POLICY,
      "content-type": "text/html; charset=utf-8",
      vary: "Accept-Encoding, Cookie",
      ...(brotli ? { "content-encoding": "br" } : {}),
    },
  });
}
