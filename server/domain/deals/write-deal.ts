import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { Deal } from "./deal.ts";

/** Writes what of a deal can be edited; with another person go their organization and their open lead. */
export async function writeDeal(tx: TxCtx, deal: Deal): Promise<void> {
  const custom = JSON.stringify(deal.custom);
  await tx.tx.run(updateDealRow({ ...deal, custom, companyId: tx.companyId, now: tx.now().toISOString() }));
}

type DealWrite = Omit<Deal, "custom" | "contact"> & { companyId: number; custom: string; now: string };

const updateDealRow = prepared<DealWrite>()(
  (_db, arg) => sql<never>`
    update deals d set contact_id = c.id,
      organization_id = case when d.contact_id = c.id then coalesce(d.organization_id, c.organization_id) else c.organization_id end,
      lead_id = case when d.contact_id = c.id then d.lead_id else (select l.id from leads l where l.company_id = c.company_id
        and l.contact_id = c.id and l.closed_at is null and l.deleted_at is null) end,
      pipeline_id = ${arg("pipelineId")}::bigint,
      stage_id = ${arg("stageId")}::bigint, stage = ${arg("stage")}::text, title = ${arg("title")}::text,
      description = ${arg("description")}::text, value = ${arg("value")}::numeric, currency = ${arg("currency")}::text,
      probability = ${arg("probability")}::int, expected_close_on = ${arg("expectedCloseOn")}::date,
      owner_user_id = ${arg("ownerUserId")}::bigint, custom = ${arg("custom")}::jsonb, lost_reason = ${arg("lostReason")}::text,
      closed_at = ${arg("closedAt")}::timestamptz, version = d.version + 1, updated_at = ${arg("now")}::timestamptz
    from contacts c
    where d.company_id = ${arg("companyId")}::bigint and d.id = ${arg("id")}::bigint
      and c.company_id = d.company_id and c.id = ${arg("contactId")}::bigint`,
);
