import { type RawBuilder, sql } from "kysely";
import type { ActivityType } from "../../../shared/activity-types.ts";
import { prepared } from "../../db/prepared.ts";
import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { asksForHidden, inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { textPatterns } from "../text-patterns.ts";
import { type Activity, type ActivityRow, activityColumns, activityOf, activitySource } from "./activity.ts";

export type ActivityQuery = {
  contactId?: number;
  activityType?: ActivityType;
  /** What a surface has no word for. */
  withoutType?: ActivityType;
  /** Any part of title or description. */
  search?: string;
  limit: number;
  offset?: number;
  cursor?: TimeCursor;
};

/** Activities, newest first; of one person, who must be there, or of all. */
export async function listActivities(ctx: Ctx, query: ActivityQuery): Promise<Page<Activity, TimeCursor>> {
  const { contactId, activityType = null, withoutType = null, search, limit, offset = 0, cursor = newestFirst } = query;
  const statement = contactId === undefined ? allActivities : activitiesOfContact;
  const args = {
    companyId: ctx.companyId,
    contactId: contactId ?? null,
    activityType,
    withoutType,
    parts: search === undefined ? null : textPatterns(search).parts,
    ...cursor,
    offset,
    count: limit + 1,
    ...reachArgs(ctx),
  };
  const isHidden = search !== undefined && asksForHidden(ctx, search);
  // Both go out together; whoever is not there has no page.
  const [rows] = await Promise.all([
    isHidden ? [] : ctx.db.all(statement(args)),
    contactId === undefined ? undefined : requireContact(ctx, contactId),
  ]);
  return pageOf(rows.map(activityOf), limit, (activity) => ({ at: activity.occurredAt, id: activity.id }));
}

type ListArgs = ReachArgs & {
  companyId: number;
  contactId: number | null;
  activityType: ActivityType | null;
  withoutType: ActivityType | null;
  parts: string[] | null;
  at: string;
  id: number;
  offset: number;
  count: number;
};

const allActivities = activityList(() => sql``);

const activitiesOfContact = activityList((arg) => sql`and a.contact_id = ${arg("contactId")}::bigint`);

function activityList(filter: (arg: <Key extends keyof ListArgs>(key: Key) => ListArgs[Key]) => RawBuilder<unknown>) {
  return prepared<ListArgs>()(
    (_db, arg) => sql<ActivityRow>`
      select ${activityColumns} from ${activitySource}
      where a.company_id = ${arg("companyId")}::bigint and a.deleted_at is null
        and (a.occurred_at, a.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint) ${filter(arg)}
        and ${inReachSql(arg, sql`c.owner_user_id`)}
        and (${arg("activityType")}::text is null or a.activity_type = ${arg("activityType")}::text)
        and (${arg("withoutType")}::text is null or a.activity_type <> ${arg("withoutType")}::text)
        and (${arg("parts")}::text[] is null or a.title ilike all (${arg("parts")}::text[])
          or a.description ilike all (${arg("parts")}::text[]))
      order by a.occurred_at desc, a.id desc limit ${arg("count")}::int offset ${arg("offset")}::int`,
  );
}
