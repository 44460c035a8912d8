import type { Queries } from "./connection.ts";
import type { BoundStatement } from "./prepared.ts";

/** The row of a statement that always gives one: counts, sums. */
export async function onlyRow<Row>(db: Pick<Queries, "first">, statement: BoundStatement<Row>): Promise<Row> {
  const row = await db.first(statement);
  if (!row) throw new Error("a statement that always gives a row gave none");
  return row;
}
