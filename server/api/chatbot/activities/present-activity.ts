import type { ActivityType } from "../../../../shared/activity-types.ts";
import type { Activity } from "../../../domain/activities/activity.ts";

/** The document's created_at is when it happened: the list is sorted by it. */
export function presentActivity(activity: Activity) {
  const contact = { name: activity.contact.name, company: activity.contact.company };
  const deal = activity.deal && { title: activity.deal.title, stage: activity.deal.stage };
  return {
    id: `activity_${activity.id}`,
    contact_id: `contact_${activity.contactId}`,
    deal_id: activity.dealId === null ? null : `deal_${activity.dealId}`,
    activity_type: typeWord(activity.activityType),
    title: activity.title,
    description: activity.description,
    duration_minutes: activity.durationMinutes,
    outcome: activity.outcome,
    created_at: activity.occurredAt,
    contact,
    contacts: contact,
    deal,
    deals: deal,
  };
}

// The document's six words have none for a visit, which is a meeting at somebody's place, nor for the other kind of text message.
function typeWord(type: ActivityType): ActivityType {
  if (type === "visit") return "meeting";
  return type === "sms" ? "whatsapp" : type;
}
