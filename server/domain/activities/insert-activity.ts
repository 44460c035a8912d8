import { sql } from "kysely";
import type { ActivityDirection, ActivityStatus, ActivityType } from "../../../shared/activity-types.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { activityIntents } from "./activity-intents.ts";

export type ActivityInsert = {
  contactId: number;
  dealId: number | null;
  leadId: number | null;
  taskId?: number | null;
  activityType: ActivityType;
  title: string;
  description: string | null;
  durationMinutes?: number | null | undefined;
  durationSeconds?: number | null | undefined;
  outcome?: string | null | undefined;
  direction?: ActivityDirection | null | undefined;
  status?: ActivityStatus | null | undefined;
  scheduledAt?: string | null | undefined;
  fromName?: string | null | undefined;
  toName?: string | null | undefined;
  phone?: string | null | undefined;
  recordingUrl?: string | null | undefined;
  metadata?: JsonObject | undefined;
  noteId?: number | null;
  messageId?: number | null;
  /** The acting member where not said; null for what nobody of the house did. */
  userId?: number | null;
  occurredAt: string;
};

/** Writes an activity's row and nothing else: whoever calls it has made sure of the rest, and tells it. */
export async function insertActivity(tx: TxCtx, activity: ActivityInsert): Promise<number> {
  const row = await tx.tx.first(insertRow(rowOf(tx, activity)));
  if (!row) throw notFound("contact", activity.contactId);
  return row.id;
}

type Row = Required<Omit<ActivityInsert, "durationMinutes" | "durationSeconds" | "metadata">> & {
  companyId: number;
  durationMinutes: string | null;
  durationSeconds: string | null;
  metadata: string;
  intents: string[];
  now: string;
};

function rowOf(tx: TxCtx, activity: ActivityInsert): Row {
  return {
    companyId: tx.companyId,
    contactId: activity.contactId,
    dealId: activity.dealId,
    leadId: activity.leadId,
    taskId: activity.taskId ?? null,
    activityType: activity.activityType,
    title: activity.title,
    description: activity.description,
    durationMinutes: decimalOf(activity.durationMinutes),
    durationSeconds: decimalOf(activity.durationSeconds),
    outcome: activity.outcome ?? null,
    direction: activity.direction ?? null,
    status: activity.status ?? null,
    scheduledAt: activity.scheduledAt ?? null,
    fromName: activity.fromName ?? null,
    toName: activity.toName ?? null,
    phone: activity.phone ?? null,
    recordingUrl: activity.recordingUrl ?? null,
    metadata: JSON.stringify(activity.metadata ?? {}),
    noteId: activity.noteId ?? null,
    messageId: activity.messageId ?? null,
    intents: activityIntents(activity),
    userId: activity.userId === undefined ? actingUserId(tx) : activity.userId,
    occurredAt: activity.occurredAt,
    now: tx.now().toISOString(),
  };
}

/** A duration as the database takes it, digit for digit. */
export function decimalOf(value: number | null | undefined): string | null {
  return typeof value === "number" ? String(value) : null;
}

const insertRow = prepared<Row>()(
  (_db, arg) => sql<{ id: number }>`
    insert into activities (company_id, contact_id, deal_id, lead_id, task_id, activity_type, title, description, duration_seconds, outcome,
      direction, status, scheduled_at, from_name, to_name, phone, recording_url, metadata, note_id, message_id, intents, user_id,
      occurred_at, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("dealId")}::bigint, ${arg("leadId")}::bigint,
      ${arg("taskId")}::bigint, ${arg("activityType")}::text, ${arg("title")}::text, ${arg("description")}::text,
      coalesce(${arg("durationSeconds")}::numeric, ${arg("durationMinutes")}::numeric * 60), ${arg("outcome")}::text,
      ${arg("direction")}::text, ${arg("status")}::text, ${arg("scheduledAt")}::timestamptz, ${arg("fromName")}::text,
      ${arg("toName")}::text, ${arg("phone")}::text, ${arg("recordingUrl")}::text, ${arg("metadata")}::jsonb, ${arg("noteId")}::bigint,
      ${arg("messageId")}::bigint, ${arg("intents")}::text[], ${arg("userId")}::bigint, ${arg("occurredAt")}::timestamptz,
      ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    returning id`,
);
