import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { requireOwnerInReach } from "../reach/reach.ts";

export type OwnerChange = { contactId: number; before: number | null; after: number | null };

/** Gives people, whose rows the caller holds, to other members. */
export async function writeOwners(tx: TxCtx, changes: OwnerChange[]): Promise<void> {
  if (changes.length === 0) return;
  for (const { after } of changes) requireOwnerInReach(tx, after);
  const rows = changes.map(({ contactId, after }) => ({ contact_id: contactId, owner: after }));
  await tx.tx.run(updateOwners({ companyId: tx.companyId, rows: JSON.stringify(rows), now: tx.now().toISOString() }));
  await recordEvents(
    tx,
    changes.map(({ contactId, before, after }) => ({
      type: "contact.updated",
      subject: { kind: "contact", id: contactId },
      before: { ownerUserId: before },
      after: { ownerUserId: after },
    })),
  );
}

const updateOwners = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    update contacts c set owner_user_id = r.owner, version = c.version + 1, updated_at = ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (contact_id bigint, owner bigint)
    where c.company_id = ${arg("companyId")}::bigint and c.id = r.contact_id`,
);
