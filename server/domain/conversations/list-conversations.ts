import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

export type Conversation = {
  id: number;
  contactId: number;
  contactName: string;
  contactPhone: string | null;
  contactAvatarUrl: string | null;
  channelAccountId: number;
  channelProvider: string;
  channelName: string;
  status: string;
  assigneeUserId: number | null;
  botEnabled: boolean;
  unreadCount: number;
  lastMessageAt: string | null;
  lastMessageText: string | null;
  lastMessageType: string | null;
  lastMessageDirection: string | null;
  lastInboundAt: string | null;
  lastOutboundAt: string | null;
  windowExpiresAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

/** The sort key and id of the last row of a page. */
export type ConversationCursor = { lastMessageAt: string | null; id: number };

export type ConversationFilter = { status?: "open" | "snoozed" | "closed"; contactId?: number; q?: string };

export type ConversationPage = { items: Conversation[]; next: ConversationCursor | null };

/** The inbox: last message first. */
export async function listConversations(
  ctx: Ctx,
  { filter, limit, cursor }: { filter: ConversationFilter; limit: number; cursor?: ConversationCursor },
): Promise<ConversationPage> {
  const page = {
    companyId: ctx.companyId,
    limit: limit + 1,
    at: cursor ? (cursor.lastMessageAt ?? "-infinity") : "infinity",
    id: cursor?.id ?? Number.MAX_SAFE_INTEGER,
  };
  const rows = await ctx.db.all(statementFor(filter, page));
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? { lastMessageAt: last.lastMessageAt, id: last.id } : null };
}

export async function getConversation(ctx: Ctx, id: number): Promise<Conversation> {
  const row = await ctx.db.first(conversationById({ companyId: ctx.companyId, id }));
  if (!row) throw notFound("conversation", id);
  return row;
}

type Page = { companyId: number; limit: number; at: string; id: number };

function statementFor({ status, contactId, q }: ConversationFilter, page: Page) {
  if (contactId !== undefined) return conversationsOfContact({ ...page, contactId });
  if (q !== undefined) return conversationsFound({ ...page, pattern: q, status: status ?? null });
  return status === undefined ? allConversations(page) : conversationsByStatus({ ...page, status });
}

const columns = sql`
  v.id, v.contact_id as "contactId", c.name as "contactName", c.phone as "contactPhone", c.avatar_url as "contactAvatarUrl",
  v.channel_account_id as "channelAccountId", a.provider as "channelProvider", a.name as "channelName", v.status,
  v.assignee_user_id as "assigneeUserId", v.bot_enabled as "botEnabled", v.unread_count as "unreadCount",
  v.last_message_at as "lastMessageAt", v.last_message_text as "lastMessageText", v.last_message_type as "lastMessageType",
  v.last_message_direction as "lastMessageDirection", v.last_inbound_at as "lastInboundAt", v.last_outbound_at as "lastOutboundAt",
  v.window_expires_at as "windowExpiresAt", v.version, v.created_at as "createdAt", v.updated_at as "updatedAt"`;

const joins = sql`
  left join contacts c on c.company_id = v.company_id and c.id = v.contact_id
  left join channel_accounts a on a.company_id = v.company_id and a.id = v.channel_account_id`;

// A conversation without a message sorts last; -infinity gives it a place that a keyset can compare.
export const allConversations = prepared<Page>()(
  (_db, arg) => sql<Conversation>`
    select ${columns} from conversations v ${joins}
    where v.company_id = ${arg("companyId")} and c.deleted_at is null
      and (v.last_message_at, v.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    order by v.last_message_at desc, v.id desc limit ${arg("limit")}`,
);

export const conversationsByStatus = prepared<Page & { status: string }>()(
  (_db, arg) => sql<Conversation>`
    select ${columns} from conversations v ${joins}
    where v.company_id = ${arg("companyId")} and v.status = ${arg("status")} and c.deleted_at is null
      and (v.last_message_at, v.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    order by v.last_message_at desc, v.id desc limit ${arg("limit")}`,
);

const conversationsOfContact = prepared<Page & { contactId: number }>()(
  (_db, arg) => sql<Conversation>`
    select ${columns} from conversations v ${joins}
    where v.company_id = ${arg("companyId")} and v.contact_id = ${arg("contactId")}
      and (v.last_message_at, v.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    order by v.last_message_at desc, v.id desc limit ${arg("limit")}`,
);

const conversationsFound = prepared<Page & { pattern: string; status: string | null }>()(
  (_db, arg) => sql<Conversation>`
    with people as materialized (
      select id from contacts where company_id = ${arg("companyId")} and deleted_at is null and search_text like ${arg("pattern")} limit 1000
    )
    select ${columns} from conversations v ${joins}
    where v.company_id = ${arg("companyId")} and v.contact_id in (select id from people)
      and (${arg("status")}::text is null or v.status = ${arg("status")})
      and (v.last_message_at, v.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    order by v.last_message_at desc, v.id desc limit ${arg("limit")}`,
);

const conversationById = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<Conversation>`
    select ${columns} from conversations v ${joins} where v.company_id = ${arg("companyId")} and v.id = ${arg("id")}`,
);
