import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";

/** Whether a mail of this account comes from the account itself: a copy of what was sent, or somebody who pretends. */
export async function isOwnAddress(ctx: Ctx, of: { channelAccountId: number; address: string }): Promise<boolean> {
  return (await ctx.db.first(ownAddress({ companyId: ctx.companyId, ...of }))) !== undefined;
}

const ownAddress = prepared<{ companyId: number; channelAccountId: number; address: string }>()(
  (_db, arg) => sql<{ id: number }>`
    select channel_account_id as id from email_accounts
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint
      and lower(from_address) = ${arg("address")}::text`,
);
