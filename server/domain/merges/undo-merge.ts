import { isDeepStrictEqual } from "node:util";
import { bringActivitiesToOwnLead, moveActivities } from "../activities/move-activities.ts";
import { moveVisits } from "../appointments/move-visits.ts";
import { moveAttachments } from "../attachments/move-attachments.ts";
import { contactColumnsOf } from "../contacts/contact-columns.ts";
import { lockPair, unmarkMerged } from "../contacts/mark-merged.ts";
import { moveConsents } from "../contacts/move-consents.ts";
import { moveIdentities } from "../contacts/move-identities.ts";
import { recountMessages } from "../contacts/refresh-messaged.ts";
import { restoreFields } from "../contacts/restore-fields.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { lockNames } from "../conversations/lock-names.ts";
import { restoreConversations } from "../conversations/restore-conversations.ts";
import { unmergeRecords } from "../customers/merge-records.ts";
import { moveDeals } from "../deals/move-deals.ts";
import { followMovedMessages } from "../email/follow-moved-messages.ts";
import { moveEvents } from "../events/move-events.ts";
import { recordEvent } from "../events/record-event.ts";
import { moveLeadsBack } from "../leads/move-leads.ts";
import { bringNotesToOwnLead, moveNotes } from "../notes/move-notes.ts";
import { moveNotifications } from "../notifications/move-notifications.ts";
import { scoreContacts } from "../scoring/score-contacts.ts";
import { dropTags } from "../tags/copy-tags.ts";
import { bringTasksToOwnLead, moveTasks } from "../tasks/move-tasks.ts";
import { getMerge } from "./list-merges.ts";
import { conflict, type Pair } from "./lock-people.ts";
import type { Merge } from "./merge.ts";
import type { MergeNote } from "./merge-note.ts";
import { lockMerge, writeDecision } from "./merge-rows.ts";

/**
 * Takes a merge back: what it moved returns, what it filled is blank again unless somebody changed it since. What came later stays
 * with the kept person, except messages from a name that is the other person's again.
 */
export async function undoMerge(ctx: Ctx, id: number): Promise<Merge> {
  return ctx.transact(async (tx) => {
    const { status, undo, keptId, mergedId } = await lockMerge(tx, id);
    if (status !== "merged" || undo === null) throw conflict(`This merge is ${status}; there is nothing to undo.`);
    await lockMerged(tx, { keptId, mergedId }, undo);
    await separate(tx, { keptId, mergedId }, undo);
    await writeDecision(tx, { id, status: "undone", keptId, mergedId, undo: null });
    const data = { kept_contact_id: keptId, merged_contact_id: mergedId };
    await recordEvent(tx, {
      type: "contact_merge.undone",
      subject: { kind: "contact_merge", id },
      contactId: keptId,
      data,
    });
    return getMerge(tx, id);
  });
}

async function lockMerged(tx: TxCtx, { keptId, mergedId }: Pair, note: MergeNote): Promise<void> {
  await lockNames(
    tx,
    note.identities.map(({ kind, value }) => `${kind} ${value}`),
  );
  const kept = (await lockPair(tx, [keptId, mergedId])).find((person) => person.id === keptId);
  if (kept?.mergedIntoId)
    throw conflict(`contact_${keptId} was itself merged into contact_${kept.mergedIntoId}; undo that merge first.`);
  if (kept?.deleted) throw conflict(`contact_${keptId} was deleted; restore them first.`);
}

async function separate(tx: TxCtx, { keptId, mergedId }: Pair, note: MergeNote): Promise<void> {
  const back = { from: keptId, to: mergedId };
  await unmarkMerged(tx, mergedId);
  await moveIdentities(tx, back, note.identities);
  await restoreConversations(
    tx,
    back,
    note.conversations,
    note.identities.map(({ kind, value }) => `${kind} ${value}`),
  );
  await moveLeadsBack(tx, back, note.leads);
  await moveDeals(tx, { ...back, ids: note.deals });
  await moveTasks(tx, { ...back, ids: note.tasks });
  await moveNotes(tx, { ...back, ids: note.notes });
  await moveActivities(tx, { ...back, ids: note.activities });
  await bringTasksToOwnLead(tx, [keptId, mergedId]);
  await bringNotesToOwnLead(tx, [keptId, mergedId]);
  await bringActivitiesToOwnLead(tx, [keptId, mergedId]);
  await moveAttachments(tx, { ...back, ids: note.attachments });
  await moveNotifications(tx, { ...back, ids: note.notifications });
  await moveConsents(tx, { ...back, ids: note.consents });
  await moveEvents(tx, { ...back, ids: note.events });
  await dropTags(tx, keptId, note.tags);
  if (note.visits) await moveVisits(tx, back, note.visits);
  await unfill(tx, keptId, note.fields);
  if (note.record) await unmergeRecords(tx, keptId, note.record);
  await followMovedMessages(tx, [keptId, mergedId]);
  await recountMessages(tx, [keptId, mergedId]);
  // The other person is as they were, score included.
  await scoreContacts(tx, [keptId]);
}

/** Blanks what the merge filled, as far as it still stands there. */
async function unfill(tx: TxCtx, keptId: number, { before, after }: MergeNote["fields"]): Promise<void> {
  const now = (await contactColumnsOf(tx, [keptId])).get(keptId)?.columns ?? {};
  const untouched = Object.entries(before).filter(([column]) => isDeepStrictEqual(now[column], after[column]));
  if (untouched.length > 0) await restoreFields(tx, [{ id: keptId, fields: Object.fromEntries(untouched) }]);
}
