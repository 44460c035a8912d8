import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

/** The number the phone simulator writes to. */
export async function simulatedNumber(
  ctx: Ctx,
): Promise<{ phoneNumberId: string; wabaId: string; displayPhone: string }> {
  const row = await ctx.db.first(selectNumber({ companyId: ctx.companyId }));
  if (!row) throw notFound("channel account");
  return {
    phoneNumberId: row.external_id,
    wabaId: row.waba_id ?? row.external_id,
    displayPhone: row.display_phone ?? "",
  };
}

const selectNumber = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ external_id: string; waba_id: string | null; display_phone: string | null }>`
    select external_id, waba_id, display_phone from channel_accounts
    where company_id = ${arg("companyId")} and provider = 'simulator' order by id limit 1`,
);
