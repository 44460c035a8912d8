import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { inReachSql, personInReachSql, type ReachArgs, type ReachArgument, reachArgs } from "../reach/reach.ts";
import { companyTotals } from "../rollups/company-totals.ts";

export type ConversationSummary = {
  id: number;
  contactId: number;
  contactName: string;
  contactPhone: string | null;
  status: string;
  lastMessageText: string | null;
  lastMessageType: string | null;
  lastMessageAt: string | null;
  unreadCount: number;
  createdAt: string;
};

/** A snoozed conversation is an open one that is put aside. */
export type OpenOrClosed = "open" | "closed";

type PageQuery = { status?: OpenOrClosed; limit: number; offset: number };

/** No dialect's page is larger. */
const mostRows = 100;
const farOffset = 10_000;

/** Conversations of living people by WhatsApp, last message first, for its dialect, which pages by counting; mails are not among them. */
export async function pageConversations(
  ctx: Ctx,
  { status, limit, offset }: PageQuery,
): Promise<ConversationSummary[]> {
  const args = { companyId: ctx.companyId, limit, offset, rows: limit + offset, ...reachArgs(ctx) };
  const statement = statements[status ?? "all"](args);
  // Stepping over many rows must not hold up the lanes.
  return offset < farOffset ? ctx.db.all(statement) : ctx.db.slow.all(statement);
}

/** How many there are, exactly. */
export async function countConversations(ctx: Ctx, status: OpenOrClosed | undefined): Promise<number> {
  if (ctx.reach.ownerIds !== null) return countSeen(ctx, status);
  const totals = await companyTotals(ctx);
  const open = totals.openConversations + totals.snoozedConversations;
  return { open, closed: totals.closedConversations, all: open + totals.closedConversations }[status ?? "all"];
}

// The totals are the company's; of some people's conversations their own are counted.
async function countSeen(ctx: Ctx, status: OpenOrClosed | undefined): Promise<number> {
  const row = await ctx.db.slow.first(
    countOfSeen({ companyId: ctx.companyId, status: status ?? null, ...reachArgs(ctx) }),
  );
  return row?.count ?? 0;
}

const countOfSeen = prepared<{ companyId: number; status: OpenOrClosed | null } & ReachArgs>()(
  (_db, arg) => sql<{ count: number }>`
    select count(*) as count from contacts c join conversations v on v.company_id = c.company_id and v.contact_id = c.id and not v.is_mail
    where c.company_id = ${arg("companyId")}::bigint and c.deleted_at is null and ${inReachSql(arg, sql`c.owner_user_id`)}
      and (${arg("status")}::text is null or (v.status = 'closed') = (${arg("status")}::text = 'closed'))`,
);

/** One as the list shows it; undefined where it is not there, is of mails, or its person is deleted. */
export async function findConversationSummary(ctx: Ctx, id: number): Promise<ConversationSummary | undefined> {
  return ctx.db.first(summaryById({ companyId: ctx.companyId, id, ...reachArgs(ctx) }));
}

type Args = ReachArgs & { companyId: number; limit: number; offset: number; rows: number };
type Argument = <Key extends keyof Args>(key: Key) => Args[Key];

const newestFirst = sql`v.last_message_at desc, v.id desc`;

const statements = {
  all: inStatuses("open", "snoozed", "closed"),
  closed: inStatuses("closed"),
  open: inStatuses("open", "snoozed"),
};

type Status = "open" | "snoozed" | "closed";

// Stretches of one index, each in its order already. One without the status would serve the whole list better, and cost each message that
// comes in another entry.
function inStatuses(...chosen: Status[]) {
  return listStatement((arg) => {
    const stretches = chosen.map(
      (status) => sql`(${inStatus(status, arg)} order by ${newestFirst} limit ${arg("rows")}::int)`,
    );
    return sql`
      select v.id from (${sql.join(stretches, sql` union all `)}) v
      order by ${newestFirst} limit ${arg("limit")}::int offset ${arg("offset")}::int`;
  });
}

function inStatus(status: Status, arg: Argument): RawBuilder<unknown> {
  return sql`select v.id, v.last_message_at from conversations v
    where v.company_id = ${arg("companyId")}::bigint and v.status = ${sql.lit(status)} and not v.contact_deleted and not v.is_mail
      and ${ofSeen(arg)}`;
}

function ofSeen(arg: ReachArgument): RawBuilder<unknown> {
  return personInReachSql(arg, { companyId: sql`v.company_id`, contactId: sql`v.contact_id` });
}

const columns = sql`v.id, v.contact_id as "contactId", c.name as "contactName", c.phone as "contactPhone", v.status,
  v.last_message_text as "lastMessageText", v.last_message_type as "lastMessageType", v.last_message_at as "lastMessageAt",
  v.unread_count as "unreadCount", v.created_at as "createdAt"`;

// The literal limit tells the planner that a page is no tenth of the table, so that it does not join the whole of it.
function listStatement(page: (arg: Argument) => RawBuilder<unknown>) {
  return prepared<Args>()(
    (_db, arg) => sql<ConversationSummary>`
      select ${columns} from (select id from (${page(arg)}) stepped limit ${sql.lit(mostRows)}) p
      join conversations v on v.company_id = ${arg("companyId")}::bigint and v.id = p.id
      join contacts c on c.company_id = v.company_id and c.id = v.contact_id
      order by ${newestFirst}`,
  );
}

const summaryById = prepared<{ companyId: number; id: number } & ReachArgs>()(
  (_db, arg) => sql<ConversationSummary>`
    select ${columns} from conversations v join contacts c on c.company_id = v.company_id and c.id = v.contact_id
    where v.company_id = ${arg("companyId")}::bigint and v.id = ${arg("id")}::bigint and not v.contact_deleted and not v.is_mail
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
