import type { JsonObject } from "../../../shared/json.ts";
import type { Stage } from "../../../shared/stages.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { getContact } from "../contacts/get-contact.ts";
import { lockContact } from "../contacts/update-contact.ts";
import { writeContactStage } from "../contacts/write-contact-stage.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { mergeCustom } from "../custom-fields/merge-custom.ts";
import { getLead } from "./get-lead.ts";
import type { Lead } from "./lead.ts";
import { detailsOf } from "./lead-details.ts";
import { checkLeadFields, type LeadPatch } from "./lead-fields.ts";
import { makeRoomForLead } from "./make-room-for-lead.ts";
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
    const { id: contactId, was } = await personForLead(tx, input, asked ?? ownOf(tx));
    const { stage = "new", source, need, budget, budgetCurrency } = input;
    // Nobody else sees yet, or can open a lead for, whom this transaction has made.
    const owner = was === "known" ? await admit(tx, contactId, { stage, asked }) : (asked ?? ownOf(tx));
    if (was === "unknown" && stage !== "new") await writeContactStage(tx, contactId, stage);
    const { id } = await openLead(tx, {
      ...{ contactId, stage, custom, details: detailsOf(input) },
      ...withoutUndefined({ source: source || undefined, need, budget, budgetCurrency }),
      ...owner,
    });
    return getLead(tx, id);
  });
}

/** Refuses who has an open lead, and brings the person in step with the new one; whose it then is. */
async function admit(
  tx: TxCtx,
  contactId: number,
  { stage, asked }: { stage: Stage; asked: Owner | undefined },
): Promise<Owner | undefined> {
  // Nobody opens a lead for them meanwhile: the new row's foreign key waits for this lock.
  await lockContact(tx, contactId);
  await makeRoomForLead(tx, contactId);
  const { ownerUserId } = await getContact(tx, contactId);
  const owner = asked ?? (ownerUserId === null ? ownOf(tx) : undefined);
  await bringPersonInStep(tx, contactId, { stage, ...(owner ? { ownerUserId: owner.ownerUserId } : {}) });
  return owner;
}

/** Whom nobody has is the salesperson's who brings them; managers say whose they are. */
function ownOf({ actor }: TxCtx): Owner | undefined {
  if (actor.kind !== "user" || actor.role !== "salesperson") return undefined;
  return { ownerUserId: actor.userId, ownerName: null };
}
