import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { getContact } from "../contacts/get-contact.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { createDeal, type NewDeal } from "../deals/create-deal.ts";
import type { Deal } from "../deals/deal.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { organizationKnown } from "../organizations/organization-written.ts";
import { requireOrganization } from "../organizations/require-organization.ts";
import { moveLead } from "./change-lead-stage.ts";
import { getLead } from "./get-lead.ts";
import { type Lead, leadCode } from "./lead.ts";
import { lockLead } from "./lock-lead.ts";
import { organizationForDeal } from "./organization-for-deal.ts";

export type Conversion = Partial<Pick<NewDeal, "title" | "value" | "currency" | "expectedCloseOn" | "stage">> & {
  /** Somebody else than the lead's person. */
  contactId?: number;
  /** Another organization than the person's. */
  organizationId?: number;
  /** The same by its name, found or made. */
  organization?: string;
};

/**
 * Makes a deal of a lead, once: who comes second is told which deal it became. The lead then counts as qualified, unless it was
 * further already.
 */
export async function convertLead(
  ctx: Ctx,
  leadId: number,
  input: Conversion = {},
  options: { ifVersion?: number } = {},
): Promise<{ lead: Lead; deal: Deal }> {
  return ctx.transact(async (tx) => {
    // Before the lead's row: names are locked before people, and people before leads.
    const organizationId = await chosenOrganization(tx, input);
    const lead = await lockLead(tx, leadId, options.ifVersion);
    if (lead.convertedAt !== null) throw convertedBefore(lead);
    const deal = await makeDeal(tx, lead, input, organizationId);
    // A deal that is won as it is made has moved the lead already.
    const sold = await getLead(tx, leadId);
    if (!isQualified(sold)) await moveLead(tx, sold, "qualified");
    const now = tx.now().toISOString();
    await tx.tx.run(markConverted({ companyId: tx.companyId, leadId, dealId: deal.id, by: actingUserId(tx), now }));
    await recordEvent(tx, {
      type: "lead.converted",
      subject: { kind: "lead", id: leadId },
      contactId: lead.contactId,
      after: { dealId: deal.id },
      data: { lead: leadCode(lead.number), title: deal.title },
    });
    return { lead: await getLead(tx, leadId), deal };
  });
}

async function chosenOrganization(
  tx: TxCtx,
  { organizationId, organization }: Conversion,
): Promise<number | undefined> {
  if (organizationId !== undefined) return (await requireOrganization(tx, "organizationId", organizationId)).id;
  return organization?.trim() ? (await organizationKnown(tx, organization)).id : undefined;
}

async function makeDeal(
  tx: TxCtx,
  lead: Lead,
  { contactId = lead.contactId, organization: _name, ...deal }: Conversion,
  organizationId: number | undefined,
): Promise<Deal> {
  const contact = await getContact(tx, contactId);
  const { organizationName, contactName, estimatedValue, ownerUserId } = lead;
  return createDeal(tx, {
    title: (organizationName || contactName || leadCode(lead.number)).slice(0, 500),
    ...(estimatedValue === null ? {} : { value: estimatedValue }),
    ...(ownerUserId === null ? {} : { ownerUserId }),
    ...deal,
    ...{ contactId, leadId: lead.id },
    organizationId: organizationId ?? (await organizationForDeal(tx, lead, contact)),
  });
}

function convertedBefore({ number, dealId }: Lead): DomainError {
  const became = dealId === null ? "." : `: deal_${dealId}.`;
  return new DomainError({
    kind: "duplicate",
    entity: "deal",
    ...(dealId === null ? {} : { existingId: dealId }),
    message: `${leadCode(number)} was converted to a deal already${became}`,
  });
}

function isQualified({ stage }: Lead): boolean {
  return stage === "qualified" || stage === "sales_qualified" || stage === "opportunity" || stage === "customer";
}

const markConverted = prepared<{ companyId: number; leadId: number; dealId: number; by: number | null; now: string }>()(
  (_db, arg) => sql<never>`
    update leads set converted_at = ${arg("now")}::timestamptz, converted_deal_id = ${arg("dealId")}::bigint, converted_by = ${arg("by")}::bigint,
      activity_count = activity_count + 1, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("leadId")}::bigint`,
);
