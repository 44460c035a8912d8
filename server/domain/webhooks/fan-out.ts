import { sql } from "kysely";
import { webhookEventTypes } from "../../../shared/webhook-events.ts";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { moveCursor, takeCursor } from "../events/journal-cursor.ts";
import { readHorizon } from "../events/read-journal.ts";

const cursorName = "webhooks";
const batchSize = 1_000;

export type FanOut = {
  /** Lines of the journal that were read. */
  read: number;
  isMore: boolean;
  /** Committed lines wait for an older transaction to end. */
  held: boolean;
  /** No company has an endpoint that hears anything. */
  isUnheard: boolean;
};

/**
 * Makes deliveries of what happened since the last time. The cursor and the deliveries are one transaction, and whoever holds the
 * cursor's lock is alone: each event becomes one delivery per endpoint, however many processes and crashes there are.
 */
export async function fanOut(db: Db, limit = batchSize): Promise<FanOut> {
  return db.transaction(async (tx) => {
    const after = await takeCursor(tx, cursorName);
    if (!after) return { read: 0, isMore: false, held: false, isUnheard: false };
    const [{ before, fresh, held }, listener] = await Promise.all([readHorizon(tx, after), tx.first(anyListener({}))]);
    const isUnheard = listener === undefined;
    if (!fresh) return { read: 0, isMore: false, held, isUnheard };
    if (isUnheard) {
      await moveCursor(tx, cursorName, { transactionId: before, eventId: 0 });
      return { read: 0, isMore: false, held, isUnheard };
    }
    const batch = { transactionId: String(after.transactionId), eventId: after.eventId, before: String(before), limit };
    const made = await tx.first(queueDeliveries({ ...batch, types: [...webhookEventTypes] }));
    const { read, deliveries, transactionId, eventId } = made ?? {
      read: 0,
      deliveries: 0,
      transactionId: null,
      eventId: 0,
    };
    const isMore = read === limit && transactionId !== null;
    await moveCursor(
      tx,
      cursorName,
      isMore ? { transactionId: BigInt(transactionId), eventId } : { transactionId: before, eventId: 0 },
    );
    if (deliveries > 0) tx.announce("webhook_deliveries");
    return { read, isMore, held, isUnheard };
  });
}

// Most who run this have no webhook, and what nobody hears need not be read. An endpoint that is written just now hears what comes after it.
const anyListener = prepared<object>()(
  () => sql<{ id: number }>`select id from webhook_endpoints where deleted_at is null and disabled_at is null limit 1`,
);

type Batch = { transactionId: string; eventId: number; before: string; limit: number; types: string[] };
type Made = { read: number; deliveries: number; transactionId: string | null; eventId: number };

const queueDeliveries = prepared<Batch>()(
  (_db, arg) => sql<Made>`
    with stretch as materialized (
      select company_id, id, type, transaction_id from events
      where (transaction_id, id) > (${arg("transactionId")}::xid8, ${arg("eventId")}::bigint)
        and transaction_id < ${arg("before")}::xid8
      order by transaction_id, id limit ${arg("limit")}::int
    ), made as (
      insert into webhook_deliveries (company_id, endpoint_id, event_id)
      select s.company_id, w.id, s.id from stretch s
      join webhook_endpoints w on w.company_id = s.company_id and w.deleted_at is null and w.disabled_at is null
        and w.event_types && array[s.type, '*']
      where s.type = any(${arg("types")}::text[])
      order by s.transaction_id, s.id
      on conflict (company_id, endpoint_id, event_id) do nothing
      returning 1
    ), last as (select transaction_id, id from stretch order by transaction_id desc, id desc limit 1)
    select (select count(*) from stretch) as read, (select count(*) from made) as deliveries,
      (select transaction_id::text from last) as "transactionId", coalesce((select id from last), 0) as "eventId"`,
);
