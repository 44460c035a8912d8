import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import type { Cause } from "../follow-causes.ts";
import type { Notice } from "../notify-team.ts";
import { aPerson, type CauseArgs, causeRows } from "./cause-rows.ts";

/** A conversation that another gave to somebody. */
export async function assignedConversations(tx: TxCtx, causes: Cause[]): Promise<Notice[]> {
  if (causes.length === 0) return [];
  const rows = await tx.tx.all(assigned({ companyId: tx.companyId, rows: causeRows(causes) }));
  return rows.map((row) => ({
    kind: "conversation.assigned",
    title: `A conversation for you: ${row.name || aPerson}`,
    body: row.text ?? "",
    contactId: row.contactId,
    subject: { kind: "conversation", id: row.id },
    dedupeKey: `conversation.assigned:${row.id}:${row.eventId}`,
    userId: row.assigneeUserId,
  }));
}

type Assigned = {
  id: number;
  eventId: number;
  contactId: number;
  name: string;
  text: string | null;
  assigneeUserId: number;
};

const assigned = prepared<CauseArgs>()(
  (_db, arg) => sql<Assigned>`
    select v.id, r.event_id as "eventId", v.contact_id as "contactId", c.name, left(v.last_message_text, 200) as text,
      v.assignee_user_id as "assigneeUserId"
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (event_id bigint, subject_id bigint, actor_user_id bigint)
    join conversations v on v.company_id = ${arg("companyId")}::bigint and v.id = r.subject_id
    join contacts c on c.company_id = v.company_id and c.id = v.contact_id
    where v.assignee_user_id is not null and v.assignee_user_id is distinct from r.actor_user_id and c.deleted_at is null
    order by r.event_id`,
);
