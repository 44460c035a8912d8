import type * as View from "../../../../shared/v1/lead.ts";
import { type Lead, leadCode } from "../../../domain/leads/lead.ts";
import type { LeadStageChange } from "../../../domain/leads/list-stage-changes.ts";
import type { ExplainedScore } from "../../../domain/scoring/lead-score.ts";
import { presentMoney } from "../present-money.ts";

export function presentLead(lead: Lead): View.Lead {
  return {
    id: lead.id,
    code: leadCode(lead.number),
    contact_id: lead.contactId,
    contact_name: lead.contactName,
    first_name: lead.firstName,
    last_name: lead.lastName,
    email: lead.email,
    phone: lead.phone,
    job_title: lead.jobTitle,
    organization_id: lead.organizationId,
    organization: lead.organizationName,
    owner_user_id: lead.ownerUserId,
    owner_name: lead.ownerName,
    stage: lead.stage,
    source: lead.source,
    salutation: lead.salutation,
    gender: lead.gender,
    website: lead.website,
    industry: lead.industry,
    employees: lead.employees,
    annual_revenue: moneyOrNull(lead.annualRevenue),
    territory: lead.territory,
    notes: lead.notes,
    estimated_value: moneyOrNull(lead.estimatedValue),
    metadata: lead.metadata,
    need: lead.need,
    budget: moneyOrNull(lead.budget),
    budget_currency: lead.budgetCurrency,
    referral: lead.referral,
    custom: lead.custom,
    deal_id: lead.dealId,
    converted_at: lead.convertedAt,
    activity_count: lead.activityCount,
    created_by: lead.createdBy,
    closed_at: lead.closedAt,
    version: lead.version,
    created_at: lead.createdAt,
    updated_at: lead.updatedAt,
  };
}

export function presentStageChange(change: LeadStageChange): View.LeadStageChange {
  return {
    id: change.id,
    from: change.from,
    to: change.to,
    reason: change.reason,
    changed_by: change.changedBy,
    changed_by_name: change.changedByName,
    changed_at: change.changedAt,
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

function moneyOrNull(amount: string | null): number | null {
  return amount === null ? null : presentMoney(amount);
}
