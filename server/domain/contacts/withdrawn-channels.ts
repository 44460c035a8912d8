import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** On which of these channels the person's last word on one of these purposes was a no. */
export async function withdrawnChannels(
  tx: TxCtx,
  contactId: number,
  { channels, purposes }: { channels: string[]; purposes: ("marketing" | "all")[] },
): Promise<Set<string>> {
  const rows = await tx.tx.all(selectLastWords({ companyId: tx.companyId, contactId, channels, purposes }));
  return new Set(rows.filter(({ state }) => state === "withdrawn").map(({ channel }) => channel));
}

const selectLastWords = prepared<{ companyId: number; contactId: number; channels: string[]; purposes: string[] }>()(
  (_db, arg) => sql<{ channel: string; state: string }>`
    select distinct on (channel, purpose) channel, state from contact_consents
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint
      and channel = any(${arg("channels")}::text[]) and purpose = any(${arg("purposes")}::text[])
    order by channel, purpose, at desc, id desc`,
);
