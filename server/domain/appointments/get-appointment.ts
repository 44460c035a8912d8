import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Appointment, appointmentColumns, appointmentSource } from "./appointment.ts";

export async function getAppointment(ctx: Ctx, appointmentId: number): Promise<Appointment> {
  const row = await ctx.db.first(appointmentById({ companyId: ctx.companyId, appointmentId, ...reachArgs(ctx) }));
  if (!row) throw notFound("appointment", appointmentId);
  return row;
}

const appointmentById = prepared<{ companyId: number; appointmentId: number } & ReachArgs>()(
  (_db, arg) => sql<Appointment>`
    select ${appointmentColumns} from ${appointmentSource}
    where a.company_id = ${arg("companyId")}::bigint and a.id = ${arg("appointmentId")}::bigint and a.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
