import { type RawBuilder, sql } from "kysely";
import type { ActivityDirection, ActivityStatus, ActivityType } from "../../../shared/activity-types.ts";
import type { DealStage } from "../../../shared/deal-stages.ts";
import type { JsonObject } from "../../../shared/json.ts";

/** What happened with a person, or is planned with them; what is to do is a task. */
export type Activity = {
  id: number;
  contactId: number;
  dealId: number | null;
  leadId: number | null;
  taskId: number | null;
  activityType: ActivityType;
  title: string;
  description: string | null;
  durationMinutes: number | null;
  durationSeconds: number | null;
  outcome: string | null;
  direction: ActivityDirection | null;
  /** Null where it simply happened. */
  status: ActivityStatus | null;
  scheduledAt: string | null;
  /** Who spoke with whom, as it was written down, and on which number. */
  fromName: string | null;
  toName: string | null;
  phone: string | null;
  recordingUrl: string | null;
  metadata: JsonObject;
  /** The note or the message that it tells of. */
  noteId: number | null;
  messageId: number | null;
  intents: string[];
  userId: number | null;
  occurredAt: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  contact: { name: string; company: string | null };
  deal: { title: string; stage: DealStage } | null;
};

export type ActivityRow = Omit<Activity, "contact" | "deal" | "durationMinutes" | "durationSeconds"> & {
  /** Decimal text: a duration is kept exact. */
  durationMinutes: string | null;
  durationSeconds: string | null;
  contactName: string;
  contactCompany: string | null;
  dealTitle: string | null;
  dealStage: DealStage | null;
};

export const activityColumns: RawBuilder<unknown> = sql`
  a.id, a.contact_id as "contactId", a.deal_id as "dealId", a.lead_id as "leadId", a.task_id as "taskId",
  a.activity_type as "activityType", a.title, a.description, a.duration_seconds / 60 as "durationMinutes",
  a.duration_seconds as "durationSeconds", a.outcome, a.direction, a.status, a.scheduled_at as "scheduledAt", a.from_name as "fromName",
  a.to_name as "toName", a.phone, a.recording_url as "recordingUrl", a.metadata, a.note_id as "noteId", a.message_id as "messageId",
  a.intents, a.user_id as "userId", a.occurred_at as "occurredAt", a.version, a.created_at as "createdAt", a.updated_at as "updatedAt",
  c.name as "contactName", o.name as "contactCompany", d.title as "dealTitle", d.stage as "dealStage"`;

export const activitySource: RawBuilder<unknown> = sql`
  activities a left join contacts c on c.company_id = a.company_id and c.id = a.contact_id
  left join organizations o on o.company_id = c.company_id and o.id = c.organization_id
  left join deals d on d.company_id = a.company_id and d.id = a.deal_id`;

export function activityOf(row: ActivityRow): Activity {
  const { contactName, contactCompany, dealTitle, dealStage, durationMinutes, durationSeconds, ...activity } = row;
  return {
    ...activity,
    durationMinutes: durationMinutes === null ? null : Number(durationMinutes),
    durationSeconds: durationSeconds === null ? null : Number(durationSeconds),
    contact: { name: contactName, company: contactCompany },
    deal: dealTitle === null || dealStage === null ? null : { title: dealTitle, stage: dealStage },
  };
}
