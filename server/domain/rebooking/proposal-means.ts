import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { connectedMailAccount } from "../email/connected-mail-account.ts";
import type { MailAddress } from "../email/mail-address.ts";
import { ownAddresses } from "../email/own-addresses.ts";
import { getReminderSettings, type TemplateNames } from "../reminders/reminder-settings.ts";
import { type UsableNumber, usableNumbers } from "../reminders/usable-templates.ts";
import { sendingAccount } from "../sends/sending-account.ts";

/** By what a proposal may go to each of some people. */
export type ProposalMeans = {
  numbers: UsableNumber[];
  /** The number whose window with the person is open, by person. */
  windows: Map<number, number>;
  /** Null: no mail is to be written. */
  mailAccountId: number | null;
  addresses: Map<number, MailAddress>;
};

/** What a company and these people have, read for all of them at once; of a channel that is named, that one alone. */
export async function proposalMeans(
  ctx: Ctx,
  { contactIds, templates, channelAccountId }: Wanted,
): Promise<ProposalMeans> {
  const named = channelAccountId === undefined ? undefined : await sendingAccount(ctx, channelAccountId);
  const all = named?.provider === "email" ? [] : await usableNumbers(ctx, templates);
  const numbers = named === undefined ? all : all.filter(({ accountId }) => accountId === named.id);
  const mailAccountId = await mailAccountOf(ctx, named);
  const [windows, addresses] = await Promise.all([
    openWindows(ctx, contactIds, numbers),
    mailAccountId === null ? new Map<number, MailAddress>() : ownAddresses(ctx, contactIds),
  ]);
  return { numbers, windows, mailAccountId, addresses };
}

type Wanted = { contactIds: number[]; templates: TemplateNames; channelAccountId?: number | undefined };

async function mailAccountOf(ctx: Ctx, named: { id: number; provider: string } | undefined): Promise<number | null> {
  if (named) return named.provider === "email" ? named.id : null;
  if (!(await getReminderSettings(ctx)).byEmail) return null;
  return connectedMailAccount(ctx);
}

async function openWindows(ctx: Ctx, contactIds: number[], numbers: UsableNumber[]): Promise<Map<number, number>> {
  const accountIds = numbers.map(({ accountId }) => accountId);
  const args = { companyId: ctx.companyId, contactIds, accountIds, now: ctx.now().toISOString() };
  const rows = await ctx.db.all(windowsOf(args));
  return new Map(rows.map(({ contactId, accountId }) => [contactId, accountId]));
}

const windowsOf = prepared<{ companyId: number; contactIds: number[]; accountIds: number[]; now: string }>()(
  (_db, arg) => sql<{ contactId: number; accountId: number }>`
    select distinct on (contact_id) contact_id as "contactId", channel_account_id as "accountId" from conversations
    where company_id = ${arg("companyId")}::bigint and contact_id = any(${arg("contactIds")}::bigint[])
      and channel_account_id = any(${arg("accountIds")}::bigint[]) and window_expires_at > ${arg("now")}::timestamptz
    order by contact_id, window_expires_at desc`,
);
