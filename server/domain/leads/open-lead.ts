import type { JsonObject } from "../../../shared/json.ts";
import type { Stage } from "../../../shared/stages.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import type { LeadFields } from "./lead.ts";
import { openLeads } from "./open-leads.ts";

export type NewLead = {
  contactId: number;
  stage: Stage;
  source?: string | null;
  need?: string | null;
  /** Where an ad or a page sent the person from, as the vendor told it. */
  referral?: JsonObject | null;
  /** The person's owner where neither is said. */
  ownerUserId?: number | null;
  /** An owner who is no member. */
  ownerName?: string | null;
  budget?: string | null;
  budgetCurrency?: string | null;
  custom?: JsonObject;
  details?: Partial<Omit<LeadFields, "source" | "ownerUserId">>;
};

/** Opens a lead for a person, or gives the one that is open already. */
export async function openLead(tx: TxCtx, input: NewLead): Promise<{ id: number; number: number }> {
  const [lead] = await openLeads(tx, [input]);
  if (!lead) throw notFound("contact", input.contactId);
  return { id: lead.id, number: lead.number };
}
