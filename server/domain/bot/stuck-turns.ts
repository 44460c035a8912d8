import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { onlyRow } from "../../db/only-row.ts";
import { prepared } from "../../db/prepared.ts";
import { secondsSinceSql } from "../seconds-since-sql.ts";

/** `stuck`: due for more than five minutes, which is longer than any model may think. */
export type StuckTurns = { stuck: number; oldest_seconds: number | null };

/** Answers of the bot, over all companies, that should be long there. */
export async function stuckTurns(db: Pick<Queries, "first">): Promise<StuckTurns> {
  return onlyRow(db, selectStuck({}));
}

const selectStuck = prepared<object>()(
  () => sql<StuckTurns>`
    select count(*)::int as stuck, ${secondsSinceSql(sql`min(due_at)`)} as oldest_seconds
    from (select due_at from bot_turns where due_at < now() - interval '5 minutes' order by due_at limit 10000) late`,
);
