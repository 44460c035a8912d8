import { sql } from "kysely";
import { type NotificationKind, usualWays } from "../../../shared/notification-kinds.ts";
import { prepared } from "../../db/prepared.ts";
import type { Role, TxCtx } from "../context.ts";
import type { Subject } from "../events/record-event.ts";
import { memberSeesSql } from "../reach/member-sees.ts";

export type Notice = {
  /** What happened: "lead.created", "task.due", "deal.created", … */
  kind: NotificationKind;
  title: string;
  body?: string;
  contactId?: number | null;
  /** What it speaks of, to be opened. */
  subject?: Subject;
  /** When that takes place or falls due. */
  happensAt?: string | null;
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

/** The same for many notices, in one statement. Live, mail and push follow by themselves (tell-notifications.ts). */
export async function notifyTeamOfMany(tx: TxCtx, notices: Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const rows = JSON.stringify(notices.map(rowOf));
  await tx.tx.run(insertNotices({ companyId: tx.companyId, rows, now: tx.now().toISOString() }));
  tx.tx.announce("notifications");
}

function rowOf(notice: Notice) {
  const { email, push } = usualWays(notice.kind);
  return {
    kind: notice.kind,
    title: notice.title.slice(0, 200),
    body: (notice.body ?? "").slice(0, 2_000),
    contact_id: notice.contactId ?? null,
    subject_kind: notice.subject?.kind ?? null,
    subject_id: notice.subject?.id ?? null,
    happens_at: notice.happensAt ?? null,
    dedupe_key: notice.dedupeKey,
    user_id: notice.userId ?? null,
    roles: notice.roles ?? ["admin", "manager"],
    email,
    push,
  };
}

// The ways are decided here, once: what somebody switches off later does not call back what was said before.
const insertNotices = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into notifications (company_id, user_id, kind, title, body, contact_id, subject_kind, subject_id, happens_at, dedupe_key,
      created_at, in_app, email, push)
    select m.company_id, m.user_id, r.kind, r.title, r.body, r.contact_id, r.subject_kind, r.subject_id, r.happens_at, r.dedupe_key,
      ${arg("now")}::timestamptz, coalesce((s.ways -> r.kind ->> 'inApp')::boolean, true), coalesce(s.ways -> r.kind ->> 'email', r.email),
      coalesce((s.ways -> r.kind ->> 'push')::boolean, r.push)
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (kind text, title text, body text, contact_id bigint, subject_kind text,
      subject_id bigint, happens_at timestamptz, dedupe_key text, user_id bigint, roles text[], email text, push boolean)
    join memberships m on m.company_id = ${arg("companyId")}::bigint
      and case when r.user_id is null then m.role = any(r.roles) else m.user_id = r.user_id end
    left join notification_settings s on s.company_id = m.company_id and s.user_id = m.user_id
    -- A task is seen by whoever it was given to, whosever its person is.
    where r.subject_kind = 'task' or ${memberSeesSql(sql`r.contact_id`)}
    on conflict (company_id, user_id, dedupe_key) do nothing`,
);
