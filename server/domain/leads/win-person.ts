import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { lockContact } from "../contacts/update-contact.ts";
import type { TxCtx } from "../context.ts";
import { moveLead } from "./change-lead-stage.ts";
import { changePersonStage } from "./change-person-stage.ts";
import { findOpenLead } from "./get-lead.ts";
import { lockLead } from "./lock-lead.ts";

/**
 * Makes a customer of the person of a won deal, with their open lead. Where the deal came of another lead of theirs, it is that one
 * that ends, and whatever was opened since goes on with the person.
 */
export async function winPerson(
  tx: TxCtx,
  { contactId, leadId }: { contactId: number; leadId: number | null },
): Promise<void> {
  const options = { reason: "deal won" };
  // Nobody opens or ends a lead of theirs meanwhile.
  await lockContact(tx, contactId);
  const ended =
    leadId === null ? undefined : await tx.tx.first(endedLead({ companyId: tx.companyId, leadId, contactId }));
  if (ended && ended.deletedAt === null) await moveLead(tx, await lockLead(tx, ended.id), "customer", options.reason);
  if (ended && (await findOpenLead(tx, contactId))) return;
  await changePersonStage(tx, contactId, "customer", options);
}

// A deal can be with somebody else than the lead's person: that lead is not this person's to end.
const endedLead = prepared<{ companyId: number; leadId: number; contactId: number }>()(
  (_db, arg) => sql<{ id: number; deletedAt: string | null }>`
    select id, deleted_at as "deletedAt" from leads
    where company_id = ${arg("companyId")}::bigint and id = ${arg("leadId")}::bigint and contact_id = ${arg("contactId")}::bigint
      and (closed_at is not null or deleted_at is not null)`,
);
