import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

/** Refuses where the person is not one of this company's, or was deleted. */
export async function requireContact(ctx: Ctx, contactId: number): Promise<void> {
  const row = await ctx.db.first(contactExists({ companyId: ctx.companyId, contactId, ...reachArgs(ctx) }));
  if (!row) throw notFound("contact", contactId);
}

/** Where a row was read without its person: refuses, as if it were not there, what belongs to a person out of the caller's reach. */
export async function requireInReach(
  ctx: Ctx,
  entity: string,
  row: { id: number; contactId: number | null },
): Promise<void> {
  if (ctx.reach.ownerIds === null || row.contactId === null) return;
  const seen = await ctx.db.first(
    contactSeen({ companyId: ctx.companyId, contactId: row.contactId, ...reachArgs(ctx) }),
  );
  if (!seen) throw notFound(entity, row.id);
}

const contactExists = prepared<{ companyId: number; contactId: number } & ReachArgs>()(
  (_db, arg) => sql<{ id: number }>`
    select id from contacts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint and deleted_at is null
      and ${inReachSql(arg, sql`owner_user_id`)}`,
);

// Deleted people too: what stands with them can be brought back.
const contactSeen = prepared<{ companyId: number; contactId: number } & ReachArgs>()(
  (_db, arg) => sql<{ id: number }>`
    select id from contacts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("contactId")}::bigint
      and ${inReachSql(arg, sql`owner_user_id`)}`,
);
