import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

/** What it takes to ask a vendor about a number. */
export type ChannelCredentials = {
  id: number;
  companyId: number;
  provider: string;
  externalId: string;
  wabaId: string | null;
  businessId: string | null;
  accessTokenSealed: string | null;
  status: string;
};

export async function channelCredentials(ctx: Ctx, id: number): Promise<ChannelCredentials> {
  const row = await ctx.db.first(selectOne({ companyId: ctx.companyId, id }));
  if (!row) throw notFound("channel account", id);
  return row;
}

/** Numbers with a token, and simulated ones, over all companies, in pages by id: for what runs by the clock. */
export async function connectedNumbers(
  db: Pick<Queries, "all">,
  afterId: number,
  limit: number,
): Promise<ChannelCredentials[]> {
  return db.all(selectConnected({ afterId, limit }));
}

const selectOne = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<ChannelCredentials>`
    select id, company_id as "companyId", provider, external_id as "externalId", waba_id as "wabaId", business_id as "businessId",
      access_token_sealed as "accessTokenSealed", status
    from channel_accounts where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const selectConnected = prepared<{ afterId: number; limit: number }>()(
  (_db, arg) => sql<ChannelCredentials>`
    select id, company_id as "companyId", provider, external_id as "externalId", waba_id as "wabaId", business_id as "businessId",
      access_token_sealed as "accessTokenSealed", status
    from channel_accounts
    where id > ${arg("afterId")}::bigint
      and (provider = 'simulator' or (provider = 'whatsapp_cloud' and access_token_sealed is not null))
    order by id limit ${arg("limit")}::int`,
);
