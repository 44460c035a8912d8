import type { ActivityDirection, ActivityStatus, ActivityType } from "../../../shared/activity-types.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { touchContacted } from "../contacts/touch-contacted.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { instantOf } from "../instant.ts";
import { noteTextOf } from "../notes/note-text.ts";
import { storeNote, tellCreated } from "../notes/write-note.ts";
import { getTask } from "../tasks/get-task.ts";
import { resolveSubject } from "../tasks/task-subject.ts";
import type { Activity } from "./activity.ts";
import { checkActivityFields } from "./activity-fields.ts";
import { countsAsContact } from "./counts-as-contact.ts";
import { getActivity } from "./get-activity.ts";
import { type ActivityInsert, insertActivity } from "./insert-activity.ts";

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
  /** Goes before minutes. */
  durationSeconds?: number | null;
  /** Free here; each surface has its own words. */
  outcome?: string | null;
  direction?: ActivityDirection | null;
  status?: ActivityStatus | null;
  scheduledAt?: string | null;
  fromName?: string | null;
  toName?: string | null;
  phone?: string | null;
  recordingUrl?: string | null;
  metadata?: JsonObject;
  /** Now where not said. */
  occurredAt?: string;
};

/** Writes down what happened or is planned. Where the two were in touch, the person counts as contacted at that time. */
export async function logActivity(ctx: Ctx, input: NewActivity): Promise<Activity> {
  checkActivityFields(input);
  return ctx.transact(async (tx) => {
    const { contactId, dealId = null, leadId = null, taskId = null } = input;
    const subject = await resolveSubject(tx, { contactId, dealId, leadId });
    if (taskId !== null) await getTask(tx, taskId);
    const row = rowOf(tx, input, { dealId: subject.dealId, leadId: subject.leadId });
    return row.activityType === "note" ? logNote(tx, row) : logOther(tx, row);
  });
}

function rowOf(tx: TxCtx, input: NewActivity, subject: { dealId: number | null; leadId: number | null }) {
  const { scheduledAt = null, description = null, occurredAt = tx.now() } = input;
  return {
    ...input,
    ...subject,
    description,
    scheduledAt: scheduledAt === null ? null : instantOf("scheduledAt", scheduledAt),
    occurredAt: instantOf("occurredAt", occurredAt),
  } satisfies ActivityInsert;
}

// A note is told as a note, so that one act is one event on whichever surface it was written.
async function logNote(tx: TxCtx, row: ActivityInsert): Promise<Activity> {
  const { contactId, dealId, leadId, occurredAt: createdAt } = row;
  const subject = { contactId, dealId, leadId, organizationId: null };
  const note = await storeNote(tx, subject, { ...noteTextOf(row), createdAt });
  const id = await insertActivity(tx, { ...row, noteId: note.id });
  await tellCreated(tx, note);
  return getActivity(tx, id);
}

async function logOther(tx: TxCtx, row: ActivityInsert): Promise<Activity> {
  const id = await insertActivity(tx, row);
  const activity = await getActivity(tx, id);
  const { contactId, activityType, title, outcome, durationMinutes, direction, status, scheduledAt, leadId } = activity;
  const happenedAt = new Date(row.occurredAt);
  if (countsAsContact(activity)) await touchContacted(tx, contactId, happenedAt);
  const call = direction === null && status === null ? {} : { direction, status, scheduledAt };
  await recordEvent(tx, {
    type: "activity.logged",
    subject: { kind: "activity", id },
    contactId,
    after: { activityType, title, outcome, durationMinutes, ...call },
    data: leadId === null ? {} : { lead_id: leadId },
    occurredAt: happenedAt,
  });
  return activity;
}
