/**
 * Notice exports: everything that was sent and what became of it, and the running picture, to
 * take away.
 *
 *   GET /api/v1/exports/notices?format=csv&incident=INC-7
 *   GET /api/v1/exports/running-picture?format=csv&by=party
 *
 * The same pages as the views, one after the other, under the same rights. In CSV a list is
 * one cell, an item a line.
 */

import type { Handler } from "hono";
import type { Notice, ViewOf, ViewSpec } from "../../api/view.ts";
import { VIEWS } from "../../api/view.ts";
import type { Result } from "../../core/problem.ts";
import { toCsvLine } from "../../core/party/csv.ts";
import type { Caller } from "../access-port.ts";
import { OK, only, refusal } from "../http/problem.ts";
import { type AppEnv, basePath, type World } from "../world.ts";

type Items = {
  readonly notices: Notice;
  readonly "running-picture": ViewOf<"running-picture">["items"][number];
};
type Exported = keyof Items;
type Item<N extends Exported> = Items[N];
type Page<N extends Exported> = {
  readonly items: readonly Item<N>[];
  readonly next: string | null;
};
type Cell = string | number | boolean | null;
type Exporting<N extends Exported> = {
  readonly view: N;
  readonly file: string;
  /** What a query may narrow it by. */
  readonly by: readonly string[];
  readonly columns: readonly (readonly [head: string, cell: (item: Item<N>) => Cell])[];
};
type ExportWorld = Pick<World, "config" | "access" | "views" | "now">;

const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;
const NO_FORMAT = only("bad-query", "format must be csv or json.");
const NO_PICTURE = only("bad-query", "by must be incident or party.");
const PAGE_ITEMS = 200;

const own = <T extends object>(...names: readonly (keyof T & string)[]) =>
  names.map((name) => [name, (item: T) => item[name] as Cell] as const);
const lines = (texts: readonly string[]): string => texts.join("\n");

const NOTICES: Exporting<"notices"> = {
  view: "notices",
  file: "notices",
  by: ["incident", "recipient", "state"],
  columns: [
    ...own<Notice>("id", "subject", "kind", "state", "to", "from", "title", "requestedAt"),
    ...own<Notice>("deliveredAt", "attempts", "reason", "kept", "openedAt"),
    ["acknowledgedAt", ({ acknowledged }) => lines(acknowledged.map(({ at }) => at))],
    ["acknowledgedBy", ({ acknowledged }) => lines(acknowledged.map(({ name }) => name))],
    ["nextWordAt", ({ nextWordAt }) => nextWordAt],
    ["files", ({ files }) => lines(files.map(({ name }) => name))],
    ["fileBytes", ({ files }) => lines(files.map(({ bytes }) => String(bytes)))],
    ["fileSha256", ({ files }) => lines(files.map(({ sha256 }) => sha256))],
  ],
};

const PICTURE: Exporting<"running-picture"> = {
  view: "running-picture",
  file: "running-picture",
  by: ["incident", "by"],
  columns: own<Item<"running-picture">>(
    "id",
    "name",
    "notices",
    "held",
    "waiting",
    "accepted",
    "kept",
    "deferred",
    "failed",
    "opened",
    "acknowledged",
    "lastAt",
    "lastAcknowledged",
    "nextWordAt",
  ),
};

export const noticeExports = (world: ExportWorld): Handler<AppEnv> => exporting(world, NOTICES);
export const pictureExports = (world: ExportWorld): Handler<AppEnv> => exporting(world, PICTURE);

const exporting =
  <N extends Exported>(world: ExportWorld, spec: Exporting<N>): Handler<AppEnv> =>
  async ({ req, var: { caller } }) => {
    const base = basePath(world.config.url);
    const by = caller as Caller;
    const may = world.access.mayView(by, VIEWS.find(({ name }) => name === spec.view) as ViewSpec);
    if (!may.ok) return refusal(may.problems, { base });
    const format = req.query("format") ?? "json";
    if (format !== "csv" && format !== "json") return refusal(NO_FORMAT, { base });
    if (!["incident", "party", undefined].includes(req.query("by")))
      return refusal(NO_PICTURE, { base });
    const filter = Object.fromEntries(spec.by.map((name) => [name, req.query(name)]));
    const items: Item<N>[] = [];
    let cursor: string | undefined;
    do {
      const at = world.now();
      const query = { limit: PAGE_ITEMS, ...filter, cursor };
      const asked = { parameters: {}, query, at, asOf: undefined, caller: by };
      const page = (await world.views[spec.view](asked)) as Result<Page<N>>;
      if (!page.ok) return refusal(page.problems, { base });
      items.push(...page.value.items);
      cursor = page.value.next ?? undefined;
    } while (cursor !== undefined);
    const text = format === "csv" ? csvOf(spec, items) : `${JSON.stringify({ items }, null, 2)}\n`;
    return new Response(text, {
      status: OK,
      headers: {
        "content-type": TYPES[format],
        "content-disposition": `attachment; filename="${spec.file}.${format}"`,
        "cache-control": "no-store",
      },
    });
  };

/** With its mark, or a spreadsheet takes UTF-8 for its own country's encoding. */
const csvOf = <N extends Exported>({ columns }: Exporting<N>, items: readonly Item<N>[]): string =>
  `\uFEFF${toCsvLine(columns.map(([head]) => head))}${items
    .map((item) => toCsvLine(columns.map(([, cell]) => `${cell(item) ?? ""}`)))
    .join("")}`;
