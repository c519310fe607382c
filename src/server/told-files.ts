/**
 * Told files: what one recipient was told in an incident, as the PDF that they have on their own
 * page, for the team.
 *
 *   GET /api/v1/incidents/INC-7/told/customer:cus_kestrel/pdf
 */

import type { Handler } from "hono";
import { type ViewSpec, VIEWS } from "../api/view.ts";
import { toldTo } from "../core/incident/told.ts";
import { noticePdf } from "../public/notice-pdf.ts";
import type { Caller } from "./access-port.ts";
import type { Handling } from "./handling.ts";
import { OK, only, refusal } from "./problem.ts";
import { type AppEnv, basePath, type World } from "./world.ts";

/** Below /api/v1. */
export const TOLD_PDF_PATH = "/incidents/:id/told/:recipient/pdf";
const NOTHING = only("not-found", "They were told nothing here, or all of it was erased.");

export const toldPdf =
  (
    { config, access, pdf, now }: Pick<World, "config" | "access" | "pdf" | "now">,
    handling: Pick<Handling, "subjects" | "installation">,
  ): Handler<AppEnv> =>
  async ({ req, var: { caller } }) => {
    const base = basePath(config.url);
    const spec = VIEWS.find(({ name }) => name === "told") as ViewSpec;
    const may = access.mayView(caller as Caller, spec);
    if (!may.ok) return refusal(may.problems, { base });
    const opened = await handling.subjects.open("incident", req.param("id") ?? "");
    const { organisation, zone } = await handling.installation();
    const recipient = req.param("recipient") ?? "";
    const told = opened && toldTo(opened.folded.state, opened.entries, recipient, zone);
    if (!told) return refusal(NOTHING, { base });
    const shown = { told, organisation, now: now(), hasPdf: true, at: "" };
    const printed = await pdf.print(noticePdf(shown));
    if (!printed.ok) return refusal(printed.problems, { base });
    return new Response(printed.value, {
      status: OK,
      headers: {
        "content-type": "application/pdf",
        "content-disposition": `attachment; filename="${opened.folded.id}-told.pdf"`,
        "cache-control": "no-store",
      },
    });
  };
