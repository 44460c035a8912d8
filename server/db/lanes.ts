import pg from "pg";
import { DatabaseUnavailable, type Queries, type Topic } from "./connection.ts";
import { runOn } from "./run-on.ts";
import { unavailable } from "./unavailable.ts";

type Lane = { open: OpenLane | undefined; opening: Promise<OpenLane> | undefined; inFlight: number };
type OpenLane = { client: pg.Client; queries: Queries };

/** Pipelined autocommit connections. A broken one is replaced at the next statement; a statement goes to the least busy one. */
export function openLanes(config: pg.ClientConfig, count: number, named: boolean, announce: (topic: Topic) => void) {
  const lanes: Lane[] = Array.from({ length: count }, () => ({ open: undefined, opening: undefined, inFlight: 0 }));
  const openOn = (client: pg.Client): OpenLane => ({ client, queries: runOn(client, named, announce) });

  const onLane = async <Result>(work: (queries: Queries) => Promise<Result>): Promise<Result> => {
    const lane = lanes.reduce((best, other) => (other.inFlight < best.inFlight ? other : best));
    lane.inFlight += 1;
    try {
      return await work((lane.open ?? (await opened(lane, config, openOn))).queries);
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
    for (const lane of lanes) await lane.open?.client.end();
  };
  return { queries, close };
}

async function opened(lane: Lane, config: pg.ClientConfig, openOn: (client: pg.Client) => OpenLane): Promise<OpenLane> {
  // Statements that come while the lane opens wait for the same attempt.
  lane.opening ??= open(lane, config, openOn).finally(() => {
    lane.opening = undefined;
  });
  return lane.opening;
}

async function open(lane: Lane, config: pg.ClientConfig, openOn: (client: pg.Client) => OpenLane): Promise<OpenLane> {
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  const drop = () => {
    if (lane.open?.client === client) lane.open = undefined;
  };
  client.on("error", drop);
  client.on("end", drop);
  await client.connect();
  lane.open = openOn(client);
  return lane.open;
}

function discard(lane: Lane): void {
  const { open } = lane;
  lane.open = undefined;
  open?.client.end().catch(() => {});
}
