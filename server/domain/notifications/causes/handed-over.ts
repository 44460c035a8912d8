import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import type { Cause } from "../follow-causes.ts";
import type { Notice } from "../notify-team.ts";
import { aPerson, type CauseArgs, causeRows } from "./cause-rows.ts";

/** Whose conversation or person it is hears of the bot's leaving too; admins and managers were told by the bot itself. */
export async function handedOver(tx: TxCtx, causes: Cause[]): Promise<Notice[]> {
  if (causes.length === 0) return [];
  const rows = await tx.tx.all(ownHandovers({ companyId: tx.companyId, rows: causeRows(causes) }));
  return rows.map((row) => ({
    kind: "conversation.handed_over",
    title: `${row.name || aPerson} waits for you`,
    body: row.reason === null ? "The bot left the conversation." : `The bot left the conversation: ${row.reason}.`,
    contactId: row.contactId,
    subject: { kind: "conversation", id: row.id },
    dedupeKey: `conversation.handed_over:${row.id}:${row.eventId}`,
    userId: row.userId,
  }));
}

type Handover = {
  id: number;
  eventId: number;
  contactId: number;
  name: string;
  reason: string | null;
  userId: number;
};

const ownHandovers = prepared<CauseArgs>()(
  (_db, arg) => sql<Handover>`
    select v.id, r.event_id as "eventId", v.contact_id as "contactId", c.name, e.data ->> 'reason' as reason, m.user_id as "userId"
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (event_id bigint, subject_id bigint)
    join events e on e.company_id = ${arg("companyId")}::bigint and e.id = r.event_id
    join conversations v on v.company_id = e.company_id and v.id = r.subject_id
    join contacts c on c.company_id = v.company_id and c.id = v.contact_id
    join memberships m on m.company_id = v.company_id and m.user_id = coalesce(v.assignee_user_id, c.owner_user_id)
    where m.role not in ('admin', 'manager') and not v.bot_enabled and c.deleted_at is null
    order by r.event_id`,
);
