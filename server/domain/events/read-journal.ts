import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { eventColumns, type JournalEvent } from "./event.ts";
import type { JournalPosition } from "./journal-position.ts";

/** An event with its place in the order in which followers read. */
export type JournalLine = JournalEvent & { companyId: number; transactionId: string };

export type Horizon = {
  /** Every transaction before this one has ended: what it wrote is there to be read, and nothing can appear behind it any more. */
  before: bigint;
  /** There are lines between the reader and the horizon. */
  fresh: boolean;
  /** There are committed lines that an older, still open transaction keeps behind the horizon. */
  held: boolean;
};

export type JournalReads = Pick<Queries, "all" | "first">;

/** How far the journal can be read just now, and whether that is worth it for a reader at this position. */
export async function readHorizon(db: JournalReads, after: JournalPosition): Promise<Horizon> {
  const row = await db.first(horizonAfter(bound(after)));
  return { before: BigInt(row?.before ?? 0), fresh: row?.fresh ?? false, held: row?.held ?? false };
}

export type Stretch = { after: JournalPosition; before: bigint; companyIds: number[]; limit: number };

/** Lines of these companies, in order. */
export async function readJournal(
  db: JournalReads,
  { after, before, companyIds, limit }: Stretch,
): Promise<JournalLine[]> {
  return db.all(linesBetween({ ...bound(after), before: String(before), companyIds, limit }));
}

export type Extent = {
  /** Of all companies, counted up to the limit. */
  lines: number;
  /** Of the one company among them. */
  own: number;
  /** When the first of them was written. */
  since: string | null;
};

/** How much lies between two positions. */
export async function measureStretch(
  db: JournalReads,
  { after, before, companyId, limit }: Omit<Stretch, "companyIds"> & { companyId: number },
): Promise<Extent> {
  const row = await db.first(extentBetween({ ...bound(after), before: String(before), companyId, limit }));
  return row ?? { lines: 0, own: 0, since: null };
}

function bound({ transactionId, eventId }: JournalPosition) {
  return { transactionId: String(transactionId), eventId };
}

type After = { transactionId: string; eventId: number };

// Ordered, although one row is all that is wanted: without it PostgreSQL expects to meet one soon and reads the whole table.
const horizonAfter = prepared<After>()(
  (_db, arg) => sql<{ before: string; fresh: boolean; held: boolean }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as before,
      (
        select id from events where (transaction_id, id) > (${arg("transactionId")}::xid8, ${arg("eventId")}::bigint)
          and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        order by transaction_id, id limit 1
      ) is not null as fresh,
      coalesce((select transaction_id from events order by transaction_id desc, id desc limit 1)
        >= pg_snapshot_xmin(pg_current_snapshot()), false) as held`,
);

const linesBetween = prepared<After & { before: string; companyIds: number[]; limit: number }>()(
  (_db, arg) => sql<JournalLine>`
    select e.company_id as "companyId", e.transaction_id::text as "transactionId", ${eventColumns}
    from events e left join users u on e.actor_kind = 'user' and u.id = e.actor_id
    where (e.transaction_id, e.id) > (${arg("transactionId")}::xid8, ${arg("eventId")}::bigint)
      and e.transaction_id < ${arg("before")}::xid8 and e.company_id = any(${arg("companyIds")}::bigint[])
    order by e.transaction_id, e.id limit ${arg("limit")}::int`,
);

const extentBetween = prepared<After & { before: string; companyId: number; limit: number }>()(
  (_db, arg) => sql<Extent>`
    select count(*) as lines, count(*) filter (where line.company_id = ${arg("companyId")}::bigint) as own,
      min(line.created_at) as since
    from (
      select company_id, created_at from events
      where (transaction_id, id) > (${arg("transactionId")}::xid8, ${arg("eventId")}::bigint)
        and transaction_id < ${arg("before")}::xid8
      order by transaction_id, id limit ${arg("limit")}::int
    ) line`,
);
