import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { deleteNote, restoreNote } from "../notes/write-note.ts";
import type { Activity } from "./activity.ts";
import { getActivity } from "./get-activity.ts";
import { lockActivity } from "./lock-activity.ts";
import { noteOfActivity } from "./note-activity.ts";

/** Takes an activity out of the log, with its note where it is one. */
export async function deleteActivity(
  ctx: Ctx,
  activityId: number,
  options: { ifVersion?: number } = {},
): Promise<void> {
  await ctx.transact(async (tx) => {
    const { contactId, title, activityType, noteId, leadId } = await lockActivity(tx, activityId, options.ifVersion);
    if (noteId !== null) return deleteNote(tx, noteId);
    await tx.tx.run(markDeleted({ companyId: tx.companyId, activityId, now: tx.now().toISOString() }));
    await recordEvent(tx, {
      type: "activity.deleted",
      subject: { kind: "activity", id: activityId },
      contactId,
      before: { title, activityType },
      data: leadId === null ? {} : { lead_id: leadId },
    });
  });
}

/** Brings a deleted activity back; one that was not deleted stays as it is. */
export async function restoreActivity(ctx: Ctx, activityId: number): Promise<Activity> {
  return ctx.transact(async (tx) => {
    const noteId = await noteOfActivity(tx, activityId);
    if (noteId !== null) {
      await restoreNote(tx, noteId);
      return getActivity(tx, activityId);
    }
    const args = { companyId: tx.companyId, activityId, now: tx.now().toISOString() };
    const restored = await tx.tx.run(markRestored(args));
    const activity = await getActivity(tx, activityId);
    const subject = { kind: "activity", id: activityId } as const;
    if (restored > 0) await recordEvent(tx, { type: "activity.restored", subject, contactId: activity.contactId });
    return activity;
  });
}

type MarkArgs = { companyId: number; activityId: number; now: string };

const markDeleted = prepared<MarkArgs>()(
  (_db, arg) => sql<never>`
    update activities set deleted_at = ${arg("now")}::timestamptz, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("activityId")}::bigint`,
);

const markRestored = prepared<MarkArgs>()(
  (_db, arg) => sql<never>`
    update activities set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("activityId")}::bigint and deleted_at is not null`,
);
