/**
 * Pack exports: what a controller needs from us, as text to paste and as a tagged PDF.
 *
 *   GET /api/v1/exports/controller-pack?incident=INC-7&customer=cus_...&format=pdf
 */

import type { Handler } from "hono";
import type { ViewOf, ViewSpec } from "../../api/view.ts";
import { VIEWS } from "../../api/view.ts";
import { formatBoth } from "../../core/time/format.ts";
import { parseInstant } from "../../core/time/instant.ts";
import type { PdfBlock, PdfDocument } from "../../pdf/document.ts";
import type { Caller } from "../access-port.ts";
import { OK, only, refusal } from "../http/problem.ts";
import { type AppEnv, basePath, type World } from "../world.ts";

/** Below /api/v1. */
export const PACK_PATH = "/exports/controller-pack";

type Pack = ViewOf<"controller-pack">;
const NO_FORMAT = only("bad-query", "format must be text or pdf; as JSON it is a view.");

export const packExports =
  (
    world: Pick<World, "config" | "access" | "views" | "now" | "pdf">,
    zone: () => Promise<string>,
  ): Handler<AppEnv> =>
  async ({ req, var: { caller } }) => {
    const base = basePath(world.config.url);
    const by = caller as Caller;
    const spec = VIEWS.find(({ name }) => name === "controller-pack") as ViewSpec;
    const may = world.access.mayView(by, spec);
    if (!may.ok) return refusal(may.problems, { base });
    const format = req.query("format") ?? "text";
    if (format !== "text" && format !== "pdf") return refusal(NO_FORMAT, { base });
    const parameters = { id: req.query("incident") ?? "", customer: req.query("customer") ?? "" };
    const asked = { parameters, query: {}, at: world.now(), asOf: undefined, caller: by };
    const pack = await world.views["controller-pack"](asked);
    if (!pack.ok) return refusal(pack.problems, { base });
    const document = documentOf(pack.value, await zone());
    const headers = (type: string, end: string) => ({
      "content-type": type,
      "content-disposition": `attachment; filename="information-pack.${end}"`,
      "cache-control": "no-store",
    });
    if (format === "text") {
      return new Response(textOf(document), {
        status: OK,
        headers: headers("text/plain; charset=utf-8", "txt"),
      });
    }
    const printed = await world.pdf.print(document);
    if (!printed.ok) return refusal(printed.problems, { base });
    return new Response(printed.value, { status: OK, headers: headers("application/pdf", "pdf") });
  };

/** The same blocks on paper and as text, so that neither can say more than the other. */
function documentOf(pack: Pack, zone: string): PdfDocument {
  const time = (iso: string): string => {
    const at = parseInstant(iso);
    return at === undefined ? iso : formatBoth(at, zone);
  };
  const heading = (text: string): PdfBlock => ({ kind: "heading", text });
  const items = (texts: readonly string[], none: string): PdfBlock =>
    texts.length === 0 ? { kind: "paragraph", text: none } : { kind: "list", items: texts };
  return {
    title: "Information for your own assessment",
    language: "en",
    under: [`For ${pack.customer}, from ${pack.organisation}`, `As of ${time(pack.madeAt)}`],
    foot: `${pack.organisation} for ${pack.customer}, by policy version ${pack.evidence.policyVersion}, ${pack.evidence.policyHash.slice(0, 16)}`,
    blocks: [
      heading("Nature"),
      items(
        pack.nature.map(
          ({ says, state, since, ofYou }) =>
            `${says}${ofYou ? ", at you" : ""}: ${state} since ${time(since)}`,
        ),
        "Nothing is confirmed or suspected yet.",
      ),
      heading("Your data with us"),
      items(
        pack.data.map(
          ({ name, role, categories }) =>
            `${name}, for which we are the ${role}: ${categories.join(", ") || "categories not recorded"}`,
        ),
        "No set of your data is on record: ask us.",
      ),
      heading("Numbers and particulars for you"),
      items(
        pack.numbers.map(({ name, value }) => `${name}: ${value}`),
        "None are known yet.",
      ),
      heading("When"),
      items(
        pack.moments.map(({ name, at }) => `${name}: ${time(at)}`),
        "No moment is on record yet.",
      ),
      heading("Measures"),
      items(
        pack.measures.map(
          ({ kind, at, lifted }) => `${kind}, ${time(at)}${lifted ? ", lifted since" : ""}`,
        ),
        "None are on record yet.",
      ),
      heading("Whom to ask"),
      { kind: "paragraph", text: `${pack.contact.name}, ${pack.contact.mail}` },
      heading("What we have told you"),
      ...(pack.letters.length === 0
        ? [{ kind: "paragraph" as const, text: "Nothing yet." }]
        : pack.letters.flatMap(({ id, title, body, askedAt, deliveredAt }): PdfBlock[] => [
            {
              kind: "paragraph",
              text: `${id}, ${time(askedAt)}${deliveredAt === null ? ", not accepted by your server yet" : `, accepted ${time(deliveredAt)}`}: ${title}`,
            },
            { kind: "paragraph", text: body.trim(), quiet: true },
          ])),
    ],
  };
}

function textOf({ title, under = [], blocks, foot }: PdfDocument): string {
  const lines = blocks.flatMap((block) => {
    if (block.kind === "heading") return ["", block.text.toUpperCase()];
    if (block.kind === "list") return block.items.map((item) => `- ${item}`);
    return block.kind === "paragraph" ? [block.text] : [];
  });
  return `${[title, ...under, ...lines, "", foot].join("\n")}\n`;
}
