import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { FlowResult } from "./flows/flow.ts";
import type { LoadResult } from "./load/plan.ts";
import type { LimitResult } from "./pgbench.ts";
import type { ProcessorTime } from "./processor-time.ts";

/** `costUs` is the processor time of one request, in microseconds. */
export type HttpResult = LoadResult & { costUs: ProcessorTime };

export type ScenarioResult = { name: string; http: HttpResult; limit?: LimitResult };

export type IngestionResult = {
  name: string;
  bodies: number;
  acknowledged: LoadResult;
  processedPerSecond: number;
  lagMs: number;
  /** From the first body sent to the last one processed. */
  costUs: ProcessorTime;
};

/** Of the whole flow, what prepares it included. */
export type MeasuredFlow = FlowResult & { costUs: ProcessorTime };

export type SizeResult = {
  contacts: number;
  bare: LoadResult;
  scenarios: ScenarioResult[];
  ingestion: IngestionResult[];
  flows: MeasuredFlow[];
  memoryMb: { idle: number; underLoad: number };
};

export type BenchResult = {
  at: string;
  node: string;
  machine: string;
  seconds: number;
  rounds: number;
  sizes: SizeResult[];
};

/** The round with the middle rate. */
export function median<Round>(rounds: Round[], rate: (round: Round) => number): Round {
  const sorted = rounds.toSorted((one, other) => rate(one) - rate(other));
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error("There is no round to take a median of.");
  return middle;
}

/** Keeps the figures: all of them in bench/results (not in git), a table for each size in bench/README.md; other sizes' tables stay. */
export async function publish(result: BenchResult): Promise<void> {
  const folder = new URL("results/", import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${result.at.slice(0, 10)}.json`, folder), `${JSON.stringify(result, null, 2)}\n`);
  const readme = new URL("README.md", import.meta.url);
  let text = await readFile(readme, "utf8");
  for (const size of result.sizes) text = withTable(text, result, size);
  await writeFile(readme, text);
}

export function table(result: BenchResult): string {
  return result.sizes.map((size) => sizeTable(result, size)).join("\n\n");
}

function withTable(text: string, result: BenchResult, size: SizeResult): string {
  const [open, close] = [`<!-- figures of ${size.contacts} -->\n`, "\n<!-- /figures -->"];
  const start = text.indexOf(open);
  if (start === -1) return `${text}\n${open}${sizeTable(result, size)}${close}\n`;
  return `${text.slice(0, start)}${open}${sizeTable(result, size)}${text.slice(text.indexOf(close, start))}`;
}

function sizeTable({ at, machine, node, rounds, seconds }: BenchResult, size: SizeResult): string {
  const rows = size.scenarios.map(({ name, http, limit }) => {
    const share = (of: number | undefined) => (of ? `${Math.round((100 * http.perSecond) / of)} %` : "");
    const { perSecond, p50Ms, p95Ms, p99Ms, costUs } = http;
    const alone = [limit?.perSecond, limit?.plannedOncePerSecond].flatMap((of) => [of ? number(of) : "", share(of)]);
    return `| ${[name, number(perSecond), p50Ms, p95Ms, p99Ms, costUs.node, costUs.postgres, ...alone].join(" | ")} |`;
  });
  return [
    `### ${number(size.contacts)} contacts`,
    "",
    `${at.slice(0, 10)}, ${machine}, Node ${node}; rounds: ${rounds} of ${seconds} s, medians.`,
    "",
    "| request | a second | p50 ms | p95 ms | p99 ms | Node µs | PostgreSQL µs | pgbench | share | planned once | share |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    `| bare JSON route | ${number(size.bare.perSecond)} | ${size.bare.p50Ms} | ${size.bare.p95Ms} | ${size.bare.p99Ms} | | | | | | |`,
    ...rows,
    "",
    "| webhook ingestion | bodies | acknowledged a second | p50 ms | p99 ms | processed a second | last one after ms | Node µs | PostgreSQL µs |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ...size.ingestion.map(
      ({ name, bodies, acknowledged: { perSecond, p50Ms, p99Ms }, processedPerSecond, lagMs, costUs }) =>
        `| ${[name, number(bodies), number(perSecond), p50Ms, p99Ms, number(processedPerSecond), lagMs, costUs.node, costUs.postgres].join(" | ")} |`,
    ),
    "",
    "| from an event to its receivers | receipts | a second | p50 ms | p99 ms | Node µs | PostgreSQL µs |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...size.flows.map(
      ({ name, count, perSecond, p50Ms, p99Ms, costUs }) =>
        `| ${[name, number(count), number(perSecond), p50Ms, p99Ms, costUs.node, costUs.postgres].join(" | ")} |`,
    ),
    "",
    `Memory of Node: ${size.memoryMb.idle} MB idle, ${size.memoryMb.underLoad} MB at most under load.`,
  ].join("\n");
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
