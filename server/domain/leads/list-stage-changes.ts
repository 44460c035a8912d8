import { sql } from "kysely";
import type { Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import { memberNameSql } from "../accounts/user.ts";
import type { Ctx } from "../context.ts";
import { type Page, pageOf } from "../page.ts";
import { getLead } from "./get-lead.ts";

/** A step through the funnel; the first has no stage before it. */
export type LeadStageChange = {
  id: number;
  from: Stage | null;
  to: Stage;
  reason: string | null;
  changedBy: number | null;
  changedByName: string | null;
  changedAt: string;
};

/** How a lead came where it is, newest first. */
export async function listStageChanges(
  ctx: Ctx,
  leadId: number,
  { limit, cursor = Number.MAX_SAFE_INTEGER }: { limit: number; cursor?: number },
): Promise<Page<LeadStageChange, number>> {
  await getLead(ctx, leadId);
  const rows = await ctx.db.all(changesOf({ companyId: ctx.companyId, leadId, cursor, count: limit + 1 }));
  return pageOf(rows, limit, ({ id }) => id);
}

const changesOf = prepared<{ companyId: number; leadId: number; cursor: number; count: number }>()(
  (_db, arg) => sql<LeadStageChange>`
    select h.id, h.from_stage as "from", h.to_stage as "to", h.reason, h.changed_by as "changedBy",
      ${memberNameSql(sql`u`)} as "changedByName", h.changed_at as "changedAt"
    from lead_stage_changes h left join users u on u.id = h.changed_by
    where h.company_id = ${arg("companyId")}::bigint and h.lead_id = ${arg("leadId")}::bigint and h.id < ${arg("cursor")}::bigint
    order by h.id desc limit ${arg("count")}::int`,
);
