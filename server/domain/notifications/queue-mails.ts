import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { nextDigest, undisturbedUntil } from "./quiet-hours.ts";
import type { Untold } from "./tell-notifications.ts";

/** What comes in one breath goes in one mail. */
const gatherMs = 60_000;

/** One mail waits for each member and cadence; what comes meanwhile goes along, so that only the first of them queues it. */
export async function queueMails(tx: Queries, untold: Untold[], now: Date): Promise<void> {
  const mailed = untold.filter(({ email }) => email !== "off");
  const wanted = new Map(mailed.map((one) => [`${one.companyId} ${one.userId} ${one.email}`, one]));
  if (wanted.size === 0) return;
  const rows = [...wanted.values()].map((one) => ({
    company_id: one.companyId,
    user_id: one.userId,
    cadence: one.email,
    due_at: dueAt(one, now).toISOString(),
  }));
  await tx.run(insertMails({ rows: JSON.stringify(rows), now: now.toISOString() }));
}

function dueAt(one: Untold, now: Date): Date {
  if (one.email === "digest") return nextDigest(one, now);
  return undisturbedUntil(one, new Date(now.getTime() + gatherMs));
}

const insertMails = prepared<{ rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into notification_mails (company_id, user_id, cadence, due_at, created_at)
    select r.company_id, r.user_id, r.cadence, r.due_at, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (company_id bigint, user_id bigint, cadence text, due_at timestamptz)
    on conflict (company_id, user_id, cadence) where state = 'queued' and attempts = 0 do nothing`,
);
