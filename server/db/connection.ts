import type { BoundStatement } from "./prepared.ts";

/** Where the database is: a URL, or the folder of its socket. */
export type DatabaseAddress = { url: string } | { host: string; port: number; user: string; database: string };

/** What a commit can tell of: lines in the journal; deliveries to outbound webhooks; notifications nobody was told of yet. */
export type Topic = "events" | "webhook_deliveries" | "notifications";

/** Runs statements: autocommit on a lane, or inside one transaction. */
export type Queries = {
  all<Row>(statement: BoundStatement<Row>): Promise<Row[]>;
  first<Row>(statement: BoundStatement<Row>): Promise<Row | undefined>;
  /** The number of rows written. */
  run(statement: BoundStatement<unknown>): Promise<number>;
  /** Whoever waits for this topic, in any process, is woken after the commit; outside a transaction at once. */
  announce(topic: Topic): void;
};

export type TransactionOptions = {
  /** How often a deadlock or serialization failure is tried again; 3 where not said. */
  retries?: number;
};

export type Db = Queries & {
  /** Slow reads (reports, search) go over the pool, so that they never block a lane. */
  slow: Queries;
  transaction<Result>(work: (tx: Queries) => Promise<Result>, options?: TransactionOptions): Promise<Result>;
  /** Calls the listener soon after commits that announced the topic; gives back how to stop. A lost call is possible, so poll too. */
  subscribe(topic: Topic, listener: () => void): () => void;
  address: DatabaseAddress;
  close(): Promise<void>;
};

/** The database could not be reached or went away in the middle; nothing is known of the statement's effect unless it was a read. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super("The database cannot be reached.", { cause });
    this.name = "DatabaseUnavailable";
  }
}
