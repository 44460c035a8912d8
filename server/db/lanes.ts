import pg from "pg";
import { DatabaseUnavailable, type Queries, type Topic } from "./connection.ts";
import type { BoundStatement } from "./prepared.ts";
import { runOn } from "./run-on.ts";
import { unavailable } from "./unavailable.ts";

type Lane = { open: OpenLane | undefined; opening: Promise<OpenLane> | undefined; inFlight: number };
type OpenLane = { client: pg.Client; queries: Queries };
type LaneOptions = { count: number; named: boolean; announce: (topic: Topic) => void };

/**
 * Two kinds of lanes. Named statements are planned once for all values: left to itself, PostgreSQL plans whatever ends in `limit $1`
 * anew each time (measured: a third of a page's cost), because it takes an unknown limit for a tenth of the table. Statements without a
 * name want a plan for their values, so they have sessions that make one.
 */
export function openLanes(config: pg.ClientConfig, options: LaneOptions) {
  const once = lanesWith(
    { ...config, options: `${config.options ?? ""} -c plan_cache_mode=force_generic_plan` },
    options,
  );
  const anew = lanesWith(config, options);
  const kindOf = ({ name }: BoundStatement<unknown>) => (options.named && name !== "" ? once : anew);
  const queries: Queries = {
    all: (statement) => kindOf(statement).onLane((lane) => lane.all(statement)),
    first: (statement) => kindOf(statement).onLane((lane) => lane.first(statement)),
    run: (statement) => kindOf(statement).onLane((lane) => lane.run(statement)),
    announce: options.announce,
  };
  const close = async (): Promise<void> => {
    await Promise.all([once.close(), anew.close()]);
  };
  return { queries, close };
}

/** Pipelined autocommit connections. A broken one is replaced at the next statement; a statement goes to the least busy one. */
function lanesWith(config: pg.ClientConfig, { count, named, announce }: LaneOptions) {
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

  const close = async (): Promise<void> => {
    for (const lane of lanes) await lane.open?.client.end();
  };
  return { onLane, close };
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
