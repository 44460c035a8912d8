import { sql } from "kysely";
import type { Queries } from "../../../db/connection.ts";
import { prepared } from "../../../db/prepared.ts";
import type { ImapSettings } from "../email-account.ts";

/** A mailbox to read, and where reading stands. */
export type LeasedMailbox = {
  companyId: number;
  channelAccountId: number;
  imap: ImapSettings;
  imapPasswordSealed: string;
  /** Null: nothing was read of this mailbox yet. */
  uidValidity: number | null;
  lastUid: number;
  /** What came since this time is read where nothing was before. */
  readSince: string;
  version: number;
};

export type MailboxKey = { companyId: number; channelAccountId: number; leaseBy: string };

const leaseSeconds = 60;

/** Takes mailboxes that nobody reads just now. Whoever takes one renews the lease while reading, so that each has one reader. */
export async function leaseMailboxes(
  db: Pick<Queries, "all">,
  { leaseBy, limit }: { leaseBy: string; limit: number },
): Promise<LeasedMailbox[]> {
  return db.all(takeFree({ leaseBy, limit, leaseSeconds }));
}

/** False: somebody else has it now, or its settings changed, or it was disconnected or paused. */
export async function renewLease(db: Pick<Queries, "first">, key: MailboxKey, version: number): Promise<boolean> {
  return (await db.first(renew({ ...key, version, leaseSeconds }))) !== undefined;
}

/** Lets it go; nobody takes it up before the pause is over. */
export async function releaseMailbox(db: Pick<Queries, "run">, key: MailboxKey, pauseSeconds: number): Promise<void> {
  await db.run(release({ ...key, pauseSeconds }));
}

const takeFree = prepared<{ leaseBy: string; limit: number; leaseSeconds: number }>()(
  (_db, arg) => sql<LeasedMailbox>`
    update email_accounts e set imap_lease_by = ${arg("leaseBy")}::text,
      imap_lease_expires_at = now() + make_interval(secs => ${arg("leaseSeconds")}::int)
    from (
      select e.company_id, e.channel_account_id from email_accounts e
      join channel_accounts a on a.company_id = e.company_id and a.id = e.channel_account_id
      where e.imap is not null and e.imap_password_sealed is not null and a.status not in ('disconnected', 'paused')
        and coalesce(e.imap_lease_expires_at, '-infinity') <= now()
      order by e.imap_lease_expires_at nulls first limit ${arg("limit")}::int for update of e skip locked
    ) n
    where e.company_id = n.company_id and e.channel_account_id = n.channel_account_id
    returning e.company_id as "companyId", e.channel_account_id as "channelAccountId", e.imap,
      e.imap_password_sealed as "imapPasswordSealed", e.imap_uid_validity as "uidValidity", e.imap_last_uid as "lastUid",
      coalesce(e.imap_checked_at, e.created_at) - interval '1 day' as "readSince", e.version`,
);

const renew = prepared<MailboxKey & { version: number; leaseSeconds: number }>()(
  (_db, arg) => sql<{ version: number }>`
    update email_accounts e set imap_lease_expires_at = now() + make_interval(secs => ${arg("leaseSeconds")}::int)
    from channel_accounts a
    where e.company_id = ${arg("companyId")}::bigint and e.channel_account_id = ${arg("channelAccountId")}::bigint
      and e.imap_lease_by = ${arg("leaseBy")}::text and e.version = ${arg("version")}::int
      and a.company_id = e.company_id and a.id = e.channel_account_id and a.status not in ('disconnected', 'paused')
    returning e.version`,
);

const release = prepared<MailboxKey & { pauseSeconds: number }>()(
  (_db, arg) => sql<never>`
    update email_accounts set imap_lease_by = null, imap_lease_expires_at = now() + make_interval(secs => ${arg("pauseSeconds")}::double precision)
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint
      and imap_lease_by = ${arg("leaseBy")}::text`,
);
