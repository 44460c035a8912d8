import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { OpenProblem } from "../channels/channel-problem.ts";

export type SmtpSettings = {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server has it, and always before a password. */
  secure: boolean;
  /** Null: the server asks for no sign-in. */
  user: string | null;
};

export type ImapSettings = { host: string; port: number; secure: boolean; user: string; mailbox: string };

export type DkimSettings = { domain: string; selector: string };

export type EmailAccountFields = {
  fromAddress: string;
  fromName: string;
  smtp: SmtpSettings | null;
  imap: ImapSettings | null;
  dkim: DkimSettings | null;
  /** Set under each mail; plain words. */
  signature: string;
  trackOpens: boolean;
  trackClicks: boolean;
  /** The mailbox takes mail for name+anything@ too: answers and bounces are told apart by it. */
  plusAddresses: boolean;
};

export type EmailAccount = EmailAccountFields & {
  /** The channel account's id. */
  id: number;
  name: string;
  /** connected, paused (by an admin), disconnected, token_expired (the server takes the password no more). */
  status: string;
  hasSmtpPassword: boolean;
  hasImapPassword: boolean;
  hasDkimKey: boolean;
  problems: OpenProblem[];
  /** Since when and why the mailbox cannot be read. */
  imapError: string | null;
  imapCheckedAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
};

/** As it lies in the database: the secrets sealed. */
export type StoredEmailAccount = EmailAccountFields & {
  id: number;
  companyId: number;
  name: string;
  status: string;
  externalId: string;
  smtpPasswordSealed: string | null;
  imapPasswordSealed: string | null;
  dkimKeySealed: string | null;
  version: number;
};

/** What a secret of an account was sealed for: moved to another row it does not open. */
export function sealContext(companyId: number, channelAccountId: number, what: "smtp" | "imap" | "dkim"): string {
  return `email ${companyId} ${channelAccountId} ${what}`;
}

export const storedAccountColumns = sql`
  a.id, a.company_id as "companyId", a.name, a.status, a.external_id as "externalId", e.from_address as "fromAddress",
  e.from_name as "fromName", e.smtp, e.smtp_password_sealed as "smtpPasswordSealed", e.imap, e.imap_password_sealed as "imapPasswordSealed",
  e.dkim, e.dkim_key_sealed as "dkimKeySealed", e.signature, e.track_opens as "trackOpens", e.track_clicks as "trackClicks",
  e.plus_addresses as "plusAddresses", e.version`;

export const storedAccountSource = sql`
  channel_accounts a join email_accounts e on e.company_id = a.company_id and e.channel_account_id = a.id`;

export const storedAccountById = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<StoredEmailAccount>`
    select ${storedAccountColumns} from ${storedAccountSource}
    where a.company_id = ${arg("companyId")}::bigint and a.id = ${arg("id")}::bigint`,
);
