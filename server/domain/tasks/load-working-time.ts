import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { WeeklyHours } from "../booking/weekly-hours.ts";
import type { Ctx } from "../context.ts";
import { companyTimeZone } from "../policy/facts/company-time-zone.ts";
import { usualHours, type WorkingTime } from "./working-time.ts";

/** When one of the company's places is open; the usual hours of the company's own zone where none says when. */
export async function loadWorkingTime(ctx: Ctx): Promise<WorkingTime> {
  const places = await ctx.db.all(openingHours({ companyId: ctx.companyId }));
  const open = places.filter(({ hours }) => hours.length > 0);
  return open.length > 0 ? open : [{ timeZone: await companyTimeZone(ctx), hours: usualHours }];
}

const openingHours = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ timeZone: string; hours: WeeklyHours[] }>`
    select time_zone as "timeZone", opening_hours as hours from locations
    where company_id = ${arg("companyId")}::bigint and active and jsonb_typeof(opening_hours) = 'array'`,
);
