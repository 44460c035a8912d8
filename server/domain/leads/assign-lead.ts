import type { TxCtx } from "../context.ts";
import type { Lead } from "./lead.ts";
import { bringPersonInStep } from "./person-for-lead.ts";
import type { Owner } from "./resolve-owner.ts";
import { writeLeadOwners } from "./write-lead-owners.ts";

/** Gives a lead, which the caller holds, to somebody; while it is open its person goes along, so that the new owner sees them. */
export async function assignLead(tx: TxCtx, lead: Lead, owner: Owner): Promise<void> {
  const before = { ownerUserId: lead.ownerUserId, ownerName: lead.ownerUserId === null ? lead.ownerName : null };
  const { id: leadId, contactId } = lead;
  if (lead.closedAt === null) await bringPersonInStep(tx, contactId, { ownerUserId: owner.ownerUserId });
  if (before.ownerUserId === owner.ownerUserId && before.ownerName === owner.ownerName) return;
  await writeLeadOwners(tx, [{ leadId, contactId, before, after: owner }]);
}
