/**
 * Timeline pages: the lines around what is on screen, fetched as they are wanted.
 *
 * The server counts lines from the oldest; the screen shows the newest first. A
 * new line therefore changes only the last page, and no place in any other.
 */

import { useQueries } from "@tanstack/react-query";
import type { TimelineLine, ViewOf } from "../../../api/view.ts";
import { client, useView, valueOf, viewKey } from "../../api.ts";
import type { Density } from "./timeline.tsx";
import type { Window } from "./windowing.ts";

const PAGE_LINES = 100;

export type Lines = {
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  /** By the place on screen, 0 being the newest; undefined until it is there. */
  readonly at: (place: number) => TimelineLine | undefined;
};

/** How many lines there are, as far as was asked; undefined until the first answer. */
export const useTotal = (id: string, only: Density, asOf: string | undefined): number | undefined =>
  useView("timeline", { id }, { ...queryOf(only, asOf), limit: 1 }).data?.total;

const queryOf = (only: Density, asOf: string | undefined) => ({
  only,
  limit: PAGE_LINES,
  ...(asOf === undefined ? {} : { asOf }),
});

export function useLines(
  id: string,
  only: Density,
  asOf: string | undefined,
  { from, to }: Window,
): Lines {
  const query = queryOf(only, asOf);
  // Which pages are wanted hangs on this alone; how many lines there are, on whoever heard last.
  const known = useTotal(id, only, asOf);
  const wanted = known === undefined ? [] : pagesOf(known, from, to);
  const pages = useQueries({
    queries: wanted.map((page) => {
      const asked = { ...query, from: page * PAGE_LINES };
      return {
        queryKey: viewKey("timeline", { id }, asked),
        queryFn: async (): Promise<ViewOf<"timeline">> =>
          valueOf(await client.read("timeline", { id }, asked)),
      };
    }),
  });
  const total = known && Math.max(known, ...pages.map(({ data }) => data?.total ?? 0));
  const byPage = new Map(wanted.map((page, index) => [page, pages[index]?.data?.items]));
  return {
    total,
    at(place) {
      const index = (total ?? 0) - 1 - place;
      const page = Math.floor(index / PAGE_LINES);
      return byPage.get(page)?.[index - page * PAGE_LINES];
    },
  };
}

function pagesOf(total: number, from: number, to: number): readonly number[] {
  const oldest = Math.max(0, total - to);
  const newest = Math.max(0, total - 1 - from);
  const pages: number[] = [];
  for (let page = Math.floor(oldest / PAGE_LINES); page * PAGE_LINES <= newest; page += 1)
    pages.push(page);
  return pages;
}
