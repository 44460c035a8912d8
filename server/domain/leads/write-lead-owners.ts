import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import type { Owner } from "./resolve-owner.ts";

export type LeadOwnerChange = { leadId: number; contactId: number; before: Owner; after: Owner };

/** Writes whose leads these are, with the journal; the rows are held by the caller. */
export async function writeLeadOwners(tx: TxCtx, changes: LeadOwnerChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ leadId, after }) => ({ id: leadId, owner: after.ownerUserId, name: after.ownerName }));
  await tx.tx.run(updateOwners({ companyId: tx.companyId, rows: JSON.stringify(rows), now: tx.now().toISOString() }));
  await recordEvents(
    tx,
    changes.map(({ leadId, contactId, before, after }) => ({
      type: "lead.assigned",
      subject: { kind: "lead", id: leadId },
      contactId,
      before,
      after,
    })),
  );
}

const updateOwners = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    update leads l set owner_user_id = r.owner, owner_name = r.name, version = l.version + 1, updated_at = ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (id bigint, owner bigint, name text)
    where l.company_id = ${arg("companyId")}::bigint and l.id = r.id`,
);
