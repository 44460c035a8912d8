import type * as View from "../../../../shared/v1/deal.ts";
import type { Deal } from "../../../domain/deals/deal.ts";
import { presentMoney } from "../present-money.ts";

export function presentDeal(deal: Deal): View.Deal {
  return {
    id: deal.id,
    contact_id: deal.contactId,
    organization_id: deal.organizationId,
    lead_id: deal.leadId,
    pipeline_id: deal.pipelineId,
    stage_id: deal.stageId,
    stage: deal.stage,
    title: deal.title,
    description: deal.description,
    value: presentMoney(deal.value),
    currency: deal.currency,
    probability: deal.probability,
    expected_close_on: deal.expectedCloseOn,
    owner_user_id: deal.ownerUserId,
    lost_reason: deal.lostReason,
    closed_at: deal.closedAt,
    custom: deal.custom,
    contact: { name: deal.contact.name, company: deal.contact.company, phone: deal.contact.phone },
    version: deal.version,
    created_at: deal.createdAt,
    updated_at: deal.updatedAt,
  };
}
