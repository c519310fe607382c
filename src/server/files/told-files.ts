/**
 * Told files: what one recipient was told in an incident, as the PDF that they have on their own
 * page, for the team; and a text that is published or handed over, as the PDF that is.
 *
 *   GET /api/v1/incidents/INC-7/told/customer:cus_kestrel/pdf
 *   GET /api/v1/incidents/INC-7/drafts/D-1/pdf
 */

import type { Handler } from "hono";
import { type ViewSpec, VIEWS } from "../../api/view.ts";
import { toldTo } from "../../core/incident/notice/told.ts";
import { languageFor } from "../../core/notice/phrases.ts";
import { noticePdf, publicNoticePdf } from "../../public/notice-pdf.ts";
import type { Caller } from "../access-port.ts";
import type { Handling } from "../handling.ts";
import { readsOnly, withoutSecrets } from "../views/reporter-secret.ts";
import { OK, only, refusal } from "../http/problem.ts";
import { type AppEnv, basePath, type World } from "../world.ts";

/** Below /api/v1. */
export const TOLD_PDF_PATH = "/incidents/:id/told/:recipient/pdf";
const NOTHING = only("not-found", "They were told nothing here, or all of it was erased.");

export const DRAFT_PDF_PATH = "/incidents/:id/drafts/:draft/pdf";
const MAILED = only(
  "not-found",
  "This is mailed to each by name: what one of them got is a PDF of theirs, under what they were told.",
);

/** Of what nobody is mailed: the text as everybody reads it, marked while it is not approved. */
export const draftPdf =
  (
    { config, access, pdf, now, views }: Pick<World, "config" | "access" | "pdf" | "now" | "views">,
    handling: Pick<Handling, "installation">,
  ): Handler<AppEnv> =>
  async ({ req, var: { caller } }) => {
    const base = basePath(config.url);
    const spec = VIEWS.find(({ name }) => name === "notice-draft") as ViewSpec;
    const may = access.mayView(caller as Caller, spec);
    if (!may.ok) return refusal(may.problems, { base });
    const parameters = { id: req.param("id") ?? "", draft: req.param("draft") ?? "" };
    const asked = { parameters, query: {}, at: now(), asOf: undefined, caller: caller as Caller };
    const found = await views["notice-draft"](asked);
    if (!found.ok) return refusal(found.problems, { base });
    const [letter] = found.value.letters;
    if (found.value.mailed || !letter) return refusal(MAILED, { base });
    const { organisation } = await handling.installation();
    const language = languageFor(found.value.recipients[0]?.language ?? undefined);
    const printed = await pdf.print(publicNoticePdf(found.value, letter, organisation, language));
    if (!printed.ok) return refusal(printed.problems, { base });
    return asPdf(printed.value, `${parameters.id}-${found.value.id}.pdf`);
  };

const asPdf = (bytes: Uint8Array<ArrayBuffer>, name: string): Response =>
  new Response(bytes, {
    status: OK,
    headers: {
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });

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
    const found = opened && toldTo(opened.folded.state, opened.entries, recipient, zone);
    if (!found) return refusal(NOTHING, { base });
    const told = readsOnly(caller as Caller) ? withoutSecrets(found) : found;
    const shown = { told, organisation, now: now(), hasPdf: true, at: "" };
    const printed = await pdf.print(noticePdf(shown));
    if (!printed.ok) return refusal(printed.problems, { base });
    return asPdf(printed.value, `${opened.folded.id}-told.pdf`);
  };
