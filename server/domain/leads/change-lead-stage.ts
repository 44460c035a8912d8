import { closedStages, type Stage } from "../../../shared/stages.ts";
import { getContact } from "../contacts/get-contact.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { duplicateLead } from "./duplicate-lead.ts";
import { findOpenLead, getLead } from "./get-lead.ts";
import type { Lead } from "./lead.ts";
import { lockLead } from "./lock-lead.ts";
import { moveStages } from "./move-stages.ts";

/** Moves a lead, and its person with it. One that has ended is opened again, unless the person has another one open. */
export async function changeLeadStage(
  ctx: Ctx,
  leadId: number,
  stage: Stage,
  options: { reason?: string; ifVersion?: number } = {},
): Promise<Lead> {
  return ctx.transact(async (tx) => {
    await moveLead(tx, await lockLead(tx, leadId, options.ifVersion), stage, options.reason);
    return getLead(tx, leadId);
  });
}

/** The same for a lead that the caller holds. */
export async function moveLead(tx: TxCtx, lead: Lead, stage: Stage, reason?: string): Promise<void> {
  if (lead.stage === stage) return;
  const open = lead.closedAt === null ? undefined : await findOpenLead(tx, lead.contactId);
  if (open && !closedStages.includes(stage)) throw duplicateLead(open);
  const { stage: personFrom } = await getContact(tx, lead.contactId);
  const { id: leadId, contactId, stage: from } = lead;
  const move = { leadId, contactId, from, to: stage, personFrom: open ? null : personFrom };
  await moveStages(tx, [reason === undefined ? move : { ...move, reason }]);
}
