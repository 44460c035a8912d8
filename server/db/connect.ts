import pg from "pg";
import { Announcements } from "./announcements.ts";
import type { DatabaseAddress, Db, Queries, Topic, TransactionOptions } from "./connection.ts";
import { openLanes } from "./lanes.ts";
import { runOn } from "./run-on.ts";
import { type SilenceLimits, SilenceWatch } from "./silence-watch.ts";
import { unavailable } from "./unavailable.ts";
import { valueParsers } from "./value-parsers.ts";

const retryableCodes = new Set(["40001", "40P01"]);

export type ConnectOptions = {
  lanes?: number;
  poolSize?: number;
  /** Off behind a pgbouncer that cannot keep named statements. */
  namedStatements?: boolean;
  /** When a database that says nothing counts as gone. */
  silence?: SilenceLimits;
};

/**
 * Opens the database: two pipelined connections ("lanes") for single statements, a small pool for transactions and slow reads.
 * More connections make a small machine slower (1 lane 7.8–10.7 k lists/s, a pool of 10 4.3–5.9 k).
 */
export function connect(address: DatabaseAddress, options: ConnectOptions = {}): Db {
  const named = options.namedStatements ?? true;
  const watch = new SilenceWatch(clientConfig(address), options.silence);
  const config = { ...clientConfig(address), pipeline: true, stream: () => watch.socket() };
  const pool = new pg.Pool({
    ...config,
    max: options.poolSize ?? 8,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
  });
  // An idle client that loses its server would otherwise end the process.
  pool.on("error", () => {});
  const announcements = new Announcements(clientConfig(address), pool);
  const announce = (topic: Topic) => announcements.tell([topic]);
  const lanes = openLanes(config, { count: options.lanes ?? 2, named, announce });
  const place = { pool, named, announcements };
  return {
    ...lanes.queries,
    slow: pooled(place),
    transaction: (work, transactionOptions) => transaction(place, work, transactionOptions),
    subscribe: (topic, listener) => announcements.subscribe(topic, listener),
    address,
    async close() {
      watch.close();
      await Promise.all([lanes.close(), announcements.close(), pool.end()]);
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

type Place = { pool: pg.Pool; named: boolean; announcements: Announcements };

function pooled({ pool, named, announcements }: Place): Queries {
  const announce = (topic: Topic) => announcements.tell([topic]);
  return {
    all: async (statement) => withClient(pool, (client) => runOn(client, named, announce).all(statement)),
    first: async (statement) => withClient(pool, (client) => runOn(client, named, announce).first(statement)),
    run: async (statement) => withClient(pool, (client) => runOn(client, named, announce).run(statement)),
    announce,
  };
}

async function transaction<Result>(
  place: Place,
  work: (tx: Queries) => Promise<Result>,
  options: TransactionOptions = {},
): Promise<Result> {
  for (let retries = options.retries ?? 3; ; retries -= 1) {
    try {
      return await withClient(place.pool, (client) => oneTransaction(client, place, work));
    } catch (error) {
      if (retries <= 0 || !(error instanceof pg.DatabaseError) || !retryableCodes.has(error.code ?? "")) throw error;
    }
  }
}

async function oneTransaction<Result>(
  client: pg.PoolClient,
  { named, announcements }: Place,
  work: (tx: Queries) => Promise<Result>,
): Promise<Result> {
  // Not awaited: pipelining sends it together with the first statement, which saves a round trip.
  const begun = client.query("begin");
  begun.catch(() => {});
  const announced = new Set<Topic>();
  const failures: unknown[] = [];
  const tx = rememberingFailures(
    runOn(client, named, (topic) => announced.add(topic)),
    failures,
  );
  try {
    const result = await work(tx);
    // Behind statements that nobody waited for; where one of them failed, PostgreSQL answers a commit with a rollback.
    const committed = client.query("commit");
    await begun;
    if ((await committed).command === "ROLLBACK")
      throw await firstOf(failures, new Error("the transaction was rolled back"));
    announcements.tell(announced);
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw isAftermath(error) ? await firstOf(failures, error) : error;
  }
}

/** A statement may be sent without waiting for it; its failure is then what the transaction fails with. */
function rememberingFailures(queries: Queries, failures: unknown[]): Queries {
  const remember = (error: unknown): never => {
    failures.push(error);
    throw error;
  };
  return {
    ...queries,
    all: (statement) => queries.all(statement).catch(remember),
    first: (statement) => queries.first(statement).catch(remember),
    run: (statement) => queries.run(statement).catch(remember),
  };
}

/** Answers that came in one packet are told in one turn of the event loop; the next turn has heard of all failures. */
async function firstOf(failures: unknown[], otherwise: unknown): Promise<unknown> {
  await new Promise(setImmediate);
  return failures[0] ?? otherwise;
}

/** "Current transaction is aborted": of what stood before it. */
function isAftermath(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === "25P02";
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
