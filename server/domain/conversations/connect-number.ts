import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type NumberToConnect = {
  companySlug: string;
  phoneNumberId: string;
  wabaId: string;
  businessId: string | undefined;
  /** Sealed with the installation's key; the database never sees the token itself. */
  accessTokenSealed: string;
};

/** Connects a WhatsApp number to a company, or refreshes what is known of it. A number that was only discovered becomes connected. */
export async function connectNumber(db: Db, number: NumberToConnect): Promise<void> {
  await db.run(upsertNumber({ ...number, businessId: number.businessId ?? null }));
}

type Row = {
  companySlug: string;
  phoneNumberId: string;
  wabaId: string;
  businessId: string | null;
  accessTokenSealed: string;
};

const upsertNumber = prepared<Row>()(
  (_db, arg) => sql<never>`
    with account as (
      insert into channel_accounts (company_id, provider, name, external_id, waba_id, business_id, access_token_sealed)
      select id, 'whatsapp_cloud', 'WhatsApp ' || ${arg("phoneNumberId")}::text, ${arg("phoneNumberId")}::text, ${arg("wabaId")}::text,
        ${arg("businessId")}::text, ${arg("accessTokenSealed")}::text
      from companies where slug = ${arg("companySlug")}
      on conflict (company_id, provider, external_id) do update set waba_id = excluded.waba_id, business_id = excluded.business_id,
        access_token_sealed = excluded.access_token_sealed, status = 'connected', updated_at = now()
      returning company_id, id
    )
    insert into channel_routes (provider, external_id, company_id, channel_account_id)
    select n.provider, n.external_id, account.company_id, account.id
    from account, (values ('whatsapp_cloud', ${arg("phoneNumberId")}::text), ('whatsapp_waba', ${arg("wabaId")}::text)) as n (provider, external_id)
    on conflict (provider, external_id) do update set company_id = excluded.company_id, channel_account_id = excluded.channel_account_id`,
);
