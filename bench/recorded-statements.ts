import type { Db, Queries } from "../server/db/connection.ts";
import type { BoundStatement } from "../server/db/prepared.ts";
import { type Ctx, createCtx } from "../server/domain/context.ts";

/** The statements a read of the domain sends, word for word, while it really runs. */
export async function recordedStatements(
  db: Db,
  companyId: number,
  read: (ctx: Ctx) => Promise<unknown>,
): Promise<BoundStatement<unknown>[]> {
  const statements: BoundStatement<unknown>[] = [];
  const recording = (queries: Queries): Queries => ({
    all: (statement) => {
      statements.push(statement);
      return queries.all(statement);
    },
    first: (statement) => {
      statements.push(statement);
      return queries.first(statement);
    },
    run: (statement) => {
      statements.push(statement);
      return queries.run(statement);
    },
    announce: (topic) => queries.announce(topic),
  });
  const recorder: Db = {
    ...db,
    ...recording(db),
    slow: recording(db.slow),
    transaction: (work, options) => db.transaction((tx) => work(recording(tx)), options),
  };
  await read(createCtx({ db: recorder, companyId, actor: { kind: "system" } }));
  return statements;
}
