import type { JsonObject } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { getContact } from "../contacts/get-contact.ts";
import { lockContact } from "../contacts/update-contact.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { mergeCustom } from "../custom-fields/merge-custom.ts";
import { refuseSecondLead } from "./duplicate-lead.ts";
import { getLead } from "./get-lead.ts";
import type { Lead } from "./lead.ts";
import { detailsOf } from "./lead-details.ts";
import { checkLeadFields, type LeadPatch } from "./lead-fields.ts";
import { openLead } from "./open-lead.ts";
import { bringPersonInStep, personForLead } from "./person-for-lead.ts";
import { type Owner, resolveOwner } from "./resolve-owner.ts";

export type LeadInput = LeadPatch & {
  /** A person who is there already; otherwise found by phone and mail address, or made. */
  contactId?: number;
  custom?: JsonObject;
};

/**
 * A new lead. Who has an open one is refused with its code; somebody known whose leads have all ended gets a further one. The number
 * is taken last, so that the counter is held for little more than the commit.
 */
export async function createLead(ctx: Ctx, input: LeadInput): Promise<Lead> {
  checkLeadFields(input);
  return ctx.transact(async (tx) => {
    const asked = await resolveOwner(tx, input);
    const custom = await mergeCustom(tx, "lead", {}, input.custom ?? {});
    const contactId = await personForLead(tx, input);
    // Nobody opens a lead for them meanwhile: the new row's foreign key waits for this lock.
    await lockContact(tx, contactId);
    await refuseSecondLead(tx, contactId);
    const owner = asked ?? (await ownByDefault(tx, contactId));
    const { stage = "new", source, need, budget, budgetCurrency } = input;
    await bringPersonInStep(tx, contactId, { stage, ...(owner ? { ownerUserId: owner.ownerUserId } : {}) });
    const { id } = await openLead(tx, {
      ...{ contactId, stage, custom, details: detailsOf(input) },
      ...withoutUndefined({ source: source || undefined, need, budget, budgetCurrency }),
      ...owner,
    });
    return getLead(tx, id);
  });
}

/** Whom nobody has is the salesperson's who brings them; managers say whose they are. */
async function ownByDefault(tx: TxCtx, contactId: number): Promise<Owner | undefined> {
  const { actor } = tx;
  if (actor.kind !== "user" || actor.role !== "salesperson") return undefined;
  const { ownerUserId } = await getContact(tx, contactId);
  return ownerUserId === null ? { ownerUserId: actor.userId, ownerName: null } : undefined;
}
