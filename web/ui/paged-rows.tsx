import type { ReactNode } from "react";
import { ErrorState } from "./error-state.tsx";
import { ListSkeleton } from "./list-skeleton.tsx";
import { VirtualRows, type VirtualRowsProps } from "./virtual-rows.tsx";

type Props<Item> = Omit<VirtualRowsProps<Item>, "items"> & {
  query: { isError: boolean; error: unknown; refetch: () => unknown };
  /** Absent until the first page is there. */
  items: Item[] | undefined;
  /** What stands here while there is none. */
  none: ReactNode;
};

/** A long list that is on its way, did not come, is empty, or is there. */
export function PagedRows<Item>({ query, items, none, ...rows }: Props<Item>) {
  const noun = rows.label.toLowerCase();
  if (query.isError && !items)
    return <ErrorState what={`The ${noun}`} error={query.error} onRetry={() => void query.refetch()} />;
  if (!items) return <ListSkeleton label={`Loading ${noun}`} />;
  // Drawn anew for another height: the virtualizer keeps what it measured for as long as the count stays.
  return items.length === 0 ? none : <VirtualRows key={rows.rowHeight} items={items} {...rows} />;
}
