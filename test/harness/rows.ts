import { sql } from "kysely";
import type { Db, Queries } from "../../server/db/connection.ts";
import { prepared } from "../../server/db/prepared.ts";

/** Rows of any query, for a test that looks at the tables themselves. */
export async function rows<Row = Record<string, unknown>>(db: Pick<Queries, "all">, text: string): Promise<Row[]> {
  return db.all(prepared<object>()(() => sql<Row>`${sql.raw(text)}`)({}));
}

export async function count(db: Db, from: string): Promise<number> {
  return (await rows<{ n: number }>(db, `select count(*) as n from ${from}`))[0]?.n ?? -1;
}
