import pg from "pg";
import { parameterText } from "./parameter-text.ts";
import type { BoundStatement } from "./prepared.ts";
import { type Column, type RowReader, rowReader } from "./row-reader.ts";

export type StatementResult = { rows: Record<string, unknown>[]; rowCount: number };

type Settle = { resolve: (result: StatementResult) => void; reject: (error: unknown) => void };

/** A statement that a connection was sent under its name. `read` stands there once PostgreSQL has told what it answers with. */
type Known = { read: RowReader | undefined };

const knownBy = new WeakMap<pg.Connection, Map<string, Known>>();

/**
 * The driver's query for named statements, without what the driver does anew each time although it cannot change: asking for the
 * description of the rows, reading it and building a result of it (a quarter of Node's time on a page of twenty rows).
 */
export class StatementQuery extends pg.Query {
  readonly #name: string;
  readonly #text: string;
  readonly #values: (string | Buffer | null)[];
  readonly #settle: Settle;
  readonly #rows: Record<string, unknown>[] = [];
  #known: Known = { read: undefined };
  #rowCount = 0;
  #broken: { error: unknown } | undefined;

  constructor({ name, text, values }: BoundStatement<unknown>, settle: Settle) {
    super("");
    this.#name = name;
    this.#text = text;
    this.#values = values.map(parameterText);
    this.#settle = settle;
  }

  override submit = (connection: pg.Connection): void => {
    connection.stream.cork();
    const isKnown = this.#recall(connection);
    if (!isKnown) this.#parse(connection);
    connection.bind({ statement: this.#name, values: this.#values }, true);
    if (!this.#known.read) connection.describe({ type: "P", name: "" }, true);
    connection.execute(null, true);
    connection.sync();
    connection.stream.uncork();
  };

  handleRowDescription({ fields }: { fields: Column[] }): void {
    this.#known.read = rowReader(fields);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    try {
      const row = this.#known.read?.(fields);
      if (row) this.#rows.push(row);
    } catch (error) {
      this.#broken ??= { error };
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    // "INSERT 0 5", "SELECT 20", "CREATE TABLE"
    this.#rowCount = Number(/\d+$/.exec(text)?.[0] ?? 0);
    this.#known.read ??= rowReader([]);
  }

  handleReadyForQuery(): void {
    if (this.#broken) this.#settle.reject(this.#broken.error);
    else this.#settle.resolve({ rows: this.#rows, rowCount: this.#rowCount });
  }

  handleError(error: unknown, connection: pg.Connection): void {
    // Failed before its first answer it may or may not be there; the next one begins anew.
    if (!this.#known.read) knownBy.get(connection)?.delete(this.#name);
    this.#settle.reject(error);
  }

  #recall(connection: pg.Connection): boolean {
    const known = this.#name === "" ? undefined : knownBy.get(connection)?.get(this.#name);
    if (known) this.#known = known;
    return known !== undefined;
  }

  #parse(connection: pg.Connection): void {
    // What is not there may be closed too; a name that is left of a failed attempt could not be given again.
    if (this.#name !== "") connection.close({ type: "S", name: this.#name }, true);
    connection.parse({ name: this.#name, text: this.#text, types: [] }, true);
    const ofConnection = knownBy.get(connection) ?? new Map<string, Known>();
    knownBy.set(connection, ofConnection);
    if (this.#name !== "") ofConnection.set(this.#name, this.#known);
  }
}
