import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { type Change, changedFields } from "../events/changed-fields.ts";
import { recordEvents } from "../events/record-event.ts";
import { personInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import type { ConversationState } from "./change-conversation.ts";

export type HeldConversation = ConversationState & { id: number; contactId: number };

/** Many conversations, locked in one order. */
export async function lockConversations(tx: TxCtx, ids: number[]): Promise<Map<number, HeldConversation>> {
  const rows = await tx.tx.all(lockAll({ companyId: tx.companyId, ids, ...reachArgs(tx) }));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes what people set on locked conversations, and tells of each that differs; which those are, and how. */
export async function writeConversations(
  tx: TxCtx,
  type: string,
  changes: { held: HeldConversation; next: Partial<ConversationState> }[],
): Promise<Map<number, Change>> {
  const changed = changes.flatMap(({ held, next }) => {
    const after = { ...held, ...next };
    const change = changedFields(held, after);
    return change ? [{ after, change }] : [];
  });
  const rows = JSON.stringify(changed.map(({ after }) => after));
  await tx.tx.run(writeAll({ companyId: tx.companyId, rows, now: tx.now().toISOString() }));
  await recordEvents(
    tx,
    changed.map(({ after: { id, contactId }, change }) => ({
      type,
      subject: { kind: "conversation", id },
      contactId,
      ...change,
    })),
  );
  return new Map(changed.map(({ after: { id }, change }) => [id, change]));
}

const lockAll = prepared<{ companyId: number; ids: number[] } & ReachArgs>()(
  (_db, arg) => sql<HeldConversation>`
    select id, contact_id as "contactId", status, assignee_user_id as "assigneeUserId", snoozed_until as "snoozedUntil",
      bot_enabled as "botEnabled", closed_at as "closedAt"
    from conversations where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])
      and ${personInReachSql(arg, { companyId: sql`company_id`, contactId: sql`contact_id` })}
    order by id for update`,
);

const writeAll = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    update conversations c set status = r.status, assignee_user_id = r."assigneeUserId", snoozed_until = r."snoozedUntil",
      bot_enabled = r."botEnabled", closed_at = r."closedAt", version = c.version + 1, updated_at = ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (id bigint, status text, "assigneeUserId" bigint, "snoozedUntil" timestamptz,
      "botEnabled" boolean, "closedAt" timestamptz)
    where c.company_id = ${arg("companyId")}::bigint and c.id = r.id`,
);
