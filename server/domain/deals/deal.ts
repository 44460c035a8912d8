import { type RawBuilder, sql } from "kysely";
import type { DealStage } from "../../../shared/deal-stages.ts";
import type { JsonObject } from "../../../shared/json.ts";

export type Deal = {
  id: number;
  contactId: number;
  organizationId: number | null;
  leadId: number | null;
  pipelineId: number;
  stageId: number;
  stage: DealStage;
  title: string;
  description: string | null;
  /** Exact decimal text. */
  value: string;
  currency: string;
  probability: number;
  expectedCloseOn: string | null;
  ownerUserId: number | null;
  custom: JsonObject;
  lostReason: string | null;
  closedAt: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
  contact: { name: string; company: string | null; phone: string | null };
};

export type DealRow = Omit<Deal, "contact"> & {
  contactName: string;
  contactCompany: string | null;
  contactPhone: string | null;
};

export const dealColumns: RawBuilder<unknown> = sql`
  d.id, d.contact_id as "contactId", d.organization_id as "organizationId", d.lead_id as "leadId", d.pipeline_id as "pipelineId",
  d.stage_id as "stageId", d.stage, d.title, d.description, trim_scale(d.value) as value, d.currency, d.probability,
  d.expected_close_on as "expectedCloseOn", d.owner_user_id as "ownerUserId", d.custom, d.lost_reason as "lostReason",
  d.closed_at as "closedAt", d.version, d.created_at as "createdAt", d.updated_at as "updatedAt",
  c.name as "contactName", o.name as "contactCompany", c.phone as "contactPhone"`;

// Left joins, although the person is always there: an inner join on two columns is mis-estimated and costs the index its order.
export const dealSource: RawBuilder<unknown> = sql`
  deals d left join contacts c on c.company_id = d.company_id and c.id = d.contact_id
  left join organizations o on o.company_id = c.company_id and o.id = c.organization_id`;

export function dealOf({ contactName, contactCompany, contactPhone, ...deal }: DealRow): Deal {
  return { ...deal, contact: { name: contactName, company: contactCompany, phone: contactPhone } };
}
