import { ownersOfPeople } from "../contacts/owners-of-people.ts";
import { writeOwners } from "../contacts/write-owners.ts";
import type { TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { isInReach } from "../reach/reach.ts";
import { reachOfMember } from "../reach/reach-of-member.ts";

/**
 * A conversation is seen with its person. Given to somebody who would not see them, a person whom nobody owns becomes theirs; a
 * colleague's stays the colleague's, and the act is refused instead of leading nowhere.
 */
export async function bringIntoReach(tx: TxCtx, userId: number, contactIds: number[]): Promise<void> {
  const reach = await reachOfMember(tx, userId);
  if (reach === undefined || reach.ownerIds === null) return;
  const owners = [...(await ownersOfPeople(tx.tx, tx.companyId, contactIds))];
  const hidden = owners.filter(([, owner]) => !isInReach({ reach }, owner));
  if (hidden.some(([, owner]) => owner !== null))
    throw invalid("assigneeUserId", "This member does not see the person; give them the person first.");
  const changes = hidden.map(([contactId]) => ({ contactId, before: null, after: userId }));
  await writeOwners(tx, changes);
}
