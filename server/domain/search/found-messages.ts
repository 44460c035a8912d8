import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { TimeCursor } from "../page.ts";
import { inReachSql, ownersSql, type ReachArgs, type ReachArgument, seesUnownedSql } from "../reach/reach.ts";
import { hasPhrases, indexPartsOf, type MessageQuery, tsqueryOf } from "./message-query.ts";

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
};

type Search = TimeCursor & ReachArgs & { companyId: number; sought: MessageQuery; count: number };

/** `lookedUntil` where the search stopped at a bound with the page not full: the next page goes on there. */
export type Found = { rows: FoundRow[]; lookedUntil: string | null };

/** Messages by their words, newest first (db/migrations/0030_message_search.sql and docs/decisions/0026 say how). */
export async function foundAnywhere(ctx: Ctx, search: Search): Promise<Found> {
  const rows = await ctx.db.slow.all(newestHits(argsOf(search)));
  const bound = rows.find((row) => row.id === null);
  return { rows: rows.filter((row) => row.id !== null), lookedUntil: bound?.sentAt ?? null };
}

/**
 * Those that fit best of the newest `count`, or of the newest `enough` where going on would be long. Who sees few of very many hits is
 * looked for further back, as a next page of the newest would be, until there are `few` to choose from.
 */
export async function foundBest(ctx: Ctx, search: Search & Choice): Promise<FoundRow[]> {
  const { few, enough, limit, offset } = search;
  const rows = await ctx.db.slow.all(bestHits({ ...argsOf(search), enough, limit, offset }));
  if (rows.every((row) => row.id !== null)) return rows;
  const chosen = bestOf(await candidates(ctx, search, few), search);
  const ids = chosen.map(({ id }) => id);
  const found = await ctx.db.slow.all(foundRows({ ...argsOf(search), ids }));
  return found.toSorted((one, two) => ids.indexOf(one.id) - ids.indexOf(two.id));
}

/** How many are ranked, and which of them are wanted. */
type Choice = { few: number; enough: number; limit: number; offset: number };

type Candidate = { id: number; sentAt: string; rank: number };

/** Each look goes through some 20,000 hits. */
const mostLooks = 10;

async function candidates(ctx: Ctx, search: Search & Choice, wanted: number): Promise<Candidate[]> {
  const all: Candidate[] = [];
  let from: TimeCursor | undefined = { at: search.at, id: search.id };
  for (let looks = 0; from && all.length < wanted && looks < mostLooks; looks += 1) {
    const args: Args = { ...argsOf({ ...search, ...from }), enough: search.enough };
    const rows: (Candidate | { id: null; sentAt: string; rank: null })[] = await ctx.db.slow.all(rankedHits(args));
    const bound = rows.find((row) => row.id === null);
    all.push(...rows.filter((row) => row.id !== null));
    from = bound && { at: bound.sentAt, id: 0 };
  }
  return all;
}

/** Newest first they come, and stay so where they fit as well. */
function bestOf(found: Candidate[], { limit, offset }: Choice): Candidate[] {
  return found.toSorted((one, two) => two.rank - one.rank).slice(offset, offset + limit);
}

export async function foundInConversation(ctx: Ctx, search: Search & { conversationId: number }): Promise<FoundRow[]> {
  return ctx.db.slow.all(ofConversation({ ...argsOf(search), conversationId: search.conversationId }));
}

type Args = Omit<Search, "sought"> & { query: string; parts: string[]; hasPhrases: boolean; enough: number };

function argsOf({ sought, companyId, at, id, count, reach, reachKind }: Search): Args {
  const words = { query: tsqueryOf(sought), parts: indexPartsOf(sought), hasPhrases: hasPhrases(sought) };
  return { companyId, at, id, count, enough: count, reach, reachKind, ...words };
}

const columns: RawBuilder<unknown> = sql`
  m.id, m.conversation_id as "conversationId", m.contact_id as "contactId", c.name as "contactName", c.phone as "contactPhone",
  m.direction, m.type, m.sent_at as "sentAt", m.text`;

const withPerson = (arg: ReachArgument): RawBuilder<unknown> =>
  sql`join contacts c on c.company_id = m.company_id and c.id = m.contact_id and c.deleted_at is null
    and ${inReachSql(arg, sql`c.owner_user_id`)}`;

type Argument = ReachArgument & (<Key extends keyof Args>(key: Key) => Args[Key]);

const hits = (arg: Argument, order: "ranked" | "as they are"): RawBuilder<unknown> =>
  sql`message_hits(${arg("companyId")}::bigint, ${arg("parts")}::text[], ${arg("query")}::tsquery, ${arg("hasPhrases")}::boolean,
    ${arg("at")}::timestamptz, ${arg("id")}::bigint, ${ownersSql(arg)}, ${seesUnownedSql(arg)}, ${arg("count")}::int, ${arg("enough")}::int,
    ${sql.lit(order === "ranked")})`;

const newestHits = prepared<Args>()(
  (_db, arg) => sql<FoundRow | { id: null; sentAt: string }>`
    with hits as materialized (select id, sent_at from ${hits(arg, "as they are")})
    select ${columns} from hits h join messages m on m.company_id = ${arg("companyId")}::bigint and m.id = h.id ${withPerson(arg)}
    union all
    select null, null, null, null, null, null, null, sent_at, null from hits where id is null
    order by "sentAt" desc, id desc nulls last`,
);

const bestHits = prepared<Args & { limit: number; offset: number }>()(
  (_db, arg) => sql<FoundRow>`
    with hits as materialized (select id, sent_at, rank from ${hits(arg, "ranked")}), best as materialized (
      select id, rank from hits where id is not null
      order by rank desc, sent_at desc, id desc limit ${arg("limit")}::int offset ${arg("offset")}::int
    ), shown as (
      select ${columns}, b.rank from best b
      join messages m on m.company_id = ${arg("companyId")}::bigint and m.id = b.id ${withPerson(arg)}
      union all
      select null, null, null, null, null, null, null, sent_at, null, null from hits where id is null
    )
    select id, "conversationId", "contactId", "contactName", "contactPhone", direction, type, "sentAt", text
    from shown order by rank desc, "sentAt" desc, id desc`,
);

const rankedHits = prepared<Args>()(
  (_db, arg) => sql<Candidate | { id: null; sentAt: string; rank: null }>`
    select id, sent_at as "sentAt", rank from ${hits(arg, "ranked")} order by sent_at desc, id desc`,
);

const foundRows = prepared<Args & { ids: number[] }>()(
  (_db, arg) => sql<FoundRow>`
    select ${columns} from messages m ${withPerson(arg)}
    where m.company_id = ${arg("companyId")}::bigint and m.id = any(${arg("ids")}::bigint[])`,
);

const ofConversation = prepared<Args & { conversationId: number }>()(
  (_db, arg) => sql<FoundRow>`
    select ${columns}
    from (
      select company_id, id, conversation_id, contact_id, direction, type, sent_at, text, search_words from messages
      where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint
        and (sent_at, id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
      order by sent_at desc, id desc limit 20000
    ) m ${withPerson(arg)}
    where m.search_words @@ ${arg("query")}::tsquery
    order by m.sent_at desc, m.id desc limit ${arg("count")}::int`,
);
