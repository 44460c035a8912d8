import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { orPersonInReachSql, type ReachArgs, type ReachArgument, reachArgs } from "../reach/reach.ts";
import { hidePhones } from "./hide-phones.ts";

export type Notification = {
  id: number;
  kind: string;
  title: string;
  body: string;
  contactId: number | null;
  subjectKind: string | null;
  subjectId: number | null;
  happensAt: string | null;
  createdAt: string;
  readAt: string | null;
};

export type NotificationQuery = { unread?: true; limit: number; cursor?: number };

/** The caller's own notifications, newest first. Only a person has any. */
export async function listNotifications(ctx: Ctx, query: NotificationQuery): Promise<Page<Notification, number>> {
  const userId = actingUserId(ctx);
  if (userId === null) return { items: [], next: null };
  const { limit, cursor = Number.MAX_SAFE_INTEGER } = query;
  const args = {
    companyId: ctx.companyId,
    userId,
    cursor,
    count: limit + 1,
    unread: query.unread ?? false,
    ...reachArgs(ctx),
  };
  const rows = await ctx.db.all(notificationsOfUser(args));
  const shown = ctx.reach.masksPhones ? rows.map((row) => ({ ...row, ...hidePhones(row) })) : rows;
  return pageOf(shown, limit, (notification) => notification.id);
}

/** How many are unread; counted up to 1,000, because a badge shows no more. */
export async function countUnread(ctx: Ctx): Promise<number> {
  const userId = actingUserId(ctx);
  if (userId === null) return 0;
  const row = await ctx.db.first(unreadCount({ companyId: ctx.companyId, userId, ...reachArgs(ctx) }));
  return row?.count ?? 0;
}

type ListArgs = ReachArgs & { companyId: number; userId: number; cursor: number; count: number; unread: boolean };

const notificationsOfUser = prepared<ListArgs>()(
  (_db, arg) => sql<Notification>`
    select id, kind, title, body, contact_id as "contactId", subject_kind as "subjectKind", subject_id as "subjectId",
      happens_at as "happensAt", created_at as "createdAt", read_at as "readAt"
    from notifications
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint and id < ${arg("cursor")}::bigint
      and in_app and (not ${arg("unread")}::boolean or read_at is null) and ${ofSeen(arg)}
    order by id desc limit ${arg("count")}::int`,
);

const unreadCount = prepared<{ companyId: number; userId: number } & ReachArgs>()(
  (_db, arg) => sql<{ count: number }>`
    select count(*) as count from (
      select from notifications
      where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint and read_at is null and in_app
        and ${ofSeen(arg)} limit 1000
    ) unread`,
);

// A person may have become somebody else's since; a task stays its assignee's, whosever its person is.
function ofSeen(arg: ReachArgument): RawBuilder<unknown> {
  if (arg("reachKind") === "everyone") return sql`true`;
  const person = orPersonInReachSql(arg, {
    companyId: sql`notifications.company_id`,
    contactId: sql`notifications.contact_id`,
  });
  return sql`(contact_id is null or subject_kind = 'task' or ${person})`;
}
