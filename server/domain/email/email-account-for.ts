import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { addEmailChannel } from "../channels/write-email-channel.ts";
import type { TxCtx } from "../context.ts";
import { invalid, notFound } from "../domain-error.ts";
import { insertEmailAccount } from "./write-email-account.ts";

/** What an account is called at the vendor until somebody connects one: mails wait on it. */
export const placeholderId = "none";

type Wanted = { channelAccountId?: number; inReplyToMessageId?: number };

/**
 * The account a mail goes out by: the one named, that of the mail it answers, else the first that is connected. Where there is none at
 * all, one that is not connected is made: the mail waits on it, and connecting an account fills it in.
 */
export async function emailAccountFor(tx: TxCtx, wanted: Wanted): Promise<{ id: number }> {
  const { companyId } = tx;
  const { channelAccountId, inReplyToMessageId } = wanted;
  if (channelAccountId !== undefined) {
    const named = await tx.tx.first(accountById({ companyId, id: channelAccountId }));
    if (!named) throw notFound("email account", channelAccountId);
    return named;
  }
  if (inReplyToMessageId !== undefined) {
    const answered = await tx.tx.first(accountOfMail({ companyId, messageId: inReplyToMessageId }));
    if (!answered) throw invalid("inReplyToMessageId", "inReplyToMessageId names no e-mail");
    if (answered.isConnected) return answered;
  }
  const found = await tx.tx.first(firstAccount({ companyId }));
  return found ?? { id: await addPlaceholder(tx) };
}

async function addPlaceholder(tx: TxCtx): Promise<number> {
  const row = { externalId: placeholderId, name: "E-mail", status: "disconnected" };
  const id = await addEmailChannel(tx, row);
  await insertEmailAccount(tx, id);
  return id;
}

const accountById = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from channel_accounts
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and provider = 'email'`,
);

const accountOfMail = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<{ id: number; isConnected: boolean }>`
    select a.id, a.status = 'connected' as "isConnected" from emails e
    join channel_accounts a on a.company_id = e.company_id and a.id = e.channel_account_id
    where e.company_id = ${arg("companyId")}::bigint and e.message_id = ${arg("messageId")}::bigint`,
);

const firstAccount = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from channel_accounts
    where company_id = ${arg("companyId")}::bigint and provider = 'email'
    order by (status = 'connected') desc, (status = 'disconnected'), id limit 1`,
);
