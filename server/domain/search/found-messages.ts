import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { TimeCursor } from "../page.ts";
import { inReachSql, type ReachArgs, type ReachArgument } from "../reach/reach.ts";
import { hasPhrases, type MessageQuery, tsqueryOf, wordsQueryOf } from "./message-query.ts";

export type FoundRow = {
  id: number;
  conversationId: number;
  contactId: number;
  contactName: string;
  contactPhone: string | null;
  direction: "in" | "out";
  type: string;
  sentAt: string;
  text: string;
  rank: number;
};

type Search = TimeCursor & ReachArgs & { companyId: number; sought: MessageQuery; count: number };

/** So many of the newest messages tell how common the words are; and so many more are read where a page is likely among them. */
const sampleSize = 500;
const scanned = 8_000;
/** A search for the best is content with these. */
const mostNearby = 100;
/** So many hits of the index at most are put in order. */
const mostHits = 20_000;

/**
 * Messages by their words, newest first. A word that many messages hold is found among the newest: the index would list all of
 * them first (300,000 of a million: 150 ms). A word that is not fills no page there, so that what the index lists is short.
 */
export async function foundAnywhere(ctx: Ctx, search: Search): Promise<FoundRow[]> {
  const args = argsOf(search);
  const wanted = Math.min(args.count, mostNearby);
  const sample = await ctx.db.slow.all(sampleOf(args));
  if (sample.length >= wanted) return sample;
  if (sample.length * scanned > 1.5 * wanted * sampleSize) {
    const near = await ctx.db.slow.all(scan(args));
    if (near.length >= wanted) return near;
  }
  return ctx.db.slow.all(byIndex(args));
}

export async function foundInConversation(ctx: Ctx, search: Search & { conversationId: number }): Promise<FoundRow[]> {
  return ctx.db.slow.all(ofConversation({ ...argsOf(search), conversationId: search.conversationId }));
}

type Args = Omit<Search, "sought"> & { query: string; words: string; phrases: string | null };

function argsOf({ sought, companyId, at, id, count, reach, reachKind }: Search): Args {
  const query = tsqueryOf(sought);
  const phrases = hasPhrases(sought) ? query : null;
  return { companyId, at, id, count, reach, reachKind, query, words: wordsQueryOf(sought), phrases };
}

const columns: RawBuilder<unknown> = sql`
  m.id, m.conversation_id as "conversationId", m.contact_id as "contactId", c.name as "contactName", c.phone as "contactPhone",
  m.direction, m.type, m.sent_at as "sentAt", m.text`;

const visible = (arg: ReachArgument): RawBuilder<unknown> =>
  sql`c.deleted_at is null and ${inReachSql(arg, sql`c.owner_user_id`)}`;

const withPerson = (arg: ReachArgument): RawBuilder<unknown> =>
  sql`join contacts c on c.company_id = m.company_id and c.id = m.contact_id and ${visible(arg)}`;

const rank = (query: string): RawBuilder<unknown> => sql`ts_rank_cd(m.search_words, ${query}::tsquery) as rank`;

const sampleOf = amongNewest(sampleSize);
const scan = amongNewest(scanned);

// The reach stands in the text: with an unknown limit the planner would take a page for a tenth of the table.
function amongNewest(reach: number) {
  return prepared<Args>()(
    (_db, arg) => sql<FoundRow>`
    select ${columns}, ${rank(arg("query"))}
    from (
      select company_id, id, conversation_id, contact_id, direction, type, sent_at, text, search_words from (
        select company_id, id, conversation_id, contact_id, direction, type, sent_at, text, search_words from messages
        where company_id = ${arg("companyId")}::bigint and (sent_at, id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
        order by sent_at desc, id desc limit ${sql.lit(reach)}
      ) as newest where search_words @@ ${arg("query")}::tsquery
    ) m ${withPerson(arg)}
    order by m.sent_at desc, m.id desc limit ${arg("count")}::int`,
  );
}

/** So many hits for each place on the page are asked whose they are; all of them only where these do not fill it. */
const askedFor = sql.lit(3);

const byIndex = prepared<Args>()(
  (_db, arg) => sql<FoundRow>`
    with hits as materialized (
      select h.id, h.contact_id, h.sent_at from message_hits(${arg("companyId")}::bigint, ${arg("words")}::tsquery,
        ${arg("phrases")}::tsquery, ${arg("at")}::timestamptz, ${arg("id")}::bigint, ${sql.lit(mostHits)}) h
    ), near as materialized (
      ${seen(sql`(select id, contact_id, sent_at from hits order by sent_at desc, id desc limit ${askedFor} * ${arg("count")}::int)`, arg)}
    ), page as materialized (
      select id from near
      union
      select f.id from (${seen(sql`hits`, arg)}) f
      where (select count(*) from near) < ${arg("count")}::int and (select count(*) from hits) > ${askedFor} * ${arg("count")}::int
    )
    select ${columns}, ${rank(arg("query"))}
    from page join messages m on m.company_id = ${arg("companyId")}::bigint and m.id = page.id ${withPerson(arg)}
    order by m.sent_at desc, m.id desc limit ${arg("count")}::int`,
);

function seen(
  hits: RawBuilder<unknown>,
  arg: ReachArgument & (<Key extends keyof Args>(key: Key) => Args[Key]),
): RawBuilder<unknown> {
  return sql`select h.id from ${hits} h
    join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = h.contact_id and ${visible(arg)}
    order by h.sent_at desc, h.id desc limit ${arg("count")}::int`;
}

const ofConversation = prepared<Args & { conversationId: number }>()(
  (_db, arg) => sql<FoundRow>`
    select ${columns}, ${rank(arg("query"))}
    from (
      select company_id, id, conversation_id, contact_id, direction, type, sent_at, text, search_words from messages
      where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint
        and (sent_at, id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
      order by sent_at desc, id desc limit 20000
    ) m ${withPerson(arg)}
    where m.search_words @@ ${arg("query")}::tsquery
    order by m.sent_at desc, m.id desc limit ${arg("count")}::int`,
);
