import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { openProblems } from "../channels/channel-problem.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type EmailAccount, storedAccountSource } from "./email-account.ts";

/** A company's mailboxes; there are few. */
export async function listEmailAccounts(ctx: Ctx): Promise<EmailAccount[]> {
  return (await ctx.db.all(selectAccounts({ companyId: ctx.companyId, id: null }))).map(accountOf);
}

export async function getEmailAccount(ctx: Ctx, id: number): Promise<EmailAccount> {
  const row = await ctx.db.first(selectAccounts({ companyId: ctx.companyId, id }));
  if (!row) throw notFound("email account", id);
  return accountOf(row);
}

function accountOf({ health, ...row }: Row): EmailAccount {
  return { ...row, problems: openProblems(health) };
}

type Row = Omit<EmailAccount, "problems"> & { health: Json };

const selectAccounts = prepared<{ companyId: number; id: number | null }>()(
  (_db, arg) => sql<Row>`
    select a.id, a.name, a.status, a.health, e.from_address as "fromAddress", e.from_name as "fromName", e.smtp, e.imap, e.dkim, e.signature,
      e.track_opens as "trackOpens", e.track_clicks as "trackClicks", e.plus_addresses as "plusAddresses",
      e.smtp_password_sealed is not null as "hasSmtpPassword", e.imap_password_sealed is not null as "hasImapPassword",
      e.dkim_key_sealed is not null as "hasDkimKey", e.imap_error as "imapError", e.imap_checked_at as "imapCheckedAt", e.version,
      e.created_at as "createdAt", e.updated_at as "updatedAt"
    from ${storedAccountSource}
    where a.company_id = ${arg("companyId")}::bigint and (${arg("id")}::bigint is null or a.id = ${arg("id")}::bigint)
    order by a.id limit 200`,
);
