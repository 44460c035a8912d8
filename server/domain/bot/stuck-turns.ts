import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

/** `stuck`: due for more than five minutes, which is longer than any model may think. */
export type StuckTurns = { stuck: number; oldest_seconds: number | null };

export async function stuckTurns(db: Pick<Queries, "first">): Promise<StuckTurns> {
  return (await db.first(selectStuck({}))) ?? { stuck: 0, oldest_seconds: null };
}

const selectStuck = prepared<object>()(
  () => sql<StuckTurns>`
    select count(*)::int as stuck, floor(extract(epoch from now() - min(due_at)))::int as oldest_seconds
    from (select due_at from bot_turns where due_at < now() - interval '5 minutes' order by due_at limit 10000) late`,
);
