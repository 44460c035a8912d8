import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";
import type { MailAddress } from "../mail-address.ts";

export type ReportedMail = {
  messageId: number;
  contactId: number;
  status: string | null;
  recipients: MailAddress[];
  matchedBy: "token" | "message_id" | "recipient";
};

export type ReportClues = { tokens: string[]; originalMessageId: string | null; addresses: string[] };

/** Servers give up after five days at most. */
const newestDays = 7;

/** The mail of ours that a report speaks of: by the token in our return path, else by its Message-ID, else the newest to that address. */
export async function findReported(
  ctx: Ctx,
  { tokens, originalMessageId, addresses }: ReportClues,
): Promise<ReportedMail | undefined> {
  const { companyId } = ctx;
  const own = tokens.length === 0 ? undefined : await ctx.db.first(byToken({ companyId, tokens }));
  if (own) return { ...own, matchedBy: "token" };
  const named =
    originalMessageId === null ? undefined : await ctx.db.first(byMessageId({ companyId, id: originalMessageId }));
  if (named) return { ...named, matchedBy: "message_id" };
  const since = new Date(ctx.now().getTime() - newestDays * 86_400_000).toISOString();
  const newest = addresses.length === 0 ? undefined : await ctx.db.first(byRecipient({ companyId, addresses, since }));
  return newest ? { ...newest, matchedBy: "recipient" } : undefined;
}

type Found = Omit<ReportedMail, "matchedBy">;

const columns = sql`
  e.message_id as "messageId", m.contact_id as "contactId", m.status, e.to_addresses || e.cc_addresses || e.bcc_addresses as recipients
  from emails e join messages m on m.company_id = e.company_id and m.id = e.message_id and m.direction = 'out'`;

const byToken = prepared<{ companyId: number; tokens: string[] }>()(
  (_db, arg) => sql<Found>`
    select ${columns} where e.company_id = ${arg("companyId")}::bigint and e.reply_token = any(${arg("tokens")}::text[]) limit 1`,
);

const byMessageId = prepared<{ companyId: number; id: string }>()(
  (_db, arg) => sql<Found>`
    select ${columns} where e.company_id = ${arg("companyId")}::bigint and e.internet_message_id = ${arg("id")}::text
    order by e.message_id desc limit 1`,
);

// The person's mails lead to it: there is no index over recipients, and a person has few mails in a week.
const byRecipient = prepared<{ companyId: number; addresses: string[]; since: string }>()(
  (_db, arg) => sql<Found>`
    select ${columns}
    where e.company_id = ${arg("companyId")}::bigint and e.created_at >= ${arg("since")}::timestamptz
      and e.contact_id in (
        select contact_id from contact_identities
        where company_id = ${arg("companyId")}::bigint and kind = 'email' and value = any(${arg("addresses")}::text[]))
      and exists (
        select from jsonb_array_elements(e.to_addresses || e.cc_addresses) as r where r ->> 'address' = any(${arg("addresses")}::text[]))
    order by e.message_id desc limit 1`,
);
