import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { MailAddress } from "./mail-address.ts";

/** Where each of these people gets mail, by person: the address on their record, else the first one they are known by. */
export async function ownAddresses(ctx: Ctx, contactIds: number[]): Promise<Map<number, MailAddress>> {
  const rows = await ctx.db.all(selectAddresses({ companyId: ctx.companyId, contactIds }));
  return new Map(rows.map(({ contactId, ...address }) => [contactId, address]));
}

const selectAddresses = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<MailAddress & { contactId: number }>`
    select c.id as "contactId", lower(coalesce(nullif(c.email, ''), i.value)) as address, c.name
    from contacts c left join lateral (
      select value from contact_identities
      where company_id = c.company_id and contact_id = c.id and kind = 'email' order by created_at, value limit 1
    ) i on true
    where c.company_id = ${arg("companyId")}::bigint and c.id = any(${arg("contactIds")}::bigint[])
      and coalesce(nullif(c.email, ''), i.value) is not null`,
);
