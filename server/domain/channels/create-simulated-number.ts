import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

/** A number that only the phone simulator writes to, so that a company without a Meta account can try the product. */
export async function createSimulatedNumber(tx: TxCtx): Promise<void> {
  await tx.tx.run(insertNumber({ companyId: tx.companyId, externalId: `sim-${tx.companyId}` }));
}

const insertNumber = prepared<{ companyId: number; externalId: string }>()(
  (_db, arg) => sql<never>`
    with account as (
      insert into channel_accounts (company_id, provider, name, external_id, waba_id, display_phone)
      values (${arg("companyId")}::bigint, 'simulator', 'Phone simulator', ${arg("externalId")}::text, ${arg("externalId")}::text, '+1 555 010 0000')
      returning company_id, id, external_id
    )
    insert into channel_routes (provider, external_id, company_id, channel_account_id)
    select r.provider, external_id, company_id, id from account, unnest(array['whatsapp_cloud', 'whatsapp_waba']) as r (provider)`,
);
