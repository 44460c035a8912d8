import { moveActivities } from "../activities/move-activities.ts";
import { moveVisits } from "../appointments/move-visits.ts";
import { moveAttachments } from "../attachments/move-attachments.ts";
import { contactColumnsOf } from "../contacts/contact-columns.ts";
import { getContact } from "../contacts/get-contact.ts";
import { markMerged } from "../contacts/mark-merged.ts";
import { moveConsents } from "../contacts/move-consents.ts";
import { identityNamesOf, moveIdentities } from "../contacts/move-identities.ts";
import { recountMessages } from "../contacts/refresh-messaged.ts";
import { fieldsOf } from "../contacts/update-contact.ts";
import { writeContact } from "../contacts/write-contact.ts";
import { writeContactStage } from "../contacts/write-contact-stage.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { moveConversations } from "../conversations/move-conversations.ts";
import { mergeRecords, ownFields } from "../customers/merge-records.ts";
import { moveDeals } from "../deals/move-deals.ts";
import { followMovedMessages } from "../email/follow-moved-messages.ts";
import { changedFields } from "../events/changed-fields.ts";
import { moveEvents } from "../events/move-events.ts";
import { recordEvent } from "../events/record-event.ts";
import { moveLeads } from "../leads/move-leads.ts";
import { moveNotes } from "../notes/move-notes.ts";
import { moveNotifications } from "../notifications/move-notifications.ts";
import { scoreContacts } from "../scoring/score-contacts.ts";
import { copyTags } from "../tags/copy-tags.ts";
import { moveTasks } from "../tasks/move-tasks.ts";
import { filledFields, furtherStage } from "./filled-fields.ts";
import { getMerge } from "./list-merges.ts";
import { conflict, lockPeople, type Pair } from "./lock-people.ts";
import type { Merge } from "./merge.ts";
import type { MergeNote } from "./merge-note.ts";
import { lockMerge, writeDecision } from "./merge-rows.ts";

/**
 * Makes two people one: everything of the one becomes the other's, blanks of the kept person are filled, and all that was done is
 * noted, so that undoMerge takes back exactly this. The merged person is put away under the kept one.
 */
export async function acceptMerge(ctx: Ctx, id: number): Promise<Merge> {
  return ctx.transact(async (tx) => {
    const held = await lockMerge(tx, id);
    if (held.status !== "proposed") throw conflict(`This merge is ${held.status} already.`);
    const pair = await lockPeople(tx, held);
    const undo = await mergeInto(tx, pair);
    await writeDecision(tx, { id, status: "merged", ...pair, undo });
    await recordEvent(tx, {
      type: "contact_merge.accepted",
      subject: { kind: "contact_merge", id },
      contactId: pair.keptId,
      ...undo.fields,
      data: { kept_contact_id: pair.keptId, merged_contact_id: pair.mergedId },
    });
    return getMerge(tx, id);
  });
}

async function mergeInto(tx: TxCtx, { keptId, mergedId }: Pair): Promise<MergeNote> {
  const people = { from: mergedId, to: keptId };
  const identities = await identityNamesOf(tx, [mergedId]);
  // Before the stage is filled in: its trigger writes the record.
  const recordBefore = await ownFields(tx, keptId);
  const fields = await fillKept(tx, { keptId, mergedId });
  await moveIdentities(tx, people, identities);
  const note: MergeNote = {
    identities: identities.map(({ kind, value }) => ({ kind, value })),
    conversations: await moveConversations(tx, people),
    leads: await moveLeads(tx, people),
    deals: await moveDeals(tx, people),
    tasks: await moveTasks(tx, people),
    // Notes before their activities, as everybody holds them.
    notes: await moveNotes(tx, people),
    activities: await moveActivities(tx, people),
    attachments: await moveAttachments(tx, people),
    notifications: await moveNotifications(tx, people),
    consents: await moveConsents(tx, people),
    events: await moveEvents(tx, people),
    tags: await copyTags(tx, people),
    visits: await moveVisits(tx, people),
    record: await mergeRecords(tx, { ...people, before: recordBefore }),
    fields,
  };
  await followMovedMessages(tx, [keptId, mergedId]);
  await markMerged(tx, mergedId, keptId);
  await recountMessages(tx, [keptId, mergedId]);
  await scoreContacts(tx, [keptId]);
  return note;
}

async function fillKept(tx: TxCtx, { keptId, mergedId }: Pair): Promise<MergeNote["fields"]> {
  const before = (await contactColumnsOf(tx, [keptId])).get(keptId)?.columns ?? {};
  const [kept, merged] = [await getContact(tx, keptId), await getContact(tx, mergedId)];
  const fields = filledFields(fieldsOf(kept), fieldsOf(merged));
  if (changedFields(fieldsOf(kept), fields)) await writeContact(tx, keptId, fields);
  const stage = furtherStage(kept.stage, merged.stage);
  if (stage !== kept.stage) await writeContactStage(tx, keptId, stage);
  const after = (await contactColumnsOf(tx, [keptId])).get(keptId)?.columns ?? {};
  return changedFields(before, after) ?? { before: {}, after: {} };
}
