import type * as View from "../../../../shared/v1/activity.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Activity } from "../../../domain/activities/activity.ts";
import type { NewActivity } from "../../../domain/activities/log-activity.ts";
import type { ActivityPatch } from "../../../domain/activities/update-activity.ts";
import type { Ctx } from "../../../domain/context.ts";
import { presentMentionsNotTold } from "../notes/present-mentions.ts";

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
    duration_seconds: activity.durationSeconds,
    outcome: activity.outcome,
    direction: activity.direction,
    status: activity.status,
    scheduled_at: activity.scheduledAt,
    from_name: activity.fromName,
    to_name: activity.toName,
    phone: activity.phone,
    recording_url: activity.recordingUrl,
    metadata: activity.metadata,
    note_id: activity.noteId,
    message_id: activity.messageId,
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

/** One that was just written; a note says whom of those it names nobody tells. */
export async function presentWritten(ctx: Ctx, activity: Activity) {
  return { ...presentActivity(activity), ...(await presentMentionsNotTold(ctx, activity.noteId)) };
}

export function parseActivityPatch(body: View.ActivityPatch): ActivityPatch {
  return withoutUndefined({
    dealId: body.deal_id,
    leadId: body.lead_id,
    activityType: body.activity_type,
    title: body.title,
    description: body.description,
    durationMinutes: body.duration_minutes,
    durationSeconds: body.duration_seconds,
    outcome: body.outcome,
    direction: body.direction,
    status: body.status,
    scheduledAt: body.scheduled_at,
    fromName: body.from_name,
    toName: body.to_name,
    phone: body.phone,
    recordingUrl: body.recording_url,
    metadata: body.metadata,
    occurredAt: body.occurred_at,
  });
}

export function parseNewActivity(body: View.NewActivity): NewActivity {
  return {
    ...parseActivityPatch(body),
    ...withoutUndefined({ taskId: body.task_id }),
    contactId: body.contact_id,
    activityType: body.activity_type,
    title: body.title,
  };
}
