import pg from "pg";
import type { DatabaseAddress, Db, Queries, TransactionOptions } from "./connection.ts";
import { openLanes } from "./lanes.ts";
import { runOn } from "./run-on.ts";
import { unavailable } from "./unavailable.ts";
import { valueParsers } from "./value-parsers.ts";

const retryableCodes = new Set(["40001", "40P01"]);

export type ConnectOptions = {
  lanes?: number;
  poolSize?: number;
  /** Off behind a pgbouncer that cannot keep named statements. */
  namedStatements?: boolean;
};

/**
 * Opens the database: two pipelined connections ("lanes") for single statements, a small pool for transactions and slow reads.
 * More connections make a small machine slower (1 lane 7.8–10.7 k lists/s, a pool of 10 4.3–5.9 k).
 */
export function connect(address: DatabaseAddress, options: ConnectOptions = {}): Db {
  const named = options.namedStatements ?? true;
  const config = { ...clientConfig(address), pipeline: true };
  const pool = new pg.Pool({
    ...config,
    max: options.poolSize ?? 8,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
  });
  // An idle client that loses its server would otherwise end the process.
  pool.on("error", () => {});
  const lanes = openLanes(config, options.lanes ?? 2, named);
  return {
    ...lanes.queries,
    slow: pooled(pool, named),
    transaction: (work, transactionOptions) => transaction(pool, named, work, transactionOptions),
    address,
    async close() {
      await Promise.all([lanes.close(), pool.end()]);
    },
  };
}

/** What pg needs to know to reach the database, for our own clients and for the queue's. */
export function clientConfig(address: DatabaseAddress): pg.ClientConfig {
  const session = {
    options: "-c TimeZone=UTC -c statement_timeout=30000",
    types: valueParsers,
    application_name: "rapport",
  };
  if ("url" in address) return { connectionString: address.url, ...session };
  return { host: address.host, port: address.port, user: address.user, database: address.database, ...session };
}

function pooled(pool: pg.Pool, named: boolean): Queries {
  return {
    all: async (statement) => withClient(pool, (client) => runOn(client, named).all(statement)),
    first: async (statement) => withClient(pool, (client) => runOn(client, named).first(statement)),
    run: async (statement) => withClient(pool, (client) => runOn(client, named).run(statement)),
  };
}

async function transaction<Result>(
  pool: pg.Pool,
  named: boolean,
  work: (tx: Queries) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  for (let retries = options.retries ?? 3; ; retries -= 1) {
    try {
      return await withClient(pool, (client) => oneTransaction(client, named, work));
    } catch (error) {
      if (retries <= 0 || !(error instanceof pg.DatabaseError) || !retryableCodes.has(error.code ?? "")) throw error;
    }
  }
}

async function oneTransaction<Result>(
  client: pg.PoolClient,
  named: boolean,
  work: (tx: Queries) => Promise<Result>,
): Promise<Result> {
  // Not awaited: pipelining sends it together with the first statement, which saves a round trip.
  const begun = client.query("begin");
  begun.catch(() => {});
  try {
    const result = await work(runOn(client, named));
    await begun;
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}

async function withClient<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw unavailable(error);
  });
  let broken = false;
  const onError = () => {
    broken = true;
  };
  client.on("error", onError);
  try {
    return await work(client);
  } catch (error) {
    const mapped = unavailable(error);
    broken ||= mapped !== error;
    throw mapped;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}
