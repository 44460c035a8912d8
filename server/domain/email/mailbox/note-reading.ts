import { sql } from "kysely";
import type { Queries } from "../../../db/connection.ts";
import { prepared } from "../../../db/prepared.ts";
import { clearChannelProblem, markChannelProblem } from "../../channels/mark-channel-problem.ts";
import type { Ctx } from "../../context.ts";
import type { MailboxKey } from "./lease-mailboxes.ts";

export type MailboxPlace = { uidValidity: number; lastUid: number };

/** How far a mailbox was read: after the mail was stored, never before. Only its reader's word counts. */
export async function notePlace(db: Pick<Queries, "run">, key: MailboxKey, place: MailboxPlace): Promise<void> {
  await db.run(writePlace({ ...key, ...place }));
}

/** It can be read: whatever stood against it is over. */
export async function noteReadable(
  ctx: Ctx,
  { channelAccountId }: Pick<MailboxKey, "channelAccountId">,
): Promise<void> {
  await ctx.transact(async (tx) => {
    await tx.tx.run(writeError({ companyId: tx.companyId, channelAccountId, error: null }));
    await clearChannelProblem(tx, { channelAccountId, problem: "mail_unread" });
  });
}

export type MailboxTrouble = { channelAccountId: number; error: string; isLasting: boolean };

/** Why it cannot be read, in words; the team is told where it does not pass by itself. */
export async function noteUnreadable(ctx: Ctx, { channelAccountId, error, isLasting }: MailboxTrouble): Promise<void> {
  await ctx.transact(async (tx) => {
    await tx.tx.run(writeError({ companyId: tx.companyId, channelAccountId, error }));
    if (isLasting) await markChannelProblem(tx, { channelAccountId, problem: "mail_unread", details: error });
  });
}

const writePlace = prepared<MailboxKey & MailboxPlace>()(
  (_db, arg) => sql<never>`
    update email_accounts set imap_uid_validity = ${arg("uidValidity")}::bigint, imap_last_uid = ${arg("lastUid")}::bigint, imap_checked_at = now()
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint
      and imap_lease_by = ${arg("leaseBy")}::text`,
);

const writeError = prepared<{ companyId: number; channelAccountId: number; error: string | null }>()(
  (_db, arg) => sql<never>`
    update email_accounts set imap_error = ${arg("error")}::text
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint`,
);
