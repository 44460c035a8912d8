import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Role, TxCtx } from "../context.ts";

export type Notice = {
  /** What happened: "lead.created", "task.due", "deal.created", … */
  kind: string;
  title: string;
  body?: string;
  contactId?: number | null;
  /** The record it speaks of: each member is told once, however often the step runs. */
  dedupeKey: string;
  /** One member; without, everybody of the roles. */
  userId?: number | null;
  roles?: Role[];
};

/** Tells the team once: its admins and managers, where nothing else is said. */
export async function notifyTeam(tx: TxCtx, notice: Notice): Promise<void> {
  await notifyTeamOfMany(tx, [notice]);
}

/** The same for many notices, in one statement. */
export async function notifyTeamOfMany(tx: TxCtx, notices: Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((notice) => ({
    kind: notice.kind,
    title: notice.title,
    body: notice.body ?? "",
    contact_id: notice.contactId ?? null,
    dedupe_key: notice.dedupeKey,
    user_id: notice.userId ?? null,
    roles: notice.roles ?? ["admin", "manager"],
  }));
  await tx.tx.run(insertNotices({ companyId: tx.companyId, rows: JSON.stringify(rows), now: tx.now().toISOString() }));
}

const insertNotices = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into notifications (company_id, user_id, kind, title, body, contact_id, dedupe_key, created_at)
    select m.company_id, m.user_id, r.kind, r.title, r.body, r.contact_id, r.dedupe_key, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (kind text, title text, body text, contact_id bigint, dedupe_key text,
      user_id bigint, roles text[])
    join memberships m on m.company_id = ${arg("companyId")}::bigint
      and case when r.user_id is null then m.role = any(r.roles) else m.user_id = r.user_id end
    on conflict (company_id, user_id, dedupe_key) do nothing`,
);
