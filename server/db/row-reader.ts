import { valueParsers } from "./value-parsers.ts";

export type Column = { name: string; dataTypeID: number };

/** Makes the rows of one statement: what each column is called and how its text is read is looked up once, not for every execution. */
export class RowReader {
  readonly #names: string[];
  readonly #parsers: ((text: string) => unknown)[];
  // Copied for each row, so that all rows of a statement share one hidden class.
  readonly #blank: Record<string, unknown>;

  constructor(columns: readonly Column[]) {
    this.#names = columns.map(({ name }) => name);
    this.#parsers = columns.map(({ dataTypeID }) => valueParsers.getTypeParser(dataTypeID));
    this.#blank = Object.fromEntries(this.#names.map((name) => [name, null]));
  }

  read(fields: readonly (string | null)[]): Record<string, unknown> {
    const names = this.#names;
    const parsers = this.#parsers;
    const row = { ...this.#blank };
    for (let at = 0; at < fields.length; at += 1) {
      const text = fields[at];
      const name = names[at];
      const parse = parsers[at];
      if (text !== null && text !== undefined && name !== undefined && parse) row[name] = parse(text);
    }
    return row;
  }
}
