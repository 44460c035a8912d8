import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { withWaits } from "../sends/waits-of.ts";
import { type Email, type EmailRow, emailColumns, emailOf, emailSource } from "./email.ts";

/** One mail, by the id of its message; why it waits is found out now. */
export async function getEmail(ctx: Ctx, messageId: number): Promise<Email> {
  const row = await ctx.db.first(emailById({ companyId: ctx.companyId, messageId, ...reachArgs(ctx) }));
  if (!row) throw notFound("email", messageId);
  const [email = emailOf(row)] = await emailsWithWaits(ctx, [emailOf(row)]);
  return email;
}

/** The mails as people see them: one that is queued says why it still waits. */
export async function emailsWithWaits(ctx: Ctx, emails: Email[]): Promise<Email[]> {
  const seen = await withWaits(
    ctx,
    emails.map(({ messageId: id, status, statusReason }) => ({ id, status, statusReason })),
  );
  return emails.map((email, index) => ({ ...email, statusReason: seen[index]?.statusReason ?? email.statusReason }));
}

const emailById = prepared<{ companyId: number; messageId: number } & ReachArgs>()(
  (_db, arg) => sql<EmailRow>`
    select ${emailColumns} from ${emailSource}
    where e.company_id = ${arg("companyId")}::bigint and e.message_id = ${arg("messageId")}::bigint and c.deleted_at is null
      and ${inReachSql(arg, sql`c.owner_user_id`)}`,
);
