import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { personInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

export type MessageSummary = {
  id: number;
  /** `revoked` where it was taken back. */
  type: string;
  text: string | null;
  direction: "in" | "out";
  status: string | null;
  sentAt: string;
};

type PageQuery = { conversationId: number; direction?: "in" | "out"; limit: number; offset: number };

/** The newest messages of a thread after stepping over `offset`, oldest of them first; with how many there are. */
export async function pageMessages(
  ctx: Ctx,
  { conversationId, direction, limit, offset }: PageQuery,
): Promise<{ items: MessageSummary[]; total: number }> {
  const args = {
    companyId: ctx.companyId,
    conversationId,
    direction: direction ?? null,
    limit,
    offset,
    ...reachArgs(ctx),
  };
  const [items, count] = await Promise.all([ctx.db.all(messagesBack(args)), ctx.db.first(countMessages(args))]);
  return { items: items.toReversed(), total: count?.total ?? 0 };
}

type Args = ReachArgs & {
  companyId: number;
  conversationId: number;
  direction: string | null;
  limit: number;
  offset: number;
};

const messagesBack = prepared<Args>()(
  (_db, arg) => sql<MessageSummary>`
    select id, case when revoked_at is null then type else 'revoked' end as type, text, direction, status, sent_at as "sentAt" from messages
    where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint
      and (${arg("direction")}::text is null or direction = ${arg("direction")}::text)
      and ${personInReachSql(arg, { companyId: sql`company_id`, contactId: sql`contact_id` })}
    order by sent_at desc, id desc limit ${arg("limit")}::int offset ${arg("offset")}::int`,
);

const countMessages = prepared<Args>()(
  (_db, arg) => sql<{ total: number }>`
    select count(*) as total from messages
    where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint
      and (${arg("direction")}::text is null or direction = ${arg("direction")}::text)
      and ${personInReachSql(arg, { companyId: sql`company_id`, contactId: sql`contact_id` })}`,
);
