import type * as View from "../../../../shared/v1/activity.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Activity } from "../../../domain/activities/activity.ts";
import type { NewActivity } from "../../../domain/activities/log-activity.ts";
import type { ActivityPatch } from "../../../domain/activities/update-activity.ts";

export function presentActivity(activity: Activity): View.Activity {
  const { contact, deal } = activity;
  return {
    id: activity.id,
    contact_id: activity.contactId,
    deal_id: activity.dealId,
    lead_id: activity.leadId,
    task_id: activity.taskId,
    activity_type: activity.activityType,
    title: activity.title,
    description: activity.description,
    duration_minutes: activity.durationMinutes,
    outcome: activity.outcome,
    intents: activity.intents,
    user_id: activity.userId,
    occurred_at: activity.occurredAt,
    contact: { name: contact.name, company: contact.company },
    deal: deal && { title: deal.title, stage: deal.stage },
    version: activity.version,
    created_at: activity.createdAt,
    updated_at: activity.updatedAt,
  };
}

export function parseActivityPatch(body: View.ActivityPatch): ActivityPatch {
  return withoutUndefined({
    dealId: body.deal_id,
    activityType: body.activity_type,
    title: body.title,
    description: body.description,
    durationMinutes: body.duration_minutes,
    outcome: body.outcome,
    occurredAt: body.occurred_at,
  });
}

export function parseNewActivity(body: View.NewActivity): NewActivity {
  return {
    ...parseActivityPatch(body),
    ...withoutUndefined({ leadId: body.lead_id, taskId: body.task_id }),
    contactId: body.contact_id,
    activityType: body.activity_type,
    title: body.title,
  };
}
