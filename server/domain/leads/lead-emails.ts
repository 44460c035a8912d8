import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { MailAddress } from "../email/mail-address.ts";
import { withWaits } from "../sends/waits-of.ts";
import type { Lead } from "./lead.ts";
import { argsOf, inLeadSql, type LeadListArgs, type OffsetPage } from "./lead-lists.ts";

/** A mail of a lead: one that went through here, or one that somebody wrote down (without a message). */
export type LeadEmail = {
  activityId: number;
  messageId: number | null;
  direction: string | null;
  subject: string;
  body: string;
  from: string;
  to: MailAddress[] | null;
  cc: MailAddress[] | null;
  bcc: MailAddress[] | null;
  fromName: string | null;
  toName: string | null;
  /** Null for what came in or was only written down. */
  status: string | null;
  statusReason: string | null;
  userId: number | null;
  at: string;
};

/** A lead's mails, newest first; one that is queued says why it waits. */
export async function emailsOfLead(
  ctx: Ctx,
  lead: Pick<Lead, "id" | "contactId">,
  page: OffsetPage,
): Promise<LeadEmail[]> {
  const rows = await ctx.db.all(emails(argsOf(ctx, lead, page)));
  const seen = await withWaits(
    ctx,
    rows.map(({ messageId, status, statusReason }) => ({ id: messageId ?? 0, status, statusReason })),
  );
  return rows.map((row, index) => ({ ...row, statusReason: seen[index]?.statusReason ?? row.statusReason }));
}

const emails = prepared<LeadListArgs>()(
  (_db, arg) => sql<LeadEmail>`
    select a.id as "activityId", a.message_id as "messageId", a.direction, coalesce(e.subject, a.title) as subject,
      coalesce(m.text, a.description, '') as body, coalesce(e.from_address, '') as "from", e.to_addresses as "to", e.cc_addresses as cc,
      e.bcc_addresses as bcc, a.from_name as "fromName", a.to_name as "toName",
      case when m.status = 'accepted' then 'sent' else m.status end as status, m.status_reason as "statusReason",
      coalesce(a.user_id, m.author_user_id) as "userId", a.occurred_at as at
    from activities a left join messages m on m.company_id = a.company_id and m.id = a.message_id
    left join emails e on e.company_id = a.company_id and e.message_id = a.message_id
    where ${inLeadSql(sql`a`, arg)} and a.activity_type = 'email'
    order by a.occurred_at desc, a.id desc limit ${arg("limit")}::int offset ${arg("offset")}::int`,
);
