import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

/** What the model cost this month so far, calls under way at their worst price included; decimal text. */
export async function spentThisMonth(ctx: Ctx): Promise<string> {
  const monthOn = `${ctx.now().toISOString().slice(0, 7)}-01`;
  const row = await ctx.db.first(spendingOf({ companyId: ctx.companyId, monthOn }));
  return row?.total ?? "0";
}

const spendingOf = prepared<{ companyId: number; monthOn: string }>()(
  (_db, arg) => sql<{ total: string }>`
    select spent + reserved as total from bot_spending
    where company_id = ${arg("companyId")}::bigint and month_on = ${arg("monthOn")}::date`,
);
