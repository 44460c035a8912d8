import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** On which of these channels the person's last word on marketing was a no. */
export async function withdrawnChannels(tx: TxCtx, contactId: number, channels: string[]): Promise<Set<string>> {
  const rows = await tx.tx.all(selectLastWords({ companyId: tx.companyId, contactId, channels }));
  return new Set(rows.filter(({ state }) => state === "withdrawn").map(({ channel }) => channel));
}

const selectLastWords = prepared<{ companyId: number; contactId: number; channels: string[] }>()(
  (_db, arg) => sql<{ channel: string; state: string }>`
    select distinct on (channel) channel, state from contact_consents
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint
      and channel = any(${arg("channels")}::text[]) and purpose = 'marketing'
    order by channel, at desc, id desc`,
);
