import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Activity, type ActivityRow, activityColumns, activityOf, activitySource } from "./activity.ts";

export async function getActivity(ctx: Ctx, activityId: number): Promise<Activity> {
  const row = await ctx.db.first(activityById({ companyId: ctx.companyId, activityId, ...reachArgs(ctx) }));
  if (!row) throw notFound("activity", activityId);
  return activityOf(row);
}

const activityById = prepared<{ companyId: number; activityId: number } & ReachArgs>()(
  (_db, arg) => sql<ActivityRow>`
    select ${activityColumns} from ${activitySource}
    where a.company_id = ${arg("companyId")}::bigint and a.id = ${arg("activityId")}::bigint and a.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
