import { sql } from "kysely";
import type { Db, Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { ClaimedWebhook, EndpointKey } from "./claim-deliveries.ts";
import { type Attempted, attemptEntry, judge } from "./delivery-outcome.ts";
import { disableWebhook } from "./disable-webhook.ts";
import { pauseAfter } from "./retry-schedule.ts";

export type Settled = { delivery: ClaimedWebhook; attempted: Attempted };

/** Writes what came of many attempts, in one transaction, and what it says of their endpoints. */
export async function settleDeliveries(db: Db, settled: Settled[], now: Date): Promise<void> {
  if (settled.length === 0) return;
  // In one order, so that two processes that settle the same endpoints cannot wait for each other.
  const ordered = settled.toSorted((one, other) => one.delivery.id - other.delivery.id);
  await db.transaction(async (tx) => {
    await tx.run(
      writeOutcomes({ rows: JSON.stringify(ordered.map((one) => outcomeRow(one, now))), now: now.toISOString() }),
    );
    await writeHealth(tx, ordered, now);
    for (const endpoint of goneEndpoints(ordered)) await disableWebhook(db, tx, endpoint, "gone", now);
    for (const endpoint of await tx.all(
      endpointsGivenUp({ endpoints: keysOf(failing(ordered)), now: now.toISOString() }),
    ))
      await disableWebhook(db, tx, endpoint, "failing", now);
  });
}

function outcomeRow({ delivery, attempted }: Settled, now: Date) {
  const entry = attemptEntry(attempted);
  const verdict = judge(attempted.answer);
  const pauseMs =
    verdict.kind === "failed" ? pauseAfter(delivery.tries, verdict.retryAfterMs, Math.random()) : undefined;
  const goesOn = pauseMs !== undefined;
  const unfinished = goesOn ? "queued" : "failed";
  return {
    company_id: delivery.companyId,
    id: delivery.id,
    lease_expires_at: delivery.leaseExpiresAt,
    state: verdict.kind === "delivered" ? "delivered" : unfinished,
    next_attempt_at: goesOn ? new Date(now.getTime() + pauseMs).toISOString() : null,
    status: entry.status,
    error: entry.error,
    body: entry.body,
    entry,
  };
}

async function writeHealth(tx: Queries, settled: Settled[], now: Date): Promise<void> {
  const at = now.toISOString();
  const succeeded = settled.filter(({ attempted }) => judge(attempted.answer).kind === "delivered");
  if (succeeded.length > 0) await tx.run(markWell({ endpoints: keysOf(succeeded), now: at }));
  const failed = failing(settled);
  if (failed.length === 0) return;
  const rests = failed.map(({ delivery, attempted }) => {
    const verdict = judge(attempted.answer);
    const restMs = verdict.kind === "failed" ? verdict.restMs : undefined;
    return {
      company_id: delivery.companyId,
      endpoint_id: delivery.webhookId,
      resting_until: restMs === undefined ? null : new Date(now.getTime() + restMs).toISOString(),
    };
  });
  await tx.run(markFailing({ rows: JSON.stringify(rests), now: at }));
}

function failing(settled: Settled[]): Settled[] {
  return settled.filter(({ attempted }) => judge(attempted.answer).kind === "failed");
}

function goneEndpoints(settled: Settled[]): EndpointKey[] {
  const gone = settled.filter(({ attempted }) => judge(attempted.answer).kind === "gone");
  return [...new Map(gone.map(({ delivery }) => [delivery.webhookId, delivery])).values()];
}

function keysOf(settled: Settled[]): string {
  const endpoints = new Map(settled.map(({ delivery }) => [delivery.webhookId, delivery]));
  return JSON.stringify(
    [...endpoints.values()].map((one) => ({ company_id: one.companyId, endpoint_id: one.webhookId })),
  );
}

// A late word after the lease ended may still say that it was delivered, but not undo what another attempt found out.
const writeOutcomes = prepared<{ rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    update webhook_deliveries d set state = r.state, next_attempt_at = coalesce(r.next_attempt_at, d.next_attempt_at),
      lease_expires_at = null, response_status = r.status, response_body = r.body, error = r.error,
      attempt_log = (case when jsonb_array_length(d.attempt_log) >= 20 then d.attempt_log - 0 else d.attempt_log end) || r.entry,
      finished_at = case when r.state <> 'queued' then ${arg("now")}::timestamptz end
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (company_id bigint, id bigint, lease_expires_at timestamptz, state text,
      next_attempt_at timestamptz, status int, error text, body text, entry jsonb)
    where d.company_id = r.company_id and d.id = r.id and d.state = 'queued'
      and (d.lease_expires_at = r.lease_expires_at or r.state = 'delivered')`,
);

const markWell = prepared<{ endpoints: string; now: string }>()(
  (_db, arg) => sql<never>`
    update webhook_endpoints w set failing_since = null, resting_until = null, last_delivered_at = ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("endpoints")}::jsonb) as r (company_id bigint, endpoint_id bigint)
    where w.company_id = r.company_id and w.id = r.endpoint_id
      and (w.failing_since is not null or w.last_delivered_at is null
        or w.last_delivered_at < ${arg("now")}::timestamptz - interval '10 seconds')`,
);

const markFailing = prepared<{ rows: string; now: string }>()(
  (_db, arg) => sql<never>`
    update webhook_endpoints w set failing_since = coalesce(w.failing_since, ${arg("now")}::timestamptz),
      resting_until = greatest(w.resting_until, r.resting_until)
    from (
      select company_id, endpoint_id, max(resting_until) as resting_until
      from jsonb_to_recordset(${arg("rows")}::jsonb) as f (company_id bigint, endpoint_id bigint, resting_until timestamptz)
      group by company_id, endpoint_id
    ) r
    where w.company_id = r.company_id and w.id = r.endpoint_id and (w.failing_since is null or r.resting_until is not null)`,
);

const endpointsGivenUp = prepared<{ endpoints: string; now: string }>()(
  (_db, arg) => sql<EndpointKey>`
    select w.company_id as "companyId", w.id as "webhookId" from webhook_endpoints w
    join jsonb_to_recordset(${arg("endpoints")}::jsonb) as r (company_id bigint, endpoint_id bigint)
      on w.company_id = r.company_id and w.id = r.endpoint_id
    where w.failing_since < ${arg("now")}::timestamptz - interval '5 days' and w.disabled_at is null`,
);
