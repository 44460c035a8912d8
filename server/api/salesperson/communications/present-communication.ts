import { memberNames } from "../../../domain/accounts/member-names.ts";
import type { Activity } from "../../../domain/activities/activity.ts";
import type { Communication } from "../../../domain/activities/communication.ts";
import type { Ctx } from "../../../domain/context.ts";
import { mentionsNotTold } from "../../../domain/notes/mentions-not-told.ts";
import { idText } from "../read-ids.ts";
import { statusWord, typeWord } from "./communication-words.ts";

export function presentCommunication(communication: Communication) {
  const { kind, id } = communication;
  return {
    // A message's id counts on its own; both stand in one list.
    id: kind === "message" ? `message_${id}` : idText(id),
    customerId: idText(communication.contactId),
    type: typeWord(communication.type),
    direction: communication.direction,
    status: statusWord(communication.status),
    deliveryStatus: communication.deliveryStatus,
    subject: communication.title,
    // A note that has no more than its title says that.
    notes: communication.text ?? (communication.type === "note" ? communication.title : null),
    durationSeconds: communication.durationSeconds,
    scheduledAt: communication.scheduledAt,
    outcome: communication.outcome,
    recordingUrl: communication.recordingUrl,
    phone: communication.phone,
    from: communication.fromName,
    to: communication.toName,
    relatedLeadId: idText(communication.leadId),
    salespersonId: idText(communication.userId),
    salespersonName: communication.userName,
    metadata: communication.metadata,
    occurredAt: communication.occurredAt,
    createdAt: communication.createdAt,
  };
}

/** The same of an activity that was just written. */
export async function presentLogged(ctx: Ctx, activity: Activity) {
  const { activityType: type, description: text, userId } = activity;
  const userName = (await memberNames(ctx, [userId])).get(userId ?? 0) ?? null;
  const notTold = (await mentionsNotTold(ctx, activity.noteId)).map(({ name }) => name);
  return {
    ...presentCommunication({ ...activity, kind: "activity", type, text, deliveryStatus: null, userName }),
    ...(notTold.length > 0 ? { mentionsNotTold: notTold } : {}),
  };
}
