import { sql } from "kysely";
import type { ActivityType } from "../../../shared/activity-types.ts";
import { prepared } from "../../db/prepared.ts";
import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx } from "../context.ts";
import { instantOf } from "../instant.ts";
import { type Page, pageOf } from "../page.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { textPatterns } from "../text-patterns.ts";
import {
  type Communication,
  type CommunicationRow,
  communicationColumns,
  communicationOf,
  communicationSource,
} from "./communication.ts";

export type CommunicationCursor = { at: string; kind: Communication["kind"]; id: number };

export type CommunicationQuery = {
  contactId: number;
  /** Any of these; messages of conversations count as `whatsapp`. */
  types?: readonly ActivityType[];
  /** From here on. */
  from?: string;
  /** Before. */
  to?: string;
  /** Any part of title or text. */
  search?: string;
  limit: number;
  offset?: number;
  cursor?: CommunicationCursor;
};

/** All that was said with a person, newest first: activities, mails among them, and the messages of their conversations. */
export async function listCommunications(
  ctx: Ctx,
  query: CommunicationQuery,
): Promise<Page<Communication, CommunicationCursor>> {
  await requireContact(ctx, query.contactId);
  return readCommunications(ctx, query);
}

/** The same for who has made sure of the person. */
export async function readCommunications(
  ctx: Ctx,
  query: CommunicationQuery,
): Promise<Page<Communication, CommunicationCursor>> {
  const rows = await ctx.db.all(communications(argsOf(ctx, query)));
  return pageOf(rows.map(communicationOf), query.limit, ({ occurredAt: at, kind, id }) => ({ at, kind, id }));
}

export async function countCommunications(ctx: Ctx, query: CommunicationQuery): Promise<number> {
  const row = await ctx.db.first(numberOfCommunications(argsOf(ctx, query)));
  return row?.count ?? 0;
}

type Args = ReachArgs & {
  companyId: number;
  contactId: number;
  types: string[] | null;
  withMessages: boolean;
  from: string;
  to: string;
  parts: string[] | null;
  at: string;
  kind: string;
  id: number;
  offset: number;
  count: number;
};

const newest: Omit<CommunicationCursor, "kind"> & { kind: string } = {
  at: "infinity",
  kind: "~",
  id: Number.MAX_SAFE_INTEGER,
};

function argsOf(ctx: Ctx, query: CommunicationQuery): Args {
  const { contactId, types, from, to, search, limit, offset = 0, cursor } = query;
  return {
    companyId: ctx.companyId,
    contactId,
    types: types === undefined ? null : [...types],
    withMessages: types === undefined || types.includes("whatsapp"),
    from: from === undefined ? "-infinity" : instantOf("from", from),
    to: to === undefined ? "infinity" : instantOf("to", to),
    parts: search === undefined ? null : textPatterns(search).parts,
    ...(cursor ?? newest),
    offset,
    count: limit + 1,
    ...reachArgs(ctx),
  };
}

type Arg = <Key extends keyof Args>(key: Key) => Args[Key];

function activitiesIn(arg: Arg) {
  return sql`
    a.company_id = ${arg("companyId")}::bigint and a.contact_id = ${arg("contactId")}::bigint and a.deleted_at is null
    and a.occurred_at >= ${arg("from")}::timestamptz and a.occurred_at < ${arg("to")}::timestamptz
    and (${arg("types")}::text[] is null or a.activity_type = any(${arg("types")}::text[]))
    and (${arg("parts")}::text[] is null or a.title ilike all (${arg("parts")}::text[])
      or a.description ilike all (${arg("parts")}::text[]))`;
}

// A mail's message has an activity of its own.
function messagesIn(arg: Arg) {
  return sql`
    ${arg("withMessages")}::boolean and m.company_id = ${arg("companyId")}::bigint and m.contact_id = ${arg("contactId")}::bigint
    and m.type <> 'email' and m.sent_at >= ${arg("from")}::timestamptz and m.sent_at < ${arg("to")}::timestamptz
    and (${arg("parts")}::text[] is null or m.text ilike all (${arg("parts")}::text[]))`;
}

function isSeen(arg: Arg) {
  return sql`exists (select from contacts c where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("contactId")}::bigint
    and ${inReachSql(arg, sql`c.owner_user_id`)})`;
}

// Each range runs along its own index and gives no more than the page needs.
const communications = prepared<Args>()((_db, arg) => {
  const most = sql`${arg("offset")}::int + ${arg("count")}::int`;
  const after = sql`(${arg("at")}::timestamptz, ${arg("kind")}::text, ${arg("id")}::bigint)`;
  return sql<CommunicationRow>`
    select ${communicationColumns}
    from (
      select ${arg("companyId")}::bigint as company_id, kind, id, at from (
        (select 'activity' as kind, a.id, a.occurred_at as at from activities a
          where ${activitiesIn(arg)} and a.occurred_at <= ${arg("at")}::timestamptz and (a.occurred_at, 'activity', a.id) < ${after}
          order by a.occurred_at desc, a.id desc limit ${most})
        union all
        (select 'message', m.id, m.sent_at from messages m
          where ${messagesIn(arg)} and m.sent_at <= ${arg("at")}::timestamptz and (m.sent_at, 'message', m.id) < ${after}
          order by m.sent_at desc, m.id desc limit ${most})
      ) ranges
      where ${isSeen(arg)}
      order by at desc, kind desc, id desc limit ${arg("count")}::int offset ${arg("offset")}::int
    ) page ${communicationSource}
    order by page.at desc, page.kind desc, page.id desc`;
});

const numberOfCommunications = prepared<Args>()(
  (_db, arg) => sql<{ count: number }>`
    select (select count(*) from activities a where ${activitiesIn(arg)})
      + (select count(*) from messages m where ${messagesIn(arg)}) as count`,
);
