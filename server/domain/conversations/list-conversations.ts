import { type RawBuilder, sql } from "kysely";
import { type BoundStatement, prepared } from "../../db/prepared.ts";
import { type FilterArgs, filterArgs } from "../contacts/contact-filter.ts";
import { plannedAnew, searchCap } from "../contacts/search-contacts.ts";
import { hitKeys, hitsSql, type TermArgs, termArgs, type UsableTerm } from "../contacts/search-hits.ts";
import { searchTermFor } from "../contacts/search-term.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

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
  snoozedUntil: string | null;
  botEnabled: boolean;
  unreadCount: number;
  /** Its place in a list: the last message, or when it was begun where there is none. */
  listedAt: string;
  lastMessageAt: string | null;
  lastMessageText: string | null;
  lastMessageType: string | null;
  lastMessageDirection: string | null;
  lastInboundAt: string | null;
  lastOutboundAt: string | null;
  windowExpiresAt: string | null;
  closedAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

/** The sort key and id of the last row of a page. */
export type ConversationCursor = { at: string; id: number };

export type ConversationFilter = {
  status?: "open" | "snoozed" | "closed";
  contactId?: number;
  /** What somebody typed, as a search for people takes it. */
  q?: string;
  assignee?: number | "nobody";
  unread?: true;
};

export type ConversationPage = { items: Conversation[]; next: ConversationCursor | null };

/** The inbox: last message first; one without a message stands where it was begun. */
export async function listConversations(
  ctx: Ctx,
  { filter, limit, cursor }: { filter: ConversationFilter; limit: number; cursor?: ConversationCursor },
): Promise<ConversationPage> {
  const page = {
    companyId: ctx.companyId,
    ...reachArgs(ctx),
    limit: limit + 1,
    at: cursor?.at ?? "infinity",
    id: cursor?.id ?? Number.MAX_SAFE_INTEGER,
  };
  const rows = await ctx.db.all(statementFor(ctx, filter, page));
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? { at: last.listedAt, id: last.id } : null };
}

export async function getConversation(ctx: Ctx, id: number): Promise<Conversation> {
  const row = await ctx.db.first(conversationById({ companyId: ctx.companyId, id, ...reachArgs(ctx) }));
  if (!row) throw notFound("conversation", id);
  return row;
}

type Page = ReachArgs & { companyId: number; limit: number; at: string; id: number };

function statementFor(ctx: Ctx, filter: ConversationFilter, page: Page) {
  const { status = null, contactId, q, assignee, unread } = filter;
  const assigneeUserId = typeof assignee === "number" ? assignee : null;
  const checked = { ...page, status, assigneeUserId, unassigned: assignee === "nobody", unread: unread ?? false };
  if (contactId !== undefined) return conversationsOfContact({ ...checked, contactId });
  const term = searchTermFor(ctx, q ?? "");
  if (term.kind !== "nothing") {
    const people = { ...filterArgs(ctx, {}), ...termArgs(term) };
    return plannedAnew(conversationsFound[term.kind]({ ...people, ...checked }));
  }
  const name = shapeOf(filter);
  const known = statements.get(name) ?? inboxStatement(filter);
  statements.set(name, known);
  return known({ ...page, status, assigneeUserId });
}

type InboxArgs = Page & { status: string | null; assigneeUserId: number | null };

const statements = new Map<string, (args: InboxArgs) => BoundStatement<Conversation>>();

function shapeOf({ status, assignee, unread }: ConversationFilter): string {
  return `${status !== undefined} ${typeof assignee} ${unread ?? false}`;
}

const placeSql = sql`coalesce(v.last_message_at, v.created_at)`;

const columns = sql`
  v.id, ${placeSql} as "listedAt", v.contact_id as "contactId", c.name as "contactName", c.phone as "contactPhone", c.avatar_url as "contactAvatarUrl",
  v.channel_account_id as "channelAccountId", a.provider as "channelProvider", a.name as "channelName", v.status,
  v.assignee_user_id as "assigneeUserId", v.snoozed_until as "snoozedUntil", v.bot_enabled as "botEnabled", v.unread_count as "unreadCount",
  v.last_message_at as "lastMessageAt", v.last_message_text as "lastMessageText", v.last_message_type as "lastMessageType",
  v.last_message_direction as "lastMessageDirection", v.last_inbound_at as "lastInboundAt", v.last_outbound_at as "lastOutboundAt",
  v.window_expires_at as "windowExpiresAt", v.closed_at as "closedAt", v.version, v.created_at as "createdAt", v.updated_at as "updatedAt"`;

const joins = sql`
  left join contacts c on c.company_id = v.company_id and c.id = v.contact_id
  left join channel_accounts a on a.company_id = v.company_id and a.id = v.channel_account_id`;

// Each shape says only what it is asked: a filter that may be absent hides the index of its order from the planner. Those without a
// message have an index of their own and are read beside the others; none of them is unread.
function inboxStatement(filter: ConversationFilter) {
  return prepared<InboxArgs>()((_db, arg) => {
    const spoken = stretchSql(filter, arg, sql`v.last_message_at`);
    if (filter.unread) return spoken;
    const silent = stretchSql(filter, arg, sql`v.created_at`, sql`and v.last_message_at is null`);
    return sql<Conversation>`
      select * from ((${spoken}) union all (${silent})) p order by "listedAt" desc, id desc limit ${arg("limit")}`;
  });
}

type InboxArgument = <Key extends keyof InboxArgs>(key: Key) => InboxArgs[Key];

function stretchSql(
  { status, assignee, unread }: ConversationFilter,
  arg: InboxArgument,
  place: RawBuilder<unknown>,
  which = sql``,
) {
  return sql<Conversation>`
    select ${columns} from conversations v ${joins}
    where v.company_id = ${arg("companyId")} and c.deleted_at is null and ${inReachSql(arg, sql`c.owner_user_id`)} ${which}
      ${status === undefined ? sql`` : sql`and v.status = ${arg("status")}::text`}
      ${typeof assignee === "number" ? sql`and v.assignee_user_id = ${arg("assigneeUserId")}::bigint` : sql``}
      ${assignee === "nobody" ? sql`and v.assignee_user_id is null` : sql``}
      ${unread ? sql`and v.unread_count > 0` : sql``}
      and (${place}, v.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
    order by ${place} desc, v.id desc limit ${arg("limit")}`;
}

type Checked = Page & { status: string | null; assigneeUserId: number | null; unassigned: boolean; unread: boolean };

// Checked on the few rows that a person or a search gives. A person asked for by id may be deleted.
function checkedSql(arg: <Key extends keyof Checked>(key: Key) => Checked[Key]) {
  return sql`and c.deleted_at is null and (${arg("status")}::text is null or v.status = ${arg("status")})
      and (${arg("assigneeUserId")}::bigint is null or v.assignee_user_id = ${arg("assigneeUserId")})
      and (not ${arg("unassigned")}::boolean or v.assignee_user_id is null)
      and (not ${arg("unread")}::boolean or v.unread_count > 0)
      and (${placeSql}, v.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint)
      and ${inReachSql(arg, sql`c.owner_user_id`)}`;
}

const conversationsOfContact = prepared<Checked & { contactId: number }>()(
  (_db, arg) => sql<Conversation>`
    select ${columns} from conversations v ${joins}
    where v.company_id = ${arg("companyId")} and v.contact_id = ${arg("contactId")}
      ${checkedSql(arg)}
    order by ${placeSql} desc, v.id desc limit ${arg("limit")}`,
);

const conversationsFound = { parts: foundBy("parts"), prefix: foundBy("prefix") };

function foundBy(kind: UsableTerm["kind"]) {
  return prepared<FilterArgs & TermArgs & Checked>()(
    (_db, arg) => sql<Conversation>`
      with people as materialized (
        select f.id from (${hitsSql(kind, hitKeys.leadScore, arg)}) f limit ${sql.lit(searchCap)}
      )
      select ${columns} from conversations v ${joins}
      where v.company_id = ${arg("companyId")} and v.contact_id in (select id from people)
        ${checkedSql(arg)}
      order by ${placeSql} desc, v.id desc limit ${arg("limit")}`,
  );
}

const conversationById = prepared<{ companyId: number; id: number } & ReachArgs>()(
  (_db, arg) => sql<Conversation>`
    select ${columns} from conversations v ${joins} where v.company_id = ${arg("companyId")} and v.id = ${arg("id")}
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
