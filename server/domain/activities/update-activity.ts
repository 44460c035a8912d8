import type { ActivityDirection, ActivityStatus, ActivityType } from "../../../shared/activity-types.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { touchContacted } from "../contacts/touch-contacted.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { instantOf } from "../instant.ts";
import { resolveSubject } from "../tasks/task-subject.ts";
import type { Activity } from "./activity.ts";
import { checkActivityFields } from "./activity-fields.ts";
import { activityIntents } from "./activity-intents.ts";
import { countsAsContact } from "./counts-as-contact.ts";
import { getActivity } from "./get-activity.ts";
import { lockActivity } from "./lock-activity.ts";
import { pairNote } from "./pair-note.ts";
import { writeActivity } from "./write-activity.ts";

/** Only what is given changes; null clears. The person stays. */
export type ActivityPatch = {
  dealId?: number | null;
  leadId?: number | null;
  activityType?: ActivityType;
  title?: string;
  description?: string | null;
  durationMinutes?: number | null;
  /** Goes before minutes. */
  durationSeconds?: number | null;
  outcome?: string | null;
  direction?: ActivityDirection | null;
  status?: ActivityStatus | null;
  scheduledAt?: string | null;
  fromName?: string | null;
  toName?: string | null;
  phone?: string | null;
  recordingUrl?: string | null;
  metadata?: JsonObject;
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
    const held = await lockActivity(tx, activityId, options.ifVersion);
    const edited = await patched(tx, held, patch);
    const { before, after } = await pairNote(tx, held, edited);
    const change = changedFields(before, after);
    if (!change) return before;
    await writeActivity(tx, after, patch);
    const { contactId } = before;
    if (countsAsContact(after)) await touchContacted(tx, contactId, new Date(after.occurredAt));
    const subject = { kind: "activity", id: activityId } as const;
    await recordEvent(tx, { type: "activity.updated", subject, contactId, ...change });
    return getActivity(tx, activityId);
  });
}

async function patched(tx: TxCtx, before: Activity, patch: ActivityPatch): Promise<Activity> {
  if (before.messageId !== null && patch.activityType !== undefined && patch.activityType !== before.activityType)
    throw invalid("activityType", "What tells of a message keeps its type.");
  const { contactId } = before;
  const { dealId = null, leadId = null } = patch;
  if (dealId !== null || leadId !== null) await resolveSubject(tx, { contactId, dealId, leadId });
  const edited = { ...before, ...withoutUndefined({ ...patch }), ...durationOf(before, patch) };
  const scheduledAt = edited.scheduledAt === null ? null : stored("scheduledAt", edited.scheduledAt);
  const occurredAt = stored("occurredAt", patch.occurredAt ?? whenItHappened(tx, before, { ...edited, scheduledAt }));
  return { ...edited, scheduledAt, occurredAt, intents: activityIntents(edited) };
}

// Both spellings of a duration change together, so that the event tells of them.
function durationOf(before: Activity, { durationMinutes, durationSeconds }: ActivityPatch) {
  if (durationSeconds !== undefined)
    return { durationSeconds, durationMinutes: durationSeconds === null ? null : durationSeconds / 60 };
  if (durationMinutes === undefined || durationMinutes === before.durationMinutes) return {};
  return { durationMinutes, durationSeconds: durationMinutes === null ? null : durationMinutes * 60 };
}

// What was planned and has taken place took place at its time; before that time, now.
function whenItHappened(tx: TxCtx, before: Activity, { status, scheduledAt }: Activity): string {
  const ends = before.status === "scheduled" && status !== "scheduled" && status !== "cancelled";
  if (!ends) return before.occurredAt;
  const now = tx.now();
  return scheduledAt !== null && Date.parse(scheduledAt) <= now.getTime() ? scheduledAt : now.toISOString();
}

// Spelled as the database gives it back, so that an equal time is no change.
function stored(path: string, time: string): string {
  return instantOf(path, time).replace(".000Z", "Z");
}
