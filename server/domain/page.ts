/** One page of a list and where the next one begins; `next` is null at the end. */
export type Page<Item, Cursor> = { items: Item[]; next: Cursor | null };

/** Where a list ordered by time, then id, goes on. */
export type TimeCursor = { at: string; id: number };

/** Before every row of a list that runs from new to old. */
export const newestFirst: TimeCursor = { at: "infinity", id: Number.MAX_SAFE_INTEGER };

/** Cuts rows that were read with limit + 1; the one too many only says that there is a next page. */
export function pageOf<Item, Cursor>(
  rows: Item[],
  limit: number,
  cursorOf: (last: Item) => Cursor,
): Page<Item, Cursor> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
