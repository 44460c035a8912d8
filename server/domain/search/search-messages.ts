import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { asksForHidden, reachArgs } from "../reach/reach.ts";
import { type FoundRow, foundAnywhere, foundInConversation } from "./found-messages.ts";
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

/** Messages that hold all the words, newest first. Those of deleted people are not shown. */
export async function searchMessages(ctx: Ctx, search: MessageSearch): Promise<Page<FoundMessage, TimeCursor>> {
  const query = readMessageQuery(search.query);
  if (!query || asksForHidden(ctx, search.query)) return { items: [], next: null };
  const { conversationId, limit, cursor = newestFirst } = search;
  const args = { companyId: ctx.companyId, sought: query, ...cursor, count: limit + 1, ...reachArgs(ctx) };
  const rows = await (conversationId === undefined
    ? foundAnywhere(ctx, args)
    : foundInConversation(ctx, { ...args, conversationId }));
  const page = pageOf(rows, limit, ({ sentAt, id }) => ({ at: sentAt, id }));
  return { items: page.items.map((row) => presentable(row, query)), next: page.next };
}

/** The same, what fits best first: among the newest three hundred at most. The next page begins at the offset `next`. */
export async function bestMessages(
  ctx: Ctx,
  search: { query: string; limit: number; offset?: number },
): Promise<Page<FoundMessage, number>> {
  const query = readMessageQuery(search.query);
  const { limit, offset = 0 } = search;
  if (!query || asksForHidden(ctx, search.query) || offset >= mostRanked) return { items: [], next: null };
  const args = { companyId: ctx.companyId, sought: query, ...newestFirst, count: mostRanked, ...reachArgs(ctx) };
  const rows = await foundAnywhere(ctx, args);
  const ranked = rows.toSorted((one, other) => other.rank - one.rank);
  const items = ranked.slice(offset, offset + limit).map((row) => presentable(row, query));
  return { items, next: offset + limit < ranked.length ? offset + limit : null };
}

const mostRanked = 300;

function presentable({ text, rank: _rank, ...row }: FoundRow, query: MessageQuery): FoundMessage {
  return { ...row, snippet: snippetOf(text, query) };
}
