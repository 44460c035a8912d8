import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

const batch = 5_000;

/**
 * A database that was dumped and loaded into another PostgreSQL counts transactions anew, and what came along bears numbers of the
 * future: followers would wait for them, and then tell old things as news. They become the oldest. Nothing to do otherwise, which
 * costs one look at an index. Returns how many lines were mended.
 */
export async function mendJournal(db: Queries): Promise<number> {
  let mended = 0;
  for (let lines = batch; lines === batch; mended += lines) lines = await db.run(ageFutureLines({ batch }));
  await db.run(ageFutureCursors({}));
  return mended;
}

const ageFutureLines = prepared<{ batch: number }>()(
  (_db, arg) => sql<never>`
    update events e set transaction_id = '1'::xid8
    from (
      select company_id, id from events where transaction_id >= pg_snapshot_xmax(pg_current_snapshot())
      order by transaction_id, id limit ${arg("batch")}::int
    ) future
    where e.company_id = future.company_id and e.id = future.id`,
);

const ageFutureCursors = prepared<object>()(
  () => sql<never>`
    update journal_cursors set transaction_id = pg_snapshot_xmin(pg_current_snapshot()), event_id = 0
    where transaction_id > pg_snapshot_xmax(pg_current_snapshot())`,
);
