import { type RawBuilder, sql } from "kysely";
import type { ActivityType } from "../../../shared/activity-types.ts";
import type { Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import { memberNameSql } from "../accounts/user.ts";
import type { Ctx } from "../context.ts";
import type { Lead } from "./lead.ts";

/** One line of what happened in a lead, as in its lists also what stands on its person and on no lead. Their number is `activityCount`. */
export type StoryLine = {
  kind: "created" | "stage_changed" | "task" | "activity" | "converted";
  activityType: ActivityType | null;
  direction: string | null;
  title: string | null;
  from: Stage | null;
  to: Stage | null;
  dealId: number | null;
  by: string | null;
  at: string;
};

/** The newest lines, oldest of them first. */
export async function leadStory(
  ctx: Ctx,
  { id: leadId, contactId }: Pick<Lead, "id" | "contactId">,
  { limit }: { limit: number },
): Promise<StoryLine[]> {
  const rows = await ctx.db.all(linesOf({ companyId: ctx.companyId, leadId, contactId, limit }));
  return rows.toReversed();
}

type StoryArgs = { companyId: number; leadId: number; contactId: number; limit: number };

const linesOf = prepared<StoryArgs>()((_db, arg) => {
  const ofLead = sql`company_id = ${arg("companyId")}::bigint and lead_id = ${arg("leadId")}::bigint`;
  const onNone = sql`company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint and lead_id is null`;
  const tasksOf = (place: RawBuilder<unknown>) => sql`
    (select 2, 'task', null, null, title, null, null, null, created_by, created_at, id
      from tasks where ${place} and deleted_at is null order by id desc limit ${arg("limit")}::int)`;
  const activitiesOf = (place: RawBuilder<unknown>) => sql`
    (select 1, 'activity', activity_type, direction, title, null, null, null, user_id, occurred_at, id
      from activities where ${place} and deleted_at is null order by occurred_at desc, id desc limit ${arg("limit")}::int)`;
  const theLead = sql`company_id = ${arg("companyId")}::bigint and id = ${arg("leadId")}::bigint`;
  return sql<StoryLine>`
    select s.kind, s.type as "activityType", s.direction, s.title, s."from", s."to", s.deal_id as "dealId", ${memberNameSql(sql`u`)} as by, s.at
    from (
      (select 0 as rank, 'created' as kind, null as type, null as direction, null as title, null as "from", null as "to",
        null::bigint as deal_id, created_by as user_id, created_at as at, id
        from leads where ${theLead})
      union all
      (select 4, 'converted', null, null, null, null, null, converted_deal_id, converted_by, converted_at, id
        from leads where ${theLead} and converted_at is not null)
      union all
      (select 3, 'stage_changed', null, null, reason, from_stage, to_stage, null, changed_by, changed_at, id
        from lead_stage_changes where ${ofLead} and from_stage is not null order by id desc limit ${arg("limit")}::int)
      union all ${tasksOf(ofLead)} union all ${tasksOf(onNone)}
      union all ${activitiesOf(ofLead)} union all ${activitiesOf(onNone)}
    ) s left join users u on u.id = s.user_id
    order by s.at desc, s.rank desc, s.id desc limit ${arg("limit")}::int`;
});
