import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Contact, contactColumns, withInboxAndOrganization } from "./contact.ts";

export async function getContact(ctx: Ctx, contactId: number): Promise<Contact> {
  const contact = await findContact(ctx, contactId);
  if (!contact) throw notFound("contact", contactId);
  return contact;
}

export async function findContact(ctx: Ctx, contactId: number): Promise<Contact | undefined> {
  return ctx.db.first(contactById({ companyId: ctx.companyId, contactId, ...reachArgs(ctx) }));
}

const contactById = prepared<{ companyId: number; contactId: number } & ReachArgs>()(
  (_db, arg) => sql<Contact>`
    select ${contactColumns} from contacts c ${withInboxAndOrganization}
    where c.company_id = ${arg("companyId")}::bigint and c.id = ${arg("contactId")}::bigint and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
