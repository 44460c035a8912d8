import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

/** The mailbox that a company writes from where none is named: its first connected one; null where there is none. */
export async function connectedMailAccount(ctx: Ctx): Promise<number | null> {
  return (await ctx.db.first(firstConnected({ companyId: ctx.companyId })))?.id ?? null;
}

const firstConnected = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from channel_accounts
    where company_id = ${arg("companyId")}::bigint and provider = 'email' and status = 'connected' order by id limit 1`,
);
