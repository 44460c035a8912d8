import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type InboundTrouble = { id: number; state: string; received_at: string; error: string | null };

/** The newest webhook bodies that need a person. */
export async function listInboundTrouble(db: Queries, limit: number): Promise<InboundTrouble[]> {
  return db.all(selectTrouble({ limit }));
}

const selectTrouble = prepared<{ limit: number }>()(
  (_db, arg) => sql<InboundTrouble>`
    select id, state, received_at, error from inbound_deliveries where state in ('unrouted', 'failed') order by id desc limit ${arg("limit")}`,
);
