import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { lockNote } from "../notes/note-rows.ts";
import { requireVersion } from "../require-version.ts";
import type { Activity } from "./activity.ts";
import { getActivity } from "./get-activity.ts";

/** The activity as it is, held until the transaction ends, after its note. */
export async function lockActivity(tx: TxCtx, activityId: number, ifVersion?: number): Promise<Activity> {
  const { noteId } = await getActivity(tx, activityId);
  if (noteId !== null) await lockNote(tx, noteId);
  const row = await tx.tx.first(activityForUpdate({ companyId: tx.companyId, activityId }));
  if (!row) throw notFound("activity", activityId);
  const activity = await getActivity(tx, activityId);
  requireVersion("activity", activity.version, ifVersion);
  return activity;
}

const activityForUpdate = prepared<{ companyId: number; activityId: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from activities
    where company_id = ${arg("companyId")}::bigint and id = ${arg("activityId")}::bigint and deleted_at is null for update`,
);
