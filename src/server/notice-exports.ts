/**
 * Notice exports: everything that was sent and what became of it, to take away.
 *
 *   GET /api/v1/exports/notices?format=csv&incident=INC-7
 *
 * The same pages as the view of notices, one after the other, under the same rights.
 */

import type { Handler } from "hono";
import type { Notice, ViewSpec } from "../api/view.ts";
import { VIEWS } from "../api/view.ts";
import { toCsvLine } from "../core/party/csv.ts";
import type { Caller } from "./access-port.ts";
import { OK, only, refusal } from "./problem.ts";
import { type AppEnv, basePath, type World } from "./world.ts";

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;
const NO_FORMAT = only("bad-query", "format must be csv or json.");
const PAGE_NOTICES = 200;
const COLUMNS = [
  "id",
  "subject",
  "kind",
  "state",
  "to",
  "from",
  "title",
  "requestedAt",
  "deliveredAt",
  "attempts",
  "reason",
] as const satisfies readonly (keyof Notice)[];

export const noticeExports =
  (world: Pick<World, "config" | "access" | "views" | "now">): Handler<AppEnv> =>
  async ({ req, var: { caller } }) => {
    const base = basePath(world.config.url);
    const by = caller as Caller;
    const spec = VIEWS.find(({ name }) => name === "notices") as ViewSpec;
    const may = world.access.mayView(by, spec);
    if (!may.ok) return refusal(may.problems, { base });
    const format = req.query("format") ?? "json";
    if (format !== "csv" && format !== "json") return refusal(NO_FORMAT, { base });
    const filter = { incident: req.query("incident"), recipient: req.query("recipient") };
    const items: Notice[] = [];
    let cursor: string | undefined;
    do {
      const at = world.now();
      const query = { state: "all", limit: PAGE_NOTICES, ...filter, cursor };
      const page = await world.views.notices({
        parameters: {},
        query,
        at,
        asOf: undefined,
        caller: by,
      });
      if (!page.ok) return refusal(page.problems, { base });
      items.push(...page.value.items);
      cursor = page.value.next ?? undefined;
    } while (cursor !== undefined);
    return new Response(
      format === "csv" ? csvOf(items) : `${JSON.stringify({ items }, null, 2)}\n`,
      {
        status: OK,
        headers: {
          "content-type": TYPES[format],
          "content-disposition": `attachment; filename="notices.${format}"`,
          "cache-control": "no-store",
        },
      },
    );
  };

/** With its mark, or a spreadsheet takes UTF-8 for its own country's encoding. */
const csvOf = (items: readonly Notice[]): string =>
  `\uFEFF${toCsvLine(COLUMNS)}${items
    .map((one) => toCsvLine(COLUMNS.map((name) => String(one[name] ?? ""))))
    .join("")}`;
