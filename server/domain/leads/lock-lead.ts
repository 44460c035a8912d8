import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { lockContact } from "../contacts/update-contact.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { requireVersion } from "../require-version.ts";
import { getLead } from "./get-lead.ts";
import type { Lead } from "./lead.ts";

/** The lead as it is, held until the transaction ends; its person before it, the order in which stages are changed. */
export async function lockLead(tx: TxCtx, leadId: number, ifVersion?: number): Promise<Lead> {
  const { contactId } = await getLead(tx, leadId);
  await lockContact(tx, contactId);
  const row = await tx.tx.first(leadForUpdate({ companyId: tx.companyId, leadId }));
  if (!row) throw notFound("lead", leadId);
  const lead = await getLead(tx, leadId);
  requireVersion("lead", lead.version, ifVersion);
  return lead;
}

const leadForUpdate = prepared<{ companyId: number; leadId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from leads
    where company_id = ${arg("companyId")}::bigint and id = ${arg("leadId")}::bigint and deleted_at is null for update`,
);
