import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

type EmailChannel = { externalId: string; name: string; status: string };

/** The channel of an e-mail account: what is only a mailbox's stands beside it, in `email_accounts`. Gives its id. */
export async function addEmailChannel(tx: TxCtx, channel: EmailChannel): Promise<number> {
  const row = await tx.tx.first(upsertChannel({ ...channel, companyId: tx.companyId, now: tx.now().toISOString() }));
  if (!row) throw new Error("the channel of an e-mail account was not stored");
  return row.id;
}

/** Fills in a channel that waited for an account, or renames one. What stood against it belonged to what it was before. */
export async function writeEmailChannel(tx: TxCtx, id: number, channel: EmailChannel): Promise<void> {
  await tx.tx.run(updateChannel({ ...channel, id, companyId: tx.companyId, now: tx.now().toISOString() }));
}

type Row = EmailChannel & { companyId: number; now: string };

// Two mails at once make the same waiting channel; the second finds the first's.
const upsertChannel = prepared<Row>()(
  (_db, arg) => sql<{ id: number }>`
    insert into channel_accounts (company_id, provider, name, external_id, status, connected_at, created_at, updated_at)
    values (${arg("companyId")}::bigint, 'email', ${arg("name")}::text, ${arg("externalId")}::text, ${arg("status")}::text,
      case when ${arg("status")} = 'connected' then ${arg("now")}::timestamptz end, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (company_id, provider, external_id) do update set updated_at = excluded.updated_at
    returning id`,
);

const updateChannel = prepared<Row & { id: number }>()(
  (_db, arg) => sql<never>`
    update channel_accounts set name = ${arg("name")}::text, external_id = ${arg("externalId")}::text, status = ${arg("status")}::text,
      health = case when ${arg("status")} = 'connected' then health else health - 'problems' end,
      connected_at = case when ${arg("status")} = 'connected' then coalesce(connected_at, ${arg("now")}::timestamptz) else connected_at end,
      updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and provider = 'email'`,
);
