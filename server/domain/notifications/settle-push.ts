import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { ClaimedPush } from "./claim-pushes.ts";
import type { PushOutcome } from "./push-message.ts";

const minuteMs = 60_000;
const pausesMs = [minuteMs, 10 * minuteMs, 60 * minuteMs];
const longestPauseMs = 24 * 60 * minuteMs;

/** Writes what came of a push; a browser that is gone is forgotten with all that waited for it. */
export async function settlePush(db: Db, push: ClaimedPush, outcome: PushOutcome, now: Date): Promise<void> {
  const { companyId, id, attempts, subscriptionId } = push;
  const at = now.toISOString();
  switch (outcome.kind) {
    case "gone":
      await db.run(forgetBrowser({ companyId, subscriptionId }));
      return;
    case "sent":
      await db.run(writeOutcome({ companyId, id, attempts, state: "sent", error: null, dueAt: at, now: at }));
      await db.run(noteSent({ companyId, subscriptionId, now: at }));
      return;
    case "refused":
      await db.run(writeOutcome({ companyId, id, attempts, state: "failed", error: outcome.why, dueAt: at, now: at }));
      return;
    case "later": {
      const pauseMs = pausesMs[attempts - 1];
      const waitMs = Math.min(Math.max(pauseMs ?? 0, outcome.retryAfterMs ?? 0), longestPauseMs);
      const dueAt = new Date(now.getTime() + waitMs).toISOString();
      const state = pauseMs === undefined ? "failed" : "queued";
      await db.run(writeOutcome({ companyId, id, attempts, state, error: outcome.why, dueAt, now: at }));
    }
  }
}

const forgetBrowser = prepared<{ companyId: number; subscriptionId: number }>()(
  (_db, arg) => sql<never>`
    delete from push_subscriptions where company_id = ${arg("companyId")}::bigint and id = ${arg("subscriptionId")}::bigint`,
);

type Outcome = {
  companyId: number;
  id: number;
  attempts: number;
  state: string;
  error: string | null;
  dueAt: string;
  now: string;
};

// Only the attempt that it was says so: after its lease another may be under way.
const writeOutcome = prepared<Outcome>()(
  (_db, arg) => sql<never>`
    update push_sends set state = ${arg("state")}::text, error = left(${arg("error")}::text, 500), due_at = ${arg("dueAt")}::timestamptz,
      finished_at = case when ${arg("state")}::text <> 'queued' then ${arg("now")}::timestamptz end
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and attempts = ${arg("attempts")}::smallint
      and state = 'sending'`,
);

const noteSent = prepared<{ companyId: number; subscriptionId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update push_subscriptions set last_sent_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("subscriptionId")}::bigint`,
);
