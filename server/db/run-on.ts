import type pg from "pg";
import type { Queries, Topic } from "./connection.ts";
import { type BoundStatement, rowsOf } from "./prepared.ts";
import { StatementQuery, type StatementResult } from "./statement-query.ts";

/** The three ways to run a statement, on one connection. */
export function runOn(client: pg.ClientBase, named: boolean, announce: (topic: Topic) => void): Queries {
  const send = (statement: BoundStatement<unknown>): Promise<StatementResult> =>
    new Promise<StatementResult>((resolve, reject) => {
      client.query(new StatementQuery(named ? statement : { ...statement, name: "" }, { resolve, reject }));
    }).catch(withOurStack);
  return {
    all: (statement) => send(statement).then(({ rows }) => rowsOf(statement, rows)),
    first: (statement) => send(statement).then(({ rows }) => rowsOf(statement, rows)[0]),
    run: (statement) => send(statement).then(({ rowCount }) => rowCount),
    announce,
  };
}

/** The driver made the error while it read a packet; who asked is what a reader of the log wants to know. */
function withOurStack(error: unknown): never {
  if (error instanceof Error) Error.captureStackTrace(error);
  throw error;
}
