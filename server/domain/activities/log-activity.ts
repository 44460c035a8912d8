import { sql } from "kysely";
import type { ActivityType } from "../../../shared/activity-types.ts";
import { prepared } from "../../db/prepared.ts";
import { touchContacted } from "../contacts/touch-contacted.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { instantOf } from "../instant.ts";
import { getTask } from "../tasks/get-task.ts";
import { resolveSubject, type TaskSubject } from "../tasks/task-subject.ts";
import type { Activity } from "./activity.ts";
import { checkActivityFields } from "./activity-fields.ts";
import { activityIntents } from "./activity-intents.ts";
import { getActivity } from "./get-activity.ts";

export type NewActivity = {
  contactId: number;
  dealId?: number | null;
  leadId?: number | null;
  taskId?: number | null;
  activityType: ActivityType;
  title: string;
  description?: string | null;
  /** Comes back exactly as written. */
  durationMinutes?: number | null;
  /** Free here; each surface has its own words. */
  outcome?: string | null;
  /** Now where not said. */
  occurredAt?: string;
};

/** Writes down what happened. Unless it is a mere note, the person counts as contacted at that time. */
export async function logActivity(ctx: Ctx, input: NewActivity): Promise<Activity> {
  checkActivityFields(input);
  return ctx.transact(async (tx) => {
    const { contactId, dealId = null, leadId = null, taskId = null } = input;
    const subject = await resolveSubject(tx, { contactId, dealId, leadId });
    if (taskId !== null) await getTask(tx, taskId);
    const row = await tx.tx.first(insertActivity(rowOf(tx, input, subject)));
    if (!row) throw notFound("contact", contactId);
    if (input.activityType !== "note") await touchContacted(tx, contactId, new Date(row.occurredAt));
    const activity = await getActivity(tx, row.id);
    const { activityType, title, outcome, durationMinutes } = activity;
    await recordEvent(tx, {
      type: "activity.logged",
      subject: { kind: "activity", id: row.id },
      contactId,
      after: { activityType, title, outcome, durationMinutes },
      occurredAt: new Date(row.occurredAt),
    });
    return activity;
  });
}

type ActivityInsert = Pick<TaskSubject, "dealId" | "leadId"> & {
  companyId: number;
  contactId: number;
  taskId: number | null;
  activityType: ActivityType;
  title: string;
  description: string | null;
  durationMinutes: string | null;
  outcome: string | null;
  intents: string[];
  userId: number | null;
  occurredAt: string;
  now: string;
};

function rowOf(tx: TxCtx, input: NewActivity, subject: TaskSubject): ActivityInsert {
  const { title, description = null } = input;
  return {
    companyId: tx.companyId,
    contactId: input.contactId,
    dealId: subject.dealId,
    leadId: subject.leadId,
    taskId: input.taskId ?? null,
    activityType: input.activityType,
    title,
    description,
    durationMinutes: typeof input.durationMinutes === "number" ? String(input.durationMinutes) : null,
    outcome: input.outcome ?? null,
    intents: activityIntents({ title, description }),
    userId: actingUserId(tx),
    occurredAt: instantOf("occurredAt", input.occurredAt ?? tx.now()),
    now: tx.now().toISOString(),
  };
}

const insertActivity = prepared<ActivityInsert>()(
  (_db, arg) => sql<{ id: number; occurredAt: string }>`
    insert into activities (company_id, contact_id, deal_id, lead_id, task_id, activity_type, title, description, duration_seconds,
      outcome, intents, user_id, occurred_at, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("dealId")}::bigint, ${arg("leadId")}::bigint,
      ${arg("taskId")}::bigint, ${arg("activityType")}::text, ${arg("title")}::text, ${arg("description")}::text,
      ${arg("durationMinutes")}::numeric * 60, ${arg("outcome")}::text, ${arg("intents")}::text[], ${arg("userId")}::bigint,
      ${arg("occurredAt")}::timestamptz, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    returning id, occurred_at as "occurredAt"`,
);
