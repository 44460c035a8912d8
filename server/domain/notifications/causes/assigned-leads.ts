import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import { leadCodeSql } from "../../leads/lead.ts";
import type { Cause } from "../follow-causes.ts";
import type { Notice } from "../notify-team.ts";
import { aPerson, type CauseArgs, causeRows } from "./cause-rows.ts";

/** A lead that somebody was given, by another or as it was made; with what is known of it and where it came from. */
export async function assignedLeads(tx: TxCtx, causes: Cause[]): Promise<Notice[]> {
  if (causes.length === 0) return [];
  const leads = await tx.tx.all(ownedLeads({ companyId: tx.companyId, rows: causeRows(causes) }));
  return leads.map((lead) => ({
    kind: "lead.assigned",
    title: `New lead for you: ${lead.name || aPerson}`,
    body: [
      lead.code,
      lead.source && `Source: ${lead.source}`,
      lead.organization,
      lead.jobTitle,
      lead.need && `Needs: ${lead.need}`,
      lead.notes,
    ]
      .filter(Boolean)
      .join("\n"),
    contactId: lead.contactId,
    subject: { kind: "lead", id: lead.id },
    // By transaction: a lead is made and given away in one, and that is one piece of news.
    dedupeKey: `lead.assigned:${lead.id}:${lead.transactionId}`,
    userId: lead.ownerUserId,
  }));
}

type OwnedLead = {
  id: number;
  code: string;
  contactId: number;
  name: string;
  source: string | null;
  organization: string | null;
  jobTitle: string | null;
  need: string | null;
  notes: string;
  ownerUserId: number;
  transactionId: string;
};

const ownedLeads = prepared<CauseArgs>()(
  (_db, arg) => sql<OwnedLead>`
    select l.id, ${leadCodeSql(sql`l.number`)} as code, l.contact_id as "contactId", c.name, l.source, o.name as organization,
      c.position as "jobTitle", l.need, l.notes, l.owner_user_id as "ownerUserId", r.transaction_id as "transactionId"
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (event_id bigint, subject_id bigint, actor_user_id bigint, transaction_id text)
    join leads l on l.company_id = ${arg("companyId")}::bigint and l.id = r.subject_id
    join contacts c on c.company_id = l.company_id and c.id = l.contact_id
    left join organizations o on o.company_id = l.company_id and o.id = l.organization_id and o.deleted_at is null
    where l.owner_user_id is not null and l.deleted_at is null and l.closed_at is null and c.deleted_at is null
      and l.owner_user_id is distinct from r.actor_user_id
    order by r.event_id`,
);
