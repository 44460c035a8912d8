import type { Contact } from "../contacts/contact.ts";
import type { TxCtx } from "../context.ts";
import { getOrganization } from "../organizations/get-organization.ts";
import { updateOrganization } from "../organizations/update-organization.ts";
import type { Lead } from "./lead.ts";

/** The lead's organization, which gets from the lead what it does not say of itself; else that of the deal's person. */
export async function organizationForDeal(tx: TxCtx, lead: Lead, contact: Contact): Promise<number | null> {
  if (lead.organizationId === null) return contact.organizationId;
  const { website, industry, size } = await getOrganization(tx, lead.organizationId);
  await updateOrganization(tx, lead.organizationId, {
    website: website || lead.website || null,
    industry: industry || lead.industry || null,
    size: size || lead.employees.slice(0, 100) || null,
  });
  return lead.organizationId;
}
