import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { requireContact } from "../contacts/require-contact.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Email, type EmailRow, emailColumns, emailOf, emailSource } from "./email.ts";
import { emailsWithWaits, getEmail } from "./get-email.ts";

export type EmailPage = { items: Email[]; next: number | null };

type Paging = { limit: number; before?: number };

/** A person's mails, both ways, newest first. */
export async function emailsOfContact(
  ctx: Ctx,
  { contactId, limit, before }: Paging & { contactId: number },
): Promise<EmailPage> {
  await requireContact(ctx, contactId);
  const args = { companyId: ctx.companyId, contactId, before: before ?? Number.MAX_SAFE_INTEGER, limit: limit + 1 };
  return pageOf(ctx, await ctx.db.all(ofContact({ ...args, ...reachArgs(ctx) })), limit);
}

/** The mails of one thread, oldest first, by any mail of it; the newest two hundred of a longer one. */
export async function threadOf(ctx: Ctx, messageId: number): Promise<Email[]> {
  const { threadId } = await getEmail(ctx, messageId);
  const rows = await ctx.db.all(ofThread({ companyId: ctx.companyId, threadId, limit: 200, ...reachArgs(ctx) }));
  if (rows.length === 0) throw notFound("email", messageId);
  return emailsWithWaits(ctx, rows.map(emailOf).toReversed());
}

async function pageOf(ctx: Ctx, rows: EmailRow[], limit: number): Promise<EmailPage> {
  const items = await emailsWithWaits(ctx, rows.slice(0, limit).map(emailOf));
  return { items, next: rows.length > limit ? (items.at(-1)?.messageId ?? null) : null };
}

const ofContact = prepared<{ companyId: number; contactId: number; before: number; limit: number } & ReachArgs>()(
  (_db, arg) => sql<EmailRow>`
    select ${emailColumns} from ${emailSource}
    where e.company_id = ${arg("companyId")}::bigint and e.contact_id = ${arg("contactId")}::bigint
      and e.message_id < ${arg("before")}::bigint and c.deleted_at is null and ${inReachSql(arg, sql`c.owner_user_id`)}
    order by e.message_id desc limit ${arg("limit")}::int`,
);

const ofThread = prepared<{ companyId: number; threadId: number; limit: number } & ReachArgs>()(
  (_db, arg) => sql<EmailRow>`
    select ${emailColumns} from ${emailSource}
    where e.company_id = ${arg("companyId")}::bigint and e.thread_id = ${arg("threadId")}::bigint and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}
    order by e.message_id desc limit ${arg("limit")}::int`,
);
