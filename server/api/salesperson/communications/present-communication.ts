import type { Activity } from "../../../domain/activities/activity.ts";
import type { Communication } from "../../../domain/activities/communication.ts";
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
    notes: communication.text,
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
export function presentLogged(activity: Activity) {
  const { activityType: type, description: text } = activity;
  const rest = { kind: "activity", type, text, deliveryStatus: null, userName: null } as const;
  return presentCommunication({ ...activity, ...rest });
}
