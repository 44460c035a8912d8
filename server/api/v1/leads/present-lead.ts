import type * as View from "../../../../shared/v1/lead.ts";
import { type Lead, leadCode } from "../../../domain/leads/lead.ts";
import type { ExplainedScore } from "../../../domain/scoring/lead-score.ts";
import { presentMoney } from "../present-money.ts";

export function presentLead(lead: Lead): View.Lead {
  return {
    id: lead.id,
    code: leadCode(lead.number),
    contact_id: lead.contactId,
    contact_name: lead.contactName,
    organization_id: lead.organizationId,
    owner_user_id: lead.ownerUserId,
    owner_name: lead.ownerName,
    stage: lead.stage,
    source: lead.source,
    need: lead.need,
    budget: lead.budget === null ? null : presentMoney(lead.budget),
    budget_currency: lead.budgetCurrency,
    referral: lead.referral,
    custom: lead.custom,
    closed_at: lead.closedAt,
    version: lead.version,
    created_at: lead.createdAt,
    updated_at: lead.updatedAt,
  };
}

export function presentLeadScore(score: ExplainedScore): View.LeadScore {
  return {
    contact_id: score.contactId,
    lead_score: score.score,
    band: score.band,
    breakdown: score.breakdown,
    reasons: score.reasons,
    computed_at: score.computedAt,
  };
}
