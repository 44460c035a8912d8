import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import type { Cause } from "../follow-causes.ts";
import type { Notice } from "../notify-team.ts";
import { aPerson, type CauseArgs, causeRows } from "./cause-rows.ts";

/**
 * A call from outside that nobody took: to whose lead or person it is, or else who logged it, or else the team. Also to those who
 * logged it themselves, because it wants to be followed up. A call of long ago is history that was typed in.
 */
export async function missedCalls(tx: TxCtx, causes: Cause[]): Promise<Notice[]> {
  if (causes.length === 0) return [];
  const since = new Date(tx.now().getTime() - newsMs).toISOString();
  const rows = await tx.tx.all(missed({ companyId: tx.companyId, rows: causeRows(causes), since }));
  return rows.map((row) => ({
    kind: "call.missed",
    title: `Missed call: ${row.name || aPerson}`,
    body: [row.title, row.description].filter(Boolean).join("\n"),
    contactId: row.contactId,
    subject: { kind: "activity", id: row.id },
    happensAt: row.occurredAt,
    dedupeKey: `call.missed:${row.id}`,
    userId: row.userId,
  }));
}

const newsMs = 3 * 86_400_000;

type Missed = {
  id: number;
  contactId: number;
  name: string;
  title: string;
  description: string | null;
  occurredAt: string;
  userId: number | null;
};

const missed = prepared<CauseArgs & { since: string }>()(
  (_db, arg) => sql<Missed>`
    select a.id, a.contact_id as "contactId", c.name, a.title, left(a.description, 300) as description,
      a.occurred_at as "occurredAt", coalesce(l.owner_user_id, c.owner_user_id, logger.user_id) as "userId"
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (event_id bigint, subject_id bigint)
    join activities a on a.company_id = ${arg("companyId")}::bigint and a.id = r.subject_id
    join contacts c on c.company_id = a.company_id and c.id = a.contact_id
    left join leads l on l.company_id = a.company_id and l.id = a.lead_id
    left join memberships logger on logger.company_id = a.company_id and logger.user_id = a.user_id
    where a.activity_type = 'call' and a.deleted_at is null and c.deleted_at is null and a.occurred_at > ${arg("since")}::timestamptz
      and (a.direction = 'missed' or (a.status = 'missed' and a.direction is distinct from 'outgoing')
        or (a.direction = 'incoming' and a.status in ('no_answer', 'voicemail', 'busy')))
    order by r.event_id`,
);
