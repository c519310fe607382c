/** No: the pages that stand where there is none, and where somebody has to wait. */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { SECOND_MS } from "../core/time/instant.ts";
import { type AppContext, basePath } from "../server/world.ts";
import { refusalPage } from "./answer.ts";
import type { Public } from "./place.ts";

/** Addresses of machines keep their own way of saying no. */
const MACHINES = /^\/(?:api|app|intake|livez|readyz|metrics|healthz)(?:\/|$)/;

/** A person who followed a link gets a page; a program gets a problem, as everywhere. */
export async function noPage(
  place: Public,
  context: AppContext,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const asked = context.req.header("accept") ?? "";
  if (MACHINES.test(context.req.path) || !asked.includes("text/html")) {
    await next();
    return undefined;
  }
  const base = basePath(place.url);
  return refusalPage(
    place,
    "not-found",
    { title: "No such page" },
    <>
      <h1>There is nothing at this address</h1>
      <p>
        There is the <a href={`${base}/policy`}>policy</a>, and a form to{" "}
        <a href={`${base}/report`}>report something</a>.
      </p>
    </>,
  );
}

export function tooMany(place: Public, waitMs: number): Promise<Response> {
  const seconds = Math.max(1, Math.ceil(waitMs / SECOND_MS));
  return refusalPage(
    place,
    "too-many-requests",
    { title: "Wait a moment" },
    <>
      <h1>Wait a moment</h1>
      <p>
        Too many requests came from your network address. Nothing of this one was kept; in {seconds}{" "}
        {seconds === 1 ? "second" : "seconds"} it will work again.
      </p>
    </>,
    { "retry-after": String(seconds) },
  );
}
