import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";

export async function companyTimeZone(ctx: Ctx): Promise<string> {
  const row = await ctx.db.first(zoneOfCompany({ companyId: ctx.companyId }));
  return row && isKnown(row.timeZone) ? row.timeZone : "UTC";
}

const known = new Map<string, boolean>();

// The settings take every name that PostgreSQL knows, and a few of those JavaScript does not.
function isKnown(timeZone: string): boolean {
  const before = known.get(timeZone);
  if (before !== undefined) return before;
  let isFormat = true;
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    isFormat = false;
  }
  known.set(timeZone, isFormat);
  return isFormat;
}

const zoneOfCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ timeZone: string }>`
    select time_zone as "timeZone" from company_settings where company_id = ${arg("companyId")}::bigint`,
);
