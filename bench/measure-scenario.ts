import type pg from "pg";
import type { Db } from "../server/db/connection.ts";
import type { LoadGenerator } from "./load/load-generator.ts";
import { type LimitResult, type LimitScript, pgbench, type Socket } from "./pgbench.ts";
import { type ProcessorTime, processorTime } from "./processor-time.ts";
import { recordedStatements } from "./recorded-statements.ts";
import { type HttpResult, median, type ScenarioResult } from "./results.ts";
import type { Bench, Scenario } from "./scenarios/scenario.ts";

/** What a measurement needs: the running server, its database, the generator, and what was filled in. */
export type Place = {
  address: Socket;
  client: pg.Client;
  db: Db;
  generator: LoadGenerator;
  port: number;
  pid: number;
  dataDir: string;
  apiKey: string;
  bench: Bench;
  close: () => Promise<void>;
};

/** The scenario over HTTP and, right after it in each round, its statements under pgbench; the medians of both. */
export async function measureScenario(
  place: Place,
  scenario: Scenario,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<ScenarioResult> {
  const scripts = await scriptsOf(place, scenario);
  const http: HttpResult[] = [];
  const limits: LimitResult[] = [];
  await askOnce(place, scenario);
  for (let round = 0; round < rounds; round += 1) {
    http.push(await measureHttp(place, scenario, round, seconds));
    if (scripts.length > 0) limits.push(await pgbench(place.address, scripts, Math.max(2, Math.ceil(seconds / 2))));
  }
  const result = median(http, (one) => one.perSecond);
  const limit = limits.length > 0 ? median(limits, (one) => one.perSecond) : undefined;
  console.log(
    `${scenario.name}: ${result.perSecond}/s, p50 ${result.p50Ms}, p99 ${result.p99Ms} ms, ${result.costUs.node} + ${result.costUs.postgres} µs; pgbench ${limit?.perSecond ?? "–"} and ${limit?.plannedOncePerSecond ?? "–"}`,
  );
  return { name: scenario.name, http: result, ...(limit ? { limit } : {}) };
}

/** Each read once before it is measured: a larger company's rows come from the disk the first time, and that is no cost of its size. */
async function askOnce({ generator, port, apiKey, bench }: Place, { requests, once = false }: Scenario): Promise<void> {
  if (once) return;
  const headers = { "x-api-key": apiKey };
  const all = requests(bench, 0);
  await generator.run({ port, connections: 16, warmUpSeconds: 0, seconds: 60, headers, requests: all, once: true });
}

async function measureHttp(place: Place, scenario: Scenario, round: number, seconds: number): Promise<HttpResult> {
  const before = await processorTime(place.pid, place.dataDir);
  const result = await place.generator.run({
    port: place.port,
    connections: 16,
    warmUpSeconds: 1,
    seconds,
    headers: { "x-api-key": place.apiKey },
    requests: scenario.requests(place.bench, round),
    once: scenario.once ?? false,
  });
  // A fast refusal is no answer, so one failure ends the run.
  if (result.firstFailure)
    throw new Error(`${scenario.name}: ${JSON.stringify(result.failures)}\n${result.firstFailure}`);
  return { ...result, costUs: costOf(before, await processorTime(place.pid, place.dataDir), result.sent) };
}

/** The processor time of one request, in microseconds. */
export function costOf(before: ProcessorTime, after: ProcessorTime, requests: number): ProcessorTime {
  const each = (ms: number) => Math.round((1000 * ms) / requests);
  return { node: each(after.node - before.node), postgres: each(after.postgres - before.postgres) };
}

async function scriptsOf(place: Place, scenario: Scenario): Promise<LimitScript[]> {
  const reads = scenario.limit?.(place.bench) ?? [];
  return Promise.all(
    reads.map(async ({ read, drawn }) => ({
      statements: await recordedStatements(place.db, place.bench.companyId, read),
      drawn: drawn ?? new Map(),
    })),
  );
}
