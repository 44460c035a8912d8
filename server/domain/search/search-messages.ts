import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { asksForHidden, reachArgs } from "../reach/reach.ts";
import { type FoundRow, foundAnywhere, foundBest, foundInConversation } from "./found-messages.ts";
import { type Snippet, snippetOf } from "./highlight.ts";
import { type MessageQuery, readMessageQuery } from "./message-query.ts";

export type FoundMessage = {
  id: number;
  conversationId: number;
  contactId: number;
  contactName: string;
  contactPhone: string | null;
  direction: "in" | "out";
  type: string;
  sentAt: string;
  snippet: Snippet;
};

export type MessageSearch = { query: string; conversationId?: number; limit: number; cursor?: TimeCursor };

/**
 * Messages that hold all the words, newest first. Those of deleted people are not shown. A page may be short and have a next one: where
 * somebody sees few of very many hits, each request looks at so many of them at most.
 */
export async function searchMessages(ctx: Ctx, search: MessageSearch): Promise<Page<FoundMessage, TimeCursor>> {
  const query = readMessageQuery(search.query);
  if (!query || asksForHidden(ctx, search.query)) return { items: [], next: null };
  const { conversationId, limit, cursor = newestFirst } = search;
  const args = { companyId: ctx.companyId, sought: query, ...cursor, count: limit + 1, ...reachArgs(ctx) };
  const { rows, lookedUntil } =
    conversationId === undefined
      ? await foundAnywhere(ctx, args)
      : { rows: await foundInConversation(ctx, { ...args, conversationId }), lookedUntil: null };
  const page = pageOf(rows, limit, ({ sentAt, id }) => ({ at: sentAt, id }));
  const next = page.next ?? (lookedUntil === null ? null : { at: lookedUntil, id: 0 });
  return { items: page.items.map((row) => presentable(row, query)), next };
}

/**
 * The same, what fits best first: among the newest hundred and fifty at most, the newest hundred where they are near, and the newest
 * forty where they are far between. The next page begins at the offset `next`.
 */
export async function bestMessages(
  ctx: Ctx,
  search: { query: string; limit: number; offset?: number },
): Promise<Page<FoundMessage, number>> {
  const query = readMessageQuery(search.query);
  const { limit, offset = 0 } = search;
  if (!query || asksForHidden(ctx, search.query) || offset >= mostRanked) return { items: [], next: null };
  const choice = { count: mostRanked, enough: enoughRanked, few: fewRanked, limit: limit + 1, offset };
  const args = { companyId: ctx.companyId, sought: query, ...newestFirst, ...choice, ...reachArgs(ctx) };
  const rows = await foundBest(ctx, args);
  const items = rows.slice(0, limit).map((row) => presentable(row, query));
  return { items, next: rows.length > limit ? offset + limit : null };
}

const mostRanked = 150;
const enoughRanked = 100;
const fewRanked = 40;

function presentable({ text, ...row }: FoundRow, query: MessageQuery): FoundMessage {
  return { ...row, snippet: snippetOf(text, query) };
}
