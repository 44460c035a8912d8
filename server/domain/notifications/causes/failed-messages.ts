import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import type { Cause } from "../follow-causes.ts";
import type { Notice } from "../notify-team.ts";
import { aPerson, type CauseArgs, causeRows } from "./cause-rows.ts";

/** A message that did not get through: to who wrote it, or else whose conversation or person it is, or else the team. */
export async function failedMessages(tx: TxCtx, causes: Cause[]): Promise<Notice[]> {
  if (causes.length === 0) return [];
  const rows = await tx.tx.all(failed({ companyId: tx.companyId, rows: causeRows(causes) }));
  return rows.map((row) => ({
    kind: "message.failed",
    title: `Not sent to ${row.name || aPerson}`,
    body: [row.reason, row.text && `“${row.text}”`].filter(Boolean).join("\n"),
    contactId: row.contactId,
    subject: { kind: "conversation", id: row.conversationId },
    dedupeKey: `message.failed:${row.id}:${row.eventId}`,
    userId: row.userId,
  }));
}

type Failed = {
  id: number;
  eventId: number;
  contactId: number;
  conversationId: number;
  name: string;
  text: string | null;
  reason: string | null;
  userId: number | null;
};

// What is sent to many by a campaign has its own report.
const failed = prepared<CauseArgs>()(
  (_db, arg) => sql<Failed>`
    select m.id, r.event_id as "eventId", m.contact_id as "contactId", m.conversation_id as "conversationId", c.name,
      left(m.text, 120) as text, coalesce(m.status_reason, m.error ->> 'title', m.error -> 0 ->> 'title') as reason,
      coalesce(author.user_id, v.assignee_user_id, c.owner_user_id) as "userId"
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (event_id bigint, subject_id bigint)
    join messages m on m.company_id = ${arg("companyId")}::bigint and m.id = r.subject_id
    join conversations v on v.company_id = m.company_id and v.id = m.conversation_id
    join contacts c on c.company_id = m.company_id and c.id = m.contact_id
    left join memberships author on author.company_id = m.company_id and author.user_id = m.author_user_id
    where m.status = 'failed' and m.direction = 'out' and m.origin <> 'campaign' and c.deleted_at is null
    order by r.event_id`,
);
