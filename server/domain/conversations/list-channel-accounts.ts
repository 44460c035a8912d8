import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";

export type ChannelAccount = {
  id: number;
  provider: string;
  name: string;
  externalId: string;
  wabaId: string | null;
  displayPhone: string | null;
  status: string;
  quality: string | null;
  messagingLimit: string | null;
  createdAt: string;
};

/** A company's numbers; there are few. */
export async function listChannelAccounts(ctx: Ctx): Promise<ChannelAccount[]> {
  return ctx.db.all(selectAccounts({ companyId: ctx.companyId }));
}

const selectAccounts = prepared<{ companyId: number }>()(
  (_db, arg) => sql<ChannelAccount>`
    select id, provider, name, external_id as "externalId", waba_id as "wabaId", display_phone as "displayPhone", status, quality,
      messaging_limit as "messagingLimit", created_at as "createdAt"
    from channel_accounts where company_id = ${arg("companyId")} order by id limit 1000`,
);
