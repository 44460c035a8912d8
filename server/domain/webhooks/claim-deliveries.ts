import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** A delivery that this process alone may attempt until its lease ends. */
export type ClaimedWebhook = {
  companyId: number;
  id: number;
  webhookId: number;
  url: string;
  secretSealed: string;
  /** Those that still sign after a rotation, the youngest first. */
  earlierSecretsSealed: string[];
  tries: number;
  leaseExpiresAt: string;
  eventId: number;
  eventType: string;
  actorKind: string;
  actorId: number | null;
  contactId: number | null;
  subjectKind: string;
  subjectId: number;
  before: JsonObject | null;
  after: JsonObject | null;
  data: JsonObject;
  occurredAt: string;
};

export type EndpointKey = { companyId: number; webhookId: number };

export type ClaimQuery = {
  now: Date;
  /** Goes round: the endpoints after this one first. */
  from: EndpointKey;
  /** How many an endpoint may have under way: less what it has already, and few where it is failing. */
  roomOf: (endpoint: WaitingEndpoint) => number;
  limit: number;
};

export type WaitingEndpoint = EndpointKey & { isFailing: boolean };

export type Claim = { deliveries: ClaimedWebhook[]; from: EndpointKey };

export const firstEndpoint: EndpointKey = { companyId: 0, webhookId: 0 };

/** Attempts time out long before. */
const leaseMs = 60_000;
const endpointsAtOnce = 100;

/**
 * Takes what is due, endpoint by endpoint in turn, so that neither a long backlog nor a slow receiver stands before another's. A
 * claim that is never settled is due again when its lease ends.
 */
export async function claimWebhooks(db: Db, { now, from, roomOf, limit }: ClaimQuery): Promise<Claim> {
  const at = now.toISOString();
  const waiting = await db.all(endpointsWaiting({ ...from, now: at, endpointsAtOnce }));
  const last = waiting.at(-1);
  const next =
    last && waiting.length === endpointsAtOnce
      ? { companyId: last.companyId, webhookId: last.webhookId }
      : firstEndpoint;
  let left = limit;
  const wanted = waiting.filter(isSending).flatMap((endpoint) => {
    const room = Math.max(0, Math.min(roomOf(endpoint), left));
    left -= room;
    return room === 0 ? [] : [{ company_id: endpoint.companyId, endpoint_id: endpoint.webhookId, room }];
  });
  if (wanted.length === 0) return { deliveries: [], from: next };
  const leaseExpiresAt = new Date(now.getTime() + leaseMs).toISOString();
  return {
    deliveries: await db.all(claimDue({ wanted: JSON.stringify(wanted), now: at, leaseExpiresAt })),
    from: next,
  };
}

type Waiting = WaitingEndpoint & { isSending: boolean };

function isSending(endpoint: Waiting): boolean {
  return endpoint.isSending;
}

// Steps from endpoint to endpoint over the index of the queue, whatever the length of their backlogs.
const endpointsWaiting = prepared<EndpointKey & { now: string; endpointsAtOnce: number }>()(
  (_db, arg) => sql<Waiting>`
    with recursive waiting (company_id, endpoint_id, step) as (
      (
        select company_id, endpoint_id, 1 from webhook_deliveries
        where state = 'queued' and (company_id, endpoint_id) > (${arg("companyId")}::bigint, ${arg("webhookId")}::bigint)
        order by company_id, endpoint_id limit 1
      )
      union all
      select next.company_id, next.endpoint_id, w.step + 1 from waiting w cross join lateral (
        select d.company_id, d.endpoint_id from webhook_deliveries d
        where d.state = 'queued' and (d.company_id, d.endpoint_id) > (w.company_id, w.endpoint_id)
        order by d.company_id, d.endpoint_id limit 1
      ) next
      where w.step < ${arg("endpointsAtOnce")}::int
    )
    select w.company_id as "companyId", w.endpoint_id as "webhookId", e.failing_since is not null as "isFailing",
      e.deleted_at is null and e.disabled_at is null and e.paused_at is null
        and coalesce(e.resting_until <= ${arg("now")}::timestamptz, true) as "isSending"
    from waiting w join webhook_endpoints e on e.company_id = w.company_id and e.id = w.endpoint_id
    order by w.company_id, w.endpoint_id`,
);

// The lease moves the delivery to the end of its queue, and is the proof of who may say what came of it.
const claimDue = prepared<{ wanted: string; now: string; leaseExpiresAt: string }>()(
  (_db, arg) => sql<ClaimedWebhook>`
    with due as materialized (
      select d.company_id, d.id
      from jsonb_to_recordset(${arg("wanted")}::jsonb) as r (company_id bigint, endpoint_id bigint, room int)
      cross join lateral (
        select q.company_id, q.id from webhook_deliveries q
        where q.company_id = r.company_id and q.endpoint_id = r.endpoint_id and q.state = 'queued'
          and q.next_attempt_at <= ${arg("now")}::timestamptz
        order by q.next_attempt_at, q.id limit r.room for update skip locked
      ) d
    ), taken as (
      update webhook_deliveries d set next_attempt_at = ${arg("leaseExpiresAt")}::timestamptz,
        lease_expires_at = ${arg("leaseExpiresAt")}::timestamptz, attempts = d.attempts + 1, tries = d.tries + 1
      from due where d.company_id = due.company_id and d.id = due.id
      returning d.company_id, d.id, d.endpoint_id, d.event_id, d.tries, d.lease_expires_at
    )
    select t.company_id as "companyId", t.id, t.endpoint_id as "webhookId", w.url, w.secret_sealed as "secretSealed",
      array(
        select e.earlier->>'sealed' from jsonb_array_elements(w.earlier_secrets) with ordinality e (earlier, place)
        where (e.earlier->>'until')::timestamptz > ${arg("now")}::timestamptz order by e.place
      ) as "earlierSecretsSealed",
      t.tries, t.lease_expires_at as "leaseExpiresAt", e.id as "eventId", e.type as "eventType", e.actor_kind as "actorKind",
      e.actor_id as "actorId", e.contact_id as "contactId", e.subject_kind as "subjectKind", e.subject_id as "subjectId",
      e.before, e.after, e.data, e.occurred_at as "occurredAt"
    from taken t
    join webhook_endpoints w on w.company_id = t.company_id and w.id = t.endpoint_id
    join events e on e.company_id = t.company_id and e.id = t.event_id`,
);
