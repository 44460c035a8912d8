import { closedStages, type Stage } from "../../../shared/stages.ts";
import { writeOwners } from "../contacts/write-owners.ts";
import type { TxCtx } from "../context.ts";
import type { HeldLead } from "./hold-leads.ts";
import { moveStages } from "./move-stages.ts";
import type { Owner } from "./resolve-owner.ts";
import { writeLeadOwners } from "./write-lead-owners.ts";

/** Gives held leads to their new owners, and the people of open ones with them. */
export async function assignLeads(tx: TxCtx, wanted: { held: HeldLead; owner: Owner }[]): Promise<void> {
  await writeLeadOwners(
    tx,
    wanted.map(({ held, owner }) => ({
      leadId: held.id,
      contactId: held.contactId,
      before: ownerOf(held),
      after: owner,
    })),
  );
  await writeOwners(
    tx,
    wanted.flatMap(({ held, owner }) =>
      held.closedAt !== null || held.personOwner === owner.ownerUserId
        ? []
        : [{ contactId: held.contactId, before: held.personOwner, after: owner.ownerUserId }],
    ),
  );
}

export function ownerOf({ ownerUserId, ownerName }: HeldLead): Owner {
  return { ownerUserId, ownerName };
}

/** Moves held leads, and the people whose stage they tell. */
export async function moveHeldLeads(
  tx: TxCtx,
  wanted: { held: HeldLead; stage: Stage }[],
  reason?: string,
): Promise<void> {
  await moveStages(
    tx,
    wanted.map(({ held, stage }) => ({
      ...{ leadId: held.id, contactId: held.contactId, from: held.stage, to: stage },
      personFrom: held.isCurrent ? held.personStage : null,
      ...(reason === undefined ? {} : { reason }),
    })),
  );
}

/** A person has one open lead at most: an ended one opens again only where nothing came after it. */
export function mayMove({ closedAt, isCurrent }: HeldLead, stage: Stage): boolean {
  return closedAt === null || isCurrent || closedStages.includes(stage);
}
