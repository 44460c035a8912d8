import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { undisturbedUntil } from "./quiet-hours.ts";
import type { Untold } from "./tell-notifications.ts";

/** More than these at once buzz as one. */
const mostAtOnce = 3;

/** A push for each browser of its reader; a storm is one push that says how many there are. */
export async function queuePushes(tx: Queries, untold: Untold[], now: Date): Promise<void> {
  const wanted = untold.filter(({ push }) => push);
  if (wanted.length === 0) return;
  const rows = [...Map.groupBy(wanted, (one) => `${one.companyId} ${one.userId}`).values()]
    .flatMap(gathered)
    .map(({ one, further }) => ({
      company_id: one.companyId,
      user_id: one.userId,
      notification_id: one.id,
      further,
      due_at: undisturbedUntil(one, now).toISOString(),
    }));
  await tx.run(insertPushes({ rows: JSON.stringify(rows), now: now.toISOString() }));
}

function gathered(own: Untold[]): { one: Untold; further: number }[] {
  const last = own.at(-1);
  if (own.length <= mostAtOnce || !last) return own.map((one) => ({ one, further: 0 }));
  return [{ one: last, further: own.length - 1 }];
}

const insertPushes = prepared<{ rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into push_sends (company_id, subscription_id, notification_id, further, due_at, created_at)
    select r.company_id, s.id, r.notification_id, r.further, r.due_at, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (company_id bigint, user_id bigint, notification_id bigint, further int,
      due_at timestamptz)
    join push_subscriptions s on s.company_id = r.company_id and s.user_id = r.user_id
    on conflict (company_id, subscription_id, notification_id) do nothing`,
);
