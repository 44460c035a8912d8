import type { InfiniteData } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { Page } from "./api/page.ts";

type Paged<Item> = {
  data: InfiniteData<Page<Item>> | undefined;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
};

/** The rows of all loaded pages, each once (what moved between two pages stands on both), and how to get more. */
export function usePages<Item>(
  query: Paged<Item>,
  keyOf: (item: Item) => number,
): { items: Item[] | undefined; more: () => void } {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const items = useMemo(
    () => data && [...new Map(data.pages.flatMap((page) => page.data).map((item) => [keyOf(item), item])).values()],
    [data, keyOf],
  );
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { items, more };
}
