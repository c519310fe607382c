/**
 * Filing files: a filing pack to take away, as PDF or as text; the view itself is the JSON.
 *
 *   GET /api/v1/incidents/INC-7/filings/gdpr-33-1/sa-notification/pdf
 *   GET /api/v1/incidents/INC-7/filings/gdpr-33-1/sa-notification/text
 */

import { Hono } from "hono";
import { type ViewSpec, VIEWS } from "../../api/view.ts";
import type { Problems } from "../../core/problem.ts";
import { filingPaper } from "./filing-paper.ts";
import { OK, only, refusal } from "../http/problem.ts";
import { type AppContext, type AppEnv, basePath, type World } from "../world.ts";

type Filing = Pick<World, "views" | "access" | "pdf" | "now" | "config">;

const PATH = "/incidents/:id/filings/:regime/:stage";

export function filingFiles(world: Filing): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get(`${PATH}/pdf`, (context) => answer(world, context, "pdf"))
    .get(`${PATH}/text`, (context) => answer(world, context, "text"));
}

const SPEC = VIEWS.find(({ name }) => name === "filing") as ViewSpec;
const NOBODY = only("not-signed-in", "Sign in, or send an API token as a bearer token.");

async function answer(
  { views, access, pdf, now, config }: Filing,
  context: AppContext,
  as: "pdf" | "text",
): Promise<Response> {
  const refused = (problems: Problems) => refusal(problems, { base: basePath(config.url) });
  const { caller } = context.var;
  const may = caller && access.mayView(caller, SPEC);
  if (!caller || !may?.ok) return refused(may && !may.ok ? may.problems : NOBODY);
  const parameters = context.req.param() as Readonly<Record<string, string>>;
  const found = await views.filing({ parameters, query: {}, at: now(), asOf: undefined, caller });
  if (!found.ok) return refused(found.problems);
  const { incident, regime, stage, text } = found.value;
  const name = `${incident}-${regime.id}-${stage.replaceAll("/", "-")}`;
  if (as === "text") return file(text, "text/plain; charset=utf-8", `${name}.txt`);
  const printed = await pdf.print(filingPaper(found.value));
  return printed.ok
    ? file(printed.value, "application/pdf", `${name}.pdf`)
    : refused(printed.problems);
}

const file = (body: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response =>
  new Response(body, {
    status: OK,
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
