/**
 * The board's rows: page after page by cursor, as far as somebody has scrolled.
 *
 * What is loaded is asked again when the counts have changed, in one go at a time:
 * in a storm of entries a long list is behind by a moment, and never starves.
 */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ListedObligation, QueryOf } from "../../../api/view.ts";
import { client, valueOf } from "../../api.ts";

const PAGE_ROWS = 200;

export type BoardRows = {
  readonly rows: readonly ListedObligation[];
  /** Of all pages together; undefined until the first is there. */
  readonly total: number | undefined;
  readonly error: unknown;
  readonly isMore: boolean;
  readonly more: () => void;
};

/** `changedAt`: when what is counted was last read anew. */
export function useBoard(
  query: Omit<QueryOf<"obligations">, "cursor" | "limit">,
  changedAt: number,
  enabled = true,
): BoardRows {
  const list = useInfiniteQuery({
    queryKey: ["board", query],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) =>
      valueOf(
        await client.read("obligations", {}, { ...query, limit: PAGE_ROWS, cursor: pageParam }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const readAt = useRef(changedAt);
  const { isFetching, refetch } = list;
  useEffect(() => {
    if (changedAt <= readAt.current || isFetching) return;
    // The first counts were asked for together with the rows: they say nothing newer.
    const isFirst = readAt.current === 0;
    readAt.current = changedAt;
    if (isFirst) return;
    void refetch({ cancelRefetch: false });
  }, [changedAt, isFetching, refetch]);
  return {
    rows: list.data?.pages.flatMap(({ items }) => items) ?? [],
    total: list.data?.pages[0]?.total,
    error: list.error,
    isMore: list.hasNextPage,
    more: () => {
      if (list.hasNextPage && !list.isFetching) void list.fetchNextPage();
    },
  };
}
