import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";

/** Proposes that two contacts are one person; once a pair, and only a person decides. */
export async function proposeMerge(
  tx: TxCtx,
  keptId: number,
  mergedId: number,
  reason: string,
  evidence: JsonObject,
): Promise<void> {
  const args = { companyId: tx.companyId, keptId, mergedId, reason, evidence: JSON.stringify(evidence) };
  const row = await tx.tx.first(insertProposal(args));
  if (!row) return;
  const data = { kept_contact_id: keptId, merged_contact_id: mergedId, reason };
  await recordEvent(tx, {
    type: "contact_merge.proposed",
    subject: { kind: "contact_merge", id: row.id },
    contactId: keptId,
    data,
  });
}

const insertProposal = prepared<{
  companyId: number;
  keptId: number;
  mergedId: number;
  reason: string;
  evidence: string;
}>()(
  (_db, arg) => sql<{ id: number }>`
    insert into contact_merges (company_id, kept_contact_id, merged_contact_id, reason, evidence)
    select ${arg("companyId")}::bigint, ${arg("keptId")}::bigint, ${arg("mergedId")}::bigint, ${arg("reason")}, ${arg("evidence")}::jsonb
    where not exists (
      select from contact_merges where company_id = ${arg("companyId")} and status in ('proposed', 'dismissed', 'undone')
        and least(kept_contact_id, merged_contact_id) = least(${arg("keptId")}::bigint, ${arg("mergedId")}::bigint)
        and greatest(kept_contact_id, merged_contact_id) = greatest(${arg("keptId")}::bigint, ${arg("mergedId")}::bigint))
    on conflict (company_id, kept_contact_id, merged_contact_id) where status = 'proposed' do nothing
    returning id`,
);
