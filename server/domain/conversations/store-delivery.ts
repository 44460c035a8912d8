import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type Delivery = {
  provider: "whatsapp_cloud" | "whatsapp_gateway";
  /** Known at once only where the secret says it. */
  companyId: number | null;
  /** The bytes as they came, so that they can be replayed after a parser was mended. */
  body: Buffer;
  receivedAt: Date;
};

type Waiting = { delivery: Delivery; resolve: () => void; reject: (error: unknown) => void };

const maxBatch = 500;
const maxBatchBytes = 8 * 1024 * 1024;

/**
 * Stores webhook bodies durably; the promise settles when the row is committed. What arrives while a write is under way goes into
 * the next one (measured: 3.1 k bodies/s one by one, 39 k/s in batches of 100), so nobody waits for a timer.
 */
export function createDeliveryStore(db: Queries, onStored: () => void): (delivery: Delivery) => Promise<void> {
  const queue: Waiting[] = [];
  let writing = false;

  const flush = async (): Promise<void> => {
    writing = true;
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      await db.run(insertDeliveries(columnsOf(batch))).then(
        () => {
          for (const waiting of batch) waiting.resolve();
          onStored();
        },
        (error: unknown) => {
          for (const waiting of batch) waiting.reject(error);
        },
      );
    }
    writing = false;
  };

  return (delivery) =>
    new Promise((resolve, reject) => {
      queue.push({ delivery, resolve, reject });
      if (!writing) void flush();
    });
}

function takeBatch(queue: Waiting[]): Waiting[] {
  let bytes = 0;
  const end = queue.findIndex((waiting, index) => {
    bytes += waiting.delivery.body.length;
    return index >= maxBatch || (index > 0 && bytes > maxBatchBytes);
  });
  return queue.splice(0, end === -1 ? queue.length : end);
}

function columnsOf(batch: Waiting[]) {
  return {
    providers: batch.map(({ delivery }) => delivery.provider),
    companyIds: batch.map(({ delivery }) => delivery.companyId),
    bodies: batch.map(({ delivery }) => delivery.body),
    times: batch.map(({ delivery }) => delivery.receivedAt.toISOString()),
  };
}

const insertDeliveries = prepared<{
  providers: string[];
  companyIds: (number | null)[];
  bodies: Buffer[];
  times: string[];
}>()(
  (_db, arg) => sql<never>`
    insert into inbound_deliveries (provider, company_id, body, received_at)
    select * from unnest(${arg("providers")}::text[], ${arg("companyIds")}::bigint[], ${arg("bodies")}::bytea[], ${arg("times")}::timestamptz[])`,
);
