import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { MailAddress } from "./mail-address.ts";

/** Where each of these people gets mail, by person. An address that was replaced or taken off their record gets none. */
export async function ownAddresses(ctx: Ctx, contactIds: number[]): Promise<Map<number, MailAddress>> {
  const rows = await ctx.db.all(selectAddresses({ companyId: ctx.companyId, contactIds }));
  return new Map(rows.map(({ contactId, ...address }) => [contactId, address]));
}

const selectAddresses = prepared<{ companyId: number; contactIds: number[] }>()(
  (_db, arg) => sql<MailAddress & { contactId: number }>`
    select c.id as "contactId", lower(c.email) as address, c.name
    from contacts c
    where c.company_id = ${arg("companyId")}::bigint and c.id = any(${arg("contactIds")}::bigint[])
      and c.email <> ''`,
);
