import { sql } from "kysely";
import type { ActivityType } from "../../../shared/activity-types.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { instantOf } from "../instant.ts";
import { requireVersion } from "../require-version.ts";
import { resolveSubject } from "../tasks/task-subject.ts";
import type { Activity } from "./activity.ts";
import { checkActivityFields } from "./activity-fields.ts";
import { activityIntents } from "./activity-intents.ts";
import { getActivity } from "./get-activity.ts";

/** Only what is given changes; null clears. The person stays. */
export type ActivityPatch = {
  dealId?: number | null;
  activityType?: ActivityType;
  title?: string;
  description?: string | null;
  durationMinutes?: number | null;
  outcome?: string | null;
  occurredAt?: string;
};

type EditOptions = { ifVersion?: number };

export async function updateActivity(
  ctx: Ctx,
  activityId: number,
  patch: ActivityPatch,
  options: EditOptions = {},
): Promise<Activity> {
  checkActivityFields(patch);
  return ctx.transact(async (tx) => {
    const before = await lockActivity(tx, activityId, options);
    const { contactId, leadId } = before;
    if (patch.dealId) await resolveSubject(tx, { contactId, leadId, dealId: patch.dealId });
    const edited = { ...before, ...withoutUndefined({ ...patch }) };
    const occurredAt = instantOf("occurredAt", edited.occurredAt).replace(".000Z", "Z");
    const after = { ...edited, occurredAt, intents: activityIntents(edited) };
    const change = changedFields(before, after);
    if (!change) return before;
    await tx.tx.run(updateActivityRow(writeOf(tx, after)));
    await recordEvent(tx, {
      type: "activity.updated",
      subject: { kind: "activity", id: activityId },
      contactId,
      ...change,
    });
    return getActivity(tx, activityId);
  });
}

export async function deleteActivity(ctx: Ctx, activityId: number, options: EditOptions = {}): Promise<void> {
  await ctx.transact(async (tx) => {
    const { contactId, title, activityType } = await lockActivity(tx, activityId, options);
    await tx.tx.run(markDeleted({ companyId: tx.companyId, activityId, now: tx.now().toISOString() }));
    const subject = { kind: "activity", id: activityId } as const;
    await recordEvent(tx, { type: "activity.deleted", subject, contactId, before: { title, activityType } });
  });
}

/** Brings a deleted activity back; one that was not deleted stays as it is. */
export async function restoreActivity(ctx: Ctx, activityId: number): Promise<Activity> {
  return ctx.transact(async (tx) => {
    const args = { companyId: tx.companyId, activityId, now: tx.now().toISOString() };
    const restored = await tx.tx.first(markRestored(args));
    const activity = await getActivity(tx, activityId);
    const subject = { kind: "activity", id: activityId } as const;
    if (restored) await recordEvent(tx, { type: "activity.restored", subject, contactId: activity.contactId });
    return activity;
  });
}

async function lockActivity(tx: TxCtx, activityId: number, options: EditOptions): Promise<Activity> {
  const row = await tx.tx.first(activityForUpdate({ companyId: tx.companyId, activityId }));
  if (!row) throw notFound("activity", activityId);
  const activity = await getActivity(tx, activityId);
  requireVersion("activity", activity.version, options.ifVersion);
  return activity;
}

const activityForUpdate = prepared<{ companyId: number; activityId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from activities
    where company_id = ${arg("companyId")}::bigint and id = ${arg("activityId")}::bigint and deleted_at is null for update`,
);

type ActivityWrite = Pick<
  Activity,
  "id" | "dealId" | "activityType" | "title" | "description" | "outcome" | "intents" | "occurredAt"
> & { companyId: number; durationMinutes: string | null; now: string };

function writeOf(tx: TxCtx, activity: Activity): ActivityWrite {
  const { durationMinutes } = activity;
  return {
    ...activity,
    companyId: tx.companyId,
    durationMinutes: durationMinutes === null ? null : String(durationMinutes),
    now: tx.now().toISOString(),
  };
}

const updateActivityRow = prepared<ActivityWrite>()(
  (_db, arg) => sql<never>`
    update activities set deal_id = ${arg("dealId")}::bigint, activity_type = ${arg("activityType")}::text,
      title = ${arg("title")}::text, description = ${arg("description")}::text,
      duration_seconds = ${arg("durationMinutes")}::numeric * 60, outcome = ${arg("outcome")}::text,
      intents = ${arg("intents")}::text[], occurred_at = ${arg("occurredAt")}::timestamptz, version = version + 1,
      updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const markDeleted = prepared<{ companyId: number; activityId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update activities set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("activityId")}::bigint`,
);

const markRestored = prepared<{ companyId: number; activityId: number; now: string }>()(
  (_db, arg) => sql<{ id: number }>`
    update activities set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("activityId")}::bigint and deleted_at is not null
    returning id`,
);
