import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { Activity } from "./activity.ts";
import { decimalOf } from "./insert-activity.ts";

type GivenDuration = { durationMinutes?: number | null; durationSeconds?: number | null };

/** Writes what of an activity can be edited. A moved plan is announced anew; a duration that is not given keeps its digits. */
export async function writeActivity(tx: TxCtx, activity: Activity, given: GivenDuration): Promise<void> {
  const { durationMinutes, durationSeconds } = given;
  const args = {
    ...activity,
    companyId: tx.companyId,
    keepsDuration: durationMinutes === undefined && durationSeconds === undefined,
    durationMinutes: durationSeconds === undefined ? decimalOf(durationMinutes) : null,
    durationSeconds: decimalOf(durationSeconds),
    metadata: JSON.stringify(activity.metadata),
    now: tx.now().toISOString(),
  };
  await tx.tx.run(updateRow(args));
}

type ActivityWrite = Omit<Activity, "contact" | "deal" | "durationMinutes" | "durationSeconds" | "metadata"> & {
  companyId: number;
  keepsDuration: boolean;
  durationMinutes: string | null;
  durationSeconds: string | null;
  metadata: string;
  now: string;
};

const updateRow = prepared<ActivityWrite>()(
  (_db, arg) => sql<never>`
    update activities set deal_id = ${arg("dealId")}::bigint, lead_id = ${arg("leadId")}::bigint, activity_type = ${arg("activityType")}::text,
      title = ${arg("title")}::text, description = ${arg("description")}::text,
      duration_seconds = case when ${arg("keepsDuration")}::boolean then duration_seconds
        else coalesce(${arg("durationSeconds")}::numeric, ${arg("durationMinutes")}::numeric * 60) end,
      outcome = ${arg("outcome")}::text, direction = ${arg("direction")}::text, status = ${arg("status")}::text,
      reminded_at = case when scheduled_at is distinct from ${arg("scheduledAt")}::timestamptz then null else reminded_at end,
      scheduled_at = ${arg("scheduledAt")}::timestamptz, from_name = ${arg("fromName")}::text, to_name = ${arg("toName")}::text,
      phone = ${arg("phone")}::text, recording_url = ${arg("recordingUrl")}::text, metadata = ${arg("metadata")}::jsonb,
      note_id = ${arg("noteId")}::bigint, intents = ${arg("intents")}::text[], occurred_at = ${arg("occurredAt")}::timestamptz,
      version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
