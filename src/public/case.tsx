/**
 * Case: what became of a report, for the one who holds its link.
 */

/** @jsxImportSource hono/jsx */

import { Hono } from "hono";
import type { AppContext, AppEnv } from "../server/world.ts";
import { page, refusalPage } from "./answer.ts";
import type { Public } from "./place.ts";
import { opens, referenceIn } from "./report-input.ts";
import type { Signal } from "../core/signal/state.ts";

export function caseRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/case/:token", async (context) => {
    const signal = await caseSignal(place, context);
    if (!signal)
      return refusalPage(place, "not-found", { title: "No such case" }, <h1>No such case</h1>);
    return page(
      place,
      context,
      { title: `Your report ${signal.reference}`, isPrivate: true },
      <>
        <h1>Your report {signal.reference}</h1>
        <p>{signal.title}</p>
      </>,
    );
  });
  return routes;
}

async function caseSignal({ handling }: Public, { req }: AppContext): Promise<Signal | undefined> {
  const token = req.param("token") ?? "";
  const reference = referenceIn(token);
  const opened = reference && (await handling.subjects.open("signal", reference));
  return opened && opens(opened.folded.state, token) ? opened.folded.state : undefined;
}
