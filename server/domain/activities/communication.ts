import { type RawBuilder, sql } from "kysely";
import type { ActivityDirection, ActivityStatus, ActivityType } from "../../../shared/activity-types.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { memberNameSql } from "../accounts/user.ts";

/** One act of speaking with a person: an activity, or a message of a conversation. */
export type Communication = {
  kind: "activity" | "message";
  /** The activity's or the message's own id. */
  id: number;
  contactId: number;
  type: ActivityType;
  title: string;
  text: string | null;
  direction: ActivityDirection | null;
  status: ActivityStatus | null;
  /** What became of a message, in the channel's words. */
  deliveryStatus: string | null;
  durationSeconds: number | null;
  scheduledAt: string | null;
  outcome: string | null;
  fromName: string | null;
  toName: string | null;
  phone: string | null;
  recordingUrl: string | null;
  metadata: JsonObject;
  leadId: number | null;
  dealId: number | null;
  noteId: number | null;
  messageId: number | null;
  userId: number | null;
  userName: string | null;
  occurredAt: string;
  createdAt: string;
  version: number | null;
};

export type CommunicationRow = Omit<Communication, "durationSeconds"> & { durationSeconds: string | null };

export function communicationOf(row: CommunicationRow): Communication {
  return { ...row, durationSeconds: row.durationSeconds === null ? null : Number(row.durationSeconds) };
}

/** Of `page` (kind, id, at) with its activity `a` or message `m` and the member `u` who did it. */
export const communicationColumns: RawBuilder<unknown> = sql`
  page.kind, page.id, coalesce(a.contact_id, m.contact_id) as "contactId", coalesce(a.activity_type, 'whatsapp') as type,
  coalesce(a.title, left(m.text, 200), case when m.revoked_at is null then '[' || m.type || ']' else '[deleted]' end) as title, coalesce(a.description, m.text) as text,
  coalesce(a.direction, case m.direction when 'in' then 'incoming' when 'out' then 'outgoing' end) as direction,
  coalesce(a.status, case when m.status in ('failed', 'cancelled') then m.status when m.status = 'queued' then 'scheduled'
    when m.id is not null then 'completed' end) as status,
  coalesce(m.status, mail.status) as "deliveryStatus", a.duration_seconds as "durationSeconds", a.scheduled_at as "scheduledAt", a.outcome,
  a.from_name as "fromName", a.to_name as "toName", a.phone, a.recording_url as "recordingUrl",
  coalesce(a.metadata, '{}') as metadata, a.lead_id as "leadId", a.deal_id as "dealId", a.note_id as "noteId",
  coalesce(a.message_id, m.id) as "messageId", u.id as "userId",
  ${memberNameSql(sql`u`)} as "userName", page.at as "occurredAt",
  coalesce(a.created_at, m.created_at) as "createdAt", a.version`;

export const communicationSource: RawBuilder<unknown> = sql`
  left join activities a on page.kind = 'activity' and a.company_id = page.company_id and a.id = page.id
  left join messages m on page.kind = 'message' and m.company_id = page.company_id and m.id = page.id
  left join messages mail on mail.company_id = page.company_id and mail.id = a.message_id
  left join users u on u.id = coalesce(a.user_id, m.author_user_id)`;
