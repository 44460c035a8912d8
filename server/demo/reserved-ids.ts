import { sql } from "kysely";
import type { Queries } from "../db/connection.ts";
import { prepared } from "../db/prepared.ts";

/** More than the demo needs; a number that stays unused harms nobody. */
const counts = { organizations: 60, leads: 250, conversations: 250, messages: 3_000, notes: 150, tags: 20 };

export type ReservedTable = keyof typeof counts;

/** Gives the next id of a table, as its sequence does. */
export type TakeId = (table: ReservedTable) => number;

export async function reserveIds(tx: Queries): Promise<TakeId> {
  const pools = new Map<ReservedTable, number[]>();
  for (const table of ["organizations", "leads", "conversations", "messages", "notes", "tags"] as const) {
    const rows = await tx.all(takeNumbers({ sequence: `${table}_id_seq`, count: counts[table] }));
    pools.set(
      table,
      rows.map(({ id }) => id),
    );
  }
  return (table) => {
    const id = pools.get(table)?.shift();
    if (id === undefined) throw new Error(`The demo has more ${table} than ids were reserved for.`);
    return id;
  };
}

const takeNumbers = prepared<{ sequence: string; count: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select nextval(${arg("sequence")}::text::regclass) as id from generate_series(1, ${arg("count")}::int)`,
);
