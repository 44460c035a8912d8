import pg from "pg";
import { DatabaseUnavailable, type Queries, type Topic } from "./connection.ts";
import { runOn } from "./run-on.ts";
import { unavailable } from "./unavailable.ts";

type Lane = { client: pg.Client | undefined; opening: Promise<pg.Client> | undefined; inFlight: number };

/** Pipelined autocommit connections. A broken one is replaced at the next statement; a statement goes to the least busy one. */
export function openLanes(config: pg.ClientConfig, count: number, named: boolean, announce: (topic: Topic) => void) {
  const lanes: Lane[] = Array.from({ length: count }, () => ({ client: undefined, opening: undefined, inFlight: 0 }));

  const onLane = async <Result>(work: (queries: Queries) => Promise<Result>): Promise<Result> => {
    const lane = lanes.reduce((best, other) => (other.inFlight < best.inFlight ? other : best));
    lane.inFlight += 1;
    try {
      return await work(runOn(lane.client ?? (await opened(lane, config)), named, announce));
    } catch (error) {
      const mapped = unavailable(error);
      if (mapped instanceof DatabaseUnavailable) discard(lane);
      throw mapped;
    } finally {
      lane.inFlight -= 1;
    }
  };

  const queries: Queries = {
    all: (statement) => onLane((lane) => lane.all(statement)),
    first: (statement) => onLane((lane) => lane.first(statement)),
    run: (statement) => onLane((lane) => lane.run(statement)),
    announce,
  };
  const close = async (): Promise<void> => {
    for (const lane of lanes) await lane.client?.end();
  };
  return { queries, close };
}

async function opened(lane: Lane, config: pg.ClientConfig): Promise<pg.Client> {
  // Statements that come while the lane opens wait for the same attempt.
  lane.opening ??= open(lane, config).finally(() => {
    lane.opening = undefined;
  });
  return lane.opening;
}

async function open(lane: Lane, config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  const drop = () => {
    if (lane.client === client) lane.client = undefined;
  };
  client.on("error", drop);
  client.on("end", drop);
  await client.connect();
  lane.client = client;
  return client;
}

function discard(lane: Lane): void {
  const client = lane.client;
  lane.client = undefined;
  client?.end().catch(() => {});
}
