import type * as Body from "../../../../shared/v1/lead.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { LeadAction, LeadSelection } from "../../../domain/change-sets/change-leads.ts";
import { invalid } from "../../../domain/domain-error.ts";
import type { Conversion } from "../../../domain/leads/convert-lead.ts";
import type { LeadInput } from "../../../domain/leads/create-lead.ts";
import type { LeadEdit } from "../../../domain/leads/update-lead.ts";
import { parseMoney } from "../present-money.ts";

export function parseNewLead(body: Body.NewLead): LeadInput {
  return withoutUndefined({ contactId: body.contact_id, ...leadFields(body) });
}

export function parseLeadPatch(body: Body.LeadPatch): LeadEdit {
  return withoutUndefined({ ...leadFields(body), stageReason: body.stage_reason });
}

function leadFields(body: Body.NewLead) {
  const { name, email, phone, organization, owner, stage, source, salutation, gender, website, industry } = body;
  const { employees, territory, notes, metadata, need, custom } = body;
  return {
    ...{ name, email, phone, organization, owner, stage, source, salutation, gender, website, industry },
    ...{ employees, territory, notes, metadata, need, custom },
    firstName: body.first_name,
    lastName: body.last_name,
    jobTitle: body.job_title,
    organizationId: body.organization_id,
    ownerUserId: body.owner_user_id,
    annualRevenue: moneyOrNull(body.annual_revenue),
    estimatedValue: moneyOrNull(body.estimated_value),
    budget: moneyOrNull(body.budget),
    budgetCurrency: body.budget_currency,
  };
}

export function parseConversion(body: Body.LeadConversion): Conversion {
  const { title, currency, stage, organization } = body;
  return withoutUndefined({
    ...{ title, currency, stage, organization },
    contactId: body.contact_id,
    organizationId: body.organization_id,
    value: parseMoney(body.value),
    expectedCloseOn: body.expected_close_on,
  });
}

export function parseLeadSelection({ ids, filter }: Body.LeadBulk): LeadSelection {
  if (ids !== undefined && filter !== undefined) throw invalid("filter", "filter and ids exclude each other");
  if (ids !== undefined) return { ids };
  if (filter === undefined) throw invalid("ids", "ids or a filter must say which");
  const { stage, owner_user_id: ownerUserId, source } = filter;
  return { filter: withoutUndefined({ stage, ownerUserId, source }) };
}

export function parseLeadAction(body: Body.LeadBulk): LeadAction {
  const { stage, owner, owner_user_id: ownerUserId, reason } = body;
  if (body.action === "assign") return { type: "assign", ...withoutUndefined({ ownerUserId, owner }) };
  if (stage === undefined) throw invalid("stage", "stage is needed for this action");
  return { type: "set_stage", stage, ...withoutUndefined({ reason }) };
}

function moneyOrNull(amount: number | string | null | undefined): string | null | undefined {
  return amount === null ? null : parseMoney(amount);
}
