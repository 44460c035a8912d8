import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { inReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";

/** Of each of these people the version and the columns that restoreFields can write back, deleted ones included. */
export async function contactColumnsOf(tx: TxCtx, contactIds: number[]): Promise<Map<number, ContactSnapshot>> {
  const rows = await tx.tx.all(snapshots({ companyId: tx.companyId, contactIds, ...reachArgs(tx) }));
  return new Map(rows.map(({ id, ...snapshot }) => [id, snapshot]));
}

export type ContactSnapshot = { version: number; mergedIntoId: number | null; columns: JsonObject };

// Locked in one order, so that two bulk changes with common people wait instead of blocking each other.
const snapshots = prepared<{ companyId: number; contactIds: number[] } & ReachArgs>()(
  (_db, arg) => sql<ContactSnapshot & { id: number }>`
    select c.id, c.version, c.merged_into_id as "mergedIntoId", jsonb_build_object('name', c.name, 'first_name', c.first_name,
      'last_name', c.last_name, 'phone', c.phone, 'email', c.email, 'position', c.position, 'source', c.source, 'notes', c.notes,
      'organization_id', c.organization_id, 'owner_user_id', c.owner_user_id, 'stage', c.stage, 'country', c.country,
      'language', c.language, 'avatar_url', c.avatar_url, 'custom', c.custom, 'do_not_contact', c.do_not_contact,
      'last_contacted_at', c.last_contacted_at, 'next_follow_up_at', c.next_follow_up_at, 'deleted_at', c.deleted_at) as columns
    from contacts c where c.company_id = ${arg("companyId")}::bigint and c.id = any(${arg("contactIds")}::bigint[])
      and ${inReachSql(arg, sql`c.owner_user_id`)}
    order by c.id for update`,
);
