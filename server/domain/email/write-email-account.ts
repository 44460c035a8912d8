import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { StoredEmailAccount } from "./email-account.ts";

/** A row that says nothing yet; the channel of that id is there. */
export async function insertEmailAccount(tx: TxCtx, channelAccountId: number): Promise<void> {
  await tx.tx.run(insertRow({ companyId: tx.companyId, channelAccountId, now: tx.now().toISOString() }));
}

/** Writes all that can be set of an account at once; its version rises. */
export async function writeEmailAccount(tx: TxCtx, account: StoredEmailAccount): Promise<void> {
  const { smtp, imap, dkim } = account;
  await tx.tx.run(
    updateRow({
      companyId: tx.companyId,
      channelAccountId: account.id,
      fromAddress: account.fromAddress,
      fromName: account.fromName,
      smtp: smtp && JSON.stringify(smtp),
      smtpPasswordSealed: account.smtpPasswordSealed,
      imap: imap && JSON.stringify(imap),
      imapPasswordSealed: account.imapPasswordSealed,
      dkim: dkim && JSON.stringify(dkim),
      dkimKeySealed: account.dkimKeySealed,
      signature: account.signature,
      trackOpens: account.trackOpens,
      trackClicks: account.trackClicks,
      plusAddresses: account.plusAddresses,
      now: tx.now().toISOString(),
    }),
  );
}

const insertRow = prepared<{ companyId: number; channelAccountId: number; now: string }>()(
  (_db, arg) => sql<never>`
    insert into email_accounts (company_id, channel_account_id, from_address, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("channelAccountId")}::bigint, '', ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (company_id, channel_account_id) do nothing`,
);

type Row = {
  companyId: number;
  channelAccountId: number;
  fromAddress: string;
  fromName: string;
  smtp: string | null;
  smtpPasswordSealed: string | null;
  imap: string | null;
  imapPasswordSealed: string | null;
  dkim: string | null;
  dkimKeySealed: string | null;
  signature: string;
  trackOpens: boolean;
  trackClicks: boolean;
  plusAddresses: boolean;
  now: string;
};

// Another mailbox counts its mails anew: what was read of the one before says nothing.
const updateRow = prepared<Row>()(
  (_db, arg) => sql<never>`
    update email_accounts set from_address = ${arg("fromAddress")}::text, from_name = ${arg("fromName")}::text, smtp = ${arg("smtp")}::jsonb,
      smtp_password_sealed = ${arg("smtpPasswordSealed")}::text,
      imap_uid_validity = case when imap is not distinct from ${arg("imap")}::jsonb then imap_uid_validity end,
      imap_last_uid = case when imap is not distinct from ${arg("imap")}::jsonb then imap_last_uid else 0 end, imap_error = null,
      imap = ${arg("imap")}::jsonb, imap_password_sealed = ${arg("imapPasswordSealed")}::text, dkim = ${arg("dkim")}::jsonb,
      dkim_key_sealed = ${arg("dkimKeySealed")}::text, signature = ${arg("signature")}::text, track_opens = ${arg("trackOpens")}::boolean,
      track_clicks = ${arg("trackClicks")}::boolean, plus_addresses = ${arg("plusAddresses")}::boolean, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint`,
);
