import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

/** Refuses where the person is not one of this company's, or was deleted. */
export async function requireContact(ctx: Ctx, contactId: number): Promise<void> {
  const row = await ctx.db.first(contactExists({ companyId: ctx.companyId, contactId }));
  if (!row) throw notFound("contact", contactId);
}

const contactExists = prepared<{ companyId: number; contactId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from contacts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and deleted_at is null`,
);
