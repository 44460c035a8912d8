import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { FlowResult } from "./flows/flow.ts";
import type { LoadResult } from "./load/plan.ts";
import type { LimitResult } from "./pgbench.ts";

export type ScenarioResult = { name: string; http: LoadResult; limit?: LimitResult };

export type IngestionResult = {
  name: string;
  bodies: number;
  acknowledged: LoadResult;
  processedPerSecond: number;
  lagMs: number;
};

export type SizeResult = {
  contacts: number;
  bare: LoadResult;
  scenarios: ScenarioResult[];
  ingestion: IngestionResult[];
  flows: FlowResult[];
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

/** Keeps the figures: all of them in bench/results (not in git), the table in bench/README.md. */
export async function publish(result: BenchResult): Promise<void> {
  const folder = new URL("results/", import.meta.url);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${result.at.slice(0, 10)}.json`, folder), `${JSON.stringify(result, null, 2)}\n`);
  const readme = new URL("README.md", import.meta.url);
  const text = await readFile(readme, "utf8");
  await writeFile(
    readme,
    text.replace(
      /(<!-- figures -->\n)[\s\S]*(\n<!-- \/figures -->)/,
      (_all, open, close) => `${open}${table(result)}${close}`,
    ),
  );
}

export function table(result: BenchResult): string {
  const head = `${result.at.slice(0, 10)}, ${result.machine}, Node ${result.node}; ${result.rounds} rounds of ${result.seconds} s, medians.`;
  return [head, ...result.sizes.map(sizeTable)].join("\n\n");
}

function sizeTable(size: SizeResult): string {
  const rows = size.scenarios.map(({ name, http, limit }) => {
    const share = limit ? `${Math.round((100 * http.perSecond) / limit.perSecond)} %` : "";
    return `| ${[name, number(http.perSecond), http.p50Ms, http.p95Ms, http.p99Ms, limit ? number(limit.perSecond) : "", share].join(" | ")} |`;
  });
  return [
    `### ${number(size.contacts)} contacts`,
    "",
    "| request | a second | p50 ms | p95 ms | p99 ms | pgbench | share |",
    "|---|---:|---:|---:|---:|---:|---:|",
    `| bare JSON route | ${number(size.bare.perSecond)} | ${size.bare.p50Ms} | ${size.bare.p95Ms} | ${size.bare.p99Ms} | | |`,
    ...rows,
    "",
    "| webhook ingestion | bodies | acknowledged a second | p50 ms | p99 ms | processed a second | last one after ms |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...size.ingestion.map(
      ({ name, bodies, acknowledged, processedPerSecond, lagMs }) =>
        `| ${[name, number(bodies), number(acknowledged.perSecond), acknowledged.p50Ms, acknowledged.p99Ms, number(processedPerSecond), lagMs].join(" | ")} |`,
    ),
    "",
    "| from an event to its receivers | receipts | a second | p50 ms | p99 ms |",
    "|---|---:|---:|---:|---:|",
    ...size.flows.map(
      ({ name, count, perSecond, p50Ms, p99Ms }) =>
        `| ${[name, number(count), number(perSecond), p50Ms, p99Ms].join(" | ")} |`,
    ),
    "",
    `Memory of Node: ${size.memoryMb.idle} MB idle, ${size.memoryMb.underLoad} MB at most under load.`,
  ].join("\n");
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
