import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** Drops what the simulated phones have had for a month, and files that expired, in bounded batches. */
export async function sweepSimulator(db: Queries, before: Date, limit: number): Promise<void> {
  while ((await db.run(dropMessages({ before: before.toISOString(), limit }))) === limit);
  // Files are large; fewer at a time keep a statement short.
  const few = Math.min(limit, 100);
  while ((await db.run(dropMedia({ limit: few }))) === few);
}

const dropMessages = prepared<{ before: string; limit: number }>()(
  (_db, arg) => sql<never>`
    delete from simulator_messages where (company_id, id) in (
      select company_id, id from simulator_messages where created_at < ${arg("before")}::timestamptz limit ${arg("limit")})`,
);

const dropMedia = prepared<{ limit: number }>()(
  (_db, arg) => sql<never>`
    delete from simulator_media where (company_id, id) in (
      select company_id, id from simulator_media where expires_at < now() limit ${arg("limit")})`,
);
