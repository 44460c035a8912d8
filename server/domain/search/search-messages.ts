import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { type Snippet, snippetOf } from "./highlight.ts";
import { hasPhrases, type MessageQuery, readMessageQuery, tsqueryOf, wordsQueryOf } from "./message-query.ts";

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
  if (!query) return { items: [], next: null };
  const { conversationId, limit, cursor = newestFirst } = search;
  const args = { companyId: ctx.companyId, ...argsOf(query), ...cursor, count: limit + 1 };
  const rows = await (conversationId === undefined
    ? foundAnywhere(ctx, args)
    : ctx.db.slow.all(ofConversation({ ...args, conversationId })));
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
  if (!query || offset >= mostRanked) return { items: [], next: null };
  const args = { companyId: ctx.companyId, ...argsOf(query), ...newestFirst, count: mostRanked };
  const rows = await foundAnywhere(ctx, args);
  const ranked = rows.toSorted((one, other) => other.rank - one.rank);
  const items = ranked.slice(offset, offset + limit).map((row) => presentable(row, query));
  return { items, next: offset + limit < ranked.length ? offset + limit : null };
}

const mostRanked = 300;
/** So many of the newest messages are looked through, one after the other, before the index is asked. */
const reaches = [500, 3_000];
/** So many hits of the index at most are put in order; and so many are looked through for words side by side. */
const mostHits = 2_000;
const mostPhraseCandidates = 8_000;

type Args = TimeCursor & { companyId: number; query: string; words: string; most: number; count: number };

function argsOf(query: MessageQuery): Pick<Args, "query" | "words" | "most"> {
  const most = hasPhrases(query) ? mostPhraseCandidates : mostHits;
  return { query: tsqueryOf(query), words: wordsQueryOf(query), most };
}

// A word that many messages hold is found among the newest: the index would list all of them first (300,000 of a million: 150 ms).
// A word that is not fills no page there, so that what the index lists is short.
async function foundAnywhere(ctx: Ctx, args: Args): Promise<Row[]> {
  for (const statement of nearby) {
    const near = await ctx.db.slow.all(statement(args));
    if (near.length >= Math.min(args.count, mostNearby)) return near;
  }
  return ctx.db.slow.all(byIndex(args));
}

const mostNearby = 100;

type Row = Omit<FoundMessage, "snippet"> & { text: string; rank: number };

function presentable({ text, rank: _rank, ...row }: Row, query: MessageQuery): FoundMessage {
  return { ...row, snippet: snippetOf(text, query) };
}

const columns: RawBuilder<unknown> = sql`
  m.id, m.conversation_id as "conversationId", m.contact_id as "contactId", c.name as "contactName", c.phone as "contactPhone",
  m.direction, m.type, m.sent_at as "sentAt", m.text`;

const withPerson: RawBuilder<unknown> = sql`
  join contacts c on c.company_id = m.company_id and c.id = m.contact_id and c.deleted_at is null`;

const rank = (query: string): RawBuilder<unknown> => sql`ts_rank_cd(m.search_words, ${query}::tsquery) as rank`;

// The reach stands in the text: with an unknown limit the planner would take a page for a tenth of the table.
const nearby = reaches.map((reach) =>
  prepared<Args>()(
    (_db, arg) => sql<Row>`
    select ${columns}, ${rank(arg("query"))}
    from (
      select company_id, id, conversation_id, contact_id, direction, type, sent_at, text, search_words from (
        select company_id, id, conversation_id, contact_id, direction, type, sent_at, text, search_words from messages
        where company_id = ${arg("companyId")}::bigint and (sent_at, id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
        order by sent_at desc, id desc limit ${sql.lit(reach)}
      ) as newest where search_words @@ ${arg("query")}::tsquery
    ) m ${withPerson}
    order by m.sent_at desc, m.id desc limit ${arg("count")}::int`,
  ),
);

const byIndex = prepared<Args>()(
  (_db, arg) => sql<Row>`
    with page as materialized (
      select h.id from message_hits(${arg("companyId")}::bigint, ${arg("words")}::tsquery, ${arg("query")}::tsquery,
        ${arg("at")}::timestamptz, ${arg("id")}::bigint, ${arg("most")}::int) h
      join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = h.contact_id and c.deleted_at is null
      order by h.sent_at desc, h.id desc limit ${arg("count")}::int
    )
    select ${columns}, ${rank(arg("query"))}
    from page join messages m on m.company_id = ${arg("companyId")}::bigint and m.id = page.id ${withPerson}
    order by m.sent_at desc, m.id desc`,
);

const ofConversation = prepared<Args & { conversationId: number }>()(
  (_db, arg) => sql<Row>`
    select ${columns}, ${rank(arg("query"))}
    from (
      select company_id, id, conversation_id, contact_id, direction, type, sent_at, text, search_words from messages
      where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint
        and (sent_at, id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
      order by sent_at desc, id desc limit 20000
    ) m ${withPerson}
    where m.search_words @@ ${arg("query")}::tsquery
    order by m.sent_at desc, m.id desc limit ${arg("count")}::int`,
);
