import type { Page } from "./page.ts";
import { request } from "./request.ts";

const mostPages = 20;

/** A list that is short in every company, whole: twenty pages at most. */
export async function allPages<Item>(
  pathOf: (query: { limit: number; cursor: string | undefined }) => string,
  signal: AbortSignal,
): Promise<Page<Item>> {
  const data: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await request<Page<Item>>(pathOf({ limit: 100, cursor }), { signal });
    data.push(...answer.data);
    if (answer.next_cursor === null) return { data, next_cursor: null };
    cursor = answer.next_cursor;
  }
  return { data, next_cursor: cursor ?? null };
}
