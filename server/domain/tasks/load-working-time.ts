import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { WeeklyHours } from "../booking/weekly-hours.ts";
import type { Ctx } from "../context.ts";
import { companyTimeZone } from "../policy/facts/company-time-zone.ts";
import { usualHours, type WorkingTime } from "./working-time.ts";

/** When one of the company's places is open; the usual hours where none says when. */
export async function loadWorkingTime(ctx: Ctx): Promise<WorkingTime> {
  const [timeZone, places] = await Promise.all([
    companyTimeZone(ctx),
    ctx.db.all(openingHours({ companyId: ctx.companyId })),
  ]);
  const hours = places.flatMap((place) => place.hours);
  return { timeZone, hours: hours.length === 0 ? usualHours : hours };
}

const openingHours = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ hours: WeeklyHours[] }>`
    select opening_hours as hours from locations
    where company_id = ${arg("companyId")}::bigint and active and jsonb_typeof(opening_hours) = 'array'`,
);
