import { type RawBuilder, sql } from "kysely";
import type { Json, JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Actor, TxCtx } from "../context.ts";

export type Subject = {
  kind:
    | "contact"
    | "organization"
    | "lead"
    | "deal"
    | "task"
    | "activity"
    | "note"
    | "attachment"
    | "conversation"
    | "message"
    | "channel_account"
    | "user"
    | "company"
    | "tag"
    | "team"
    | "pipeline"
    | "template"
    | "contact_merge"
    | "import"
    | "change_set"
    | "quick_reply"
    | "webhook_endpoint"
    | "service"
    | "location"
    | "provider"
    | "appointment"
    | "form";
  id: number;
};

export type NewEvent = {
  /** noun.past_tense */
  type: string;
  subject: Subject;
  contactId?: number | null;
  before?: JsonObject;
  after?: JsonObject;
  data?: JsonObject;
  /** Told twice, written once. */
  dedupeKey?: string;
  /** Where it happened elsewhere and earlier: a provider's time. */
  occurredAt?: Date;
  /** Where it was not the context's actor: the person who wrote. */
  actor?: Actor;
  /** Where several requests share a transaction. */
  requestId?: string | null;
};

/**
 * Writes the journal: the one source of timeline, audit and everything that reacts. In the same transaction as the change; sent
 * without waiting for the answer, which comes with the commit's.
 */
export async function recordEvent(tx: TxCtx, event: NewEvent): Promise<void> {
  await recordEvents(tx, [event]);
}

export async function recordEvents(tx: TxCtx, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  tx.tx.announce("events");
  const rows = JSON.stringify(events.map((event) => eventRow(tx, event)));
  tx.tx.run(insertEvents({ companyId: tx.companyId, rows })).catch(() => {});
}

/** What stands with an event that a statement of another table writes along, so that its row is told in the same round trip. */
export type EventOrigin = { actorKind: string; actorId: number | null; requestId: string | null; occurredAt: string };

export function originOf(tx: TxCtx): EventOrigin {
  tx.tx.announce("events");
  const { actor, requestId = null } = tx;
  return { actorKind: actor.kind, actorId: actorIdOf(actor), requestId, occurredAt: tx.now().toISOString() };
}

type OriginArgument = <Key extends keyof EventOrigin>(key: Key) => EventOrigin[Key];

/** `rows` gives company, person, subject's id, after and data, in this order. */
export function insertEventsSql(
  { type, subject }: { type: string; subject: Subject["kind"] },
  rows: RawBuilder<unknown>,
  arg: OriginArgument,
): RawBuilder<unknown> {
  return sql`
    insert into events (company_id, contact_id, subject_id, after, data, type, subject_kind, actor_kind, actor_id, request_id, occurred_at)
    select r.*, ${sql.lit(type)}, ${sql.lit(subject)}, ${arg("actorKind")}::text, ${arg("actorId")}::bigint, ${arg("requestId")}::text,
      ${arg("occurredAt")}::timestamptz
    from (${rows}) r`;
}

const insertEvents = prepared<BatchArguments>()((_db, arg) => sql<never>`${insertEventsOnce(arg)}`);

type BatchArguments = { companyId: number; rows: string };

/** For `eventRow`s: writes those whose dedupe key is new. */
export function insertEventsOnce(
  arg: <Key extends keyof BatchArguments>(key: Key) => BatchArguments[Key],
): RawBuilder<unknown> {
  return sql`
    insert into events (company_id, type, actor_kind, actor_id, contact_id, subject_kind, subject_id, before, after, data,
      request_id, dedupe_key, occurred_at)
    select ${arg("companyId")}::bigint, r.type, r.actor_kind, r.actor_id, r.contact_id, r.subject_kind, r.subject_id, r.before, r.after,
      coalesce(r.data, '{}'), r.request_id, r.dedupe_key, r.occurred_at
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (type text, actor_kind text, actor_id bigint, contact_id bigint,
      subject_kind text, subject_id bigint, before jsonb, after jsonb, data jsonb, request_id text, dedupe_key text, occurred_at timestamptz)
    on conflict (company_id, dedupe_key) where dedupe_key is not null do nothing`;
}

/** An event as `insertEventsOnce` takes it. */
export function eventRow(tx: TxCtx, event: NewEvent): Record<string, Json | undefined> {
  const actor = event.actor ?? tx.actor;
  return {
    type: event.type,
    actor_kind: actor.kind,
    actor_id: actorIdOf(actor),
    contact_id: event.contactId ?? (event.subject.kind === "contact" ? event.subject.id : null),
    subject_kind: event.subject.kind,
    subject_id: event.subject.id,
    before: event.before,
    after: event.after,
    data: event.data,
    request_id: event.requestId ?? tx.requestId ?? null,
    dedupe_key: event.dedupeKey ?? null,
    occurred_at: (event.occurredAt ?? tx.now()).toISOString(),
  };
}

export function actorIdOf(actor: Actor): number | null {
  switch (actor.kind) {
    case "user":
      return actor.userId;
    case "api_key":
      return actor.keyId;
    case "contact":
      return actor.contactId;
    case "open":
    case "system":
      return null;
  }
}
