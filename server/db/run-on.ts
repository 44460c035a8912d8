import type pg from "pg";
import type { Queries, Topic } from "./connection.ts";
import type { BoundStatement } from "./prepared.ts";

/** The three ways to run a statement, on one connection. */
export function runOn(client: pg.ClientBase, named: boolean, announce: (topic: Topic) => void): Queries {
  return {
    async all<Row>(statement: BoundStatement<Row>): Promise<Row[]> {
      return (await client.query<Row & pg.QueryResultRow>(config(statement, named))).rows;
    },
    async first<Row>(statement: BoundStatement<Row>): Promise<Row | undefined> {
      return (await client.query<Row & pg.QueryResultRow>(config(statement, named))).rows[0];
    },
    async run(statement) {
      return (await client.query(config(statement, named))).rowCount ?? 0;
    },
    announce,
  };
}

function config(statement: BoundStatement<unknown>, named: boolean): pg.QueryConfig {
  const { name, text, values } = statement;
  return named ? { name, text, values } : { text, values };
}
