import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BoundStatement } from "../server/db/prepared.ts";

export type Socket = { host: string; port: number; user: string; database: string };

/** What one request asks of the database, and which values are drawn anew each time, as pgbench expressions: 7 → "random(1, 100)". */
export type LimitScript = { statements: BoundStatement<unknown>[]; drawn: Map<unknown, string> };

export type LimitResult = {
  perSecond: number;
  /** With the product's sessions, which plan a named statement once; left to itself PostgreSQL plans most lists anew each time. */
  plannedOncePerSecond: number;
};

const run = promisify(execFile);

/** How often PostgreSQL alone runs these scripts, in turn, with nobody else on the machine: each time the best of the client counts. */
export async function pgbench(socket: Socket, scripts: LimitScript[], seconds: number): Promise<LimitResult> {
  const folder = await mkdtemp(join(tmpdir(), "rapport-pgbench-"));
  try {
    const files = await Promise.all(
      scripts.map((script, index) => writeScript(join(folder, `${index}.sql`), script, index)),
    );
    const best = async (settings: string): Promise<number> => {
      const rates: number[] = [];
      for (const clients of [2, 4]) rates.push(await rate(socket, files, { seconds, clients, settings }));
      return Math.max(...rates);
    };
    const perSecond = await best("");
    const plansOnce = files.every(({ mode }) => mode === "prepared");
    return {
      perSecond,
      plannedOncePerSecond: plansOnce ? await best("-c plan_cache_mode=force_generic_plan") : perSecond,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

type ScriptFile = { path: string; variables: string[]; mode: "prepared" | "extended" };

async function writeScript(path: string, script: LimitScript, index: number): Promise<ScriptFile> {
  const names = new Map<unknown, string>();
  const nameOf = (value: unknown) => {
    const name = names.get(value) ?? `v${index}_${names.size}`;
    names.set(value, name);
    return name;
  };
  const lines = script.statements.map((statement) => {
    const text = statement.text.replace(/\$(\d+)/g, (_whole, digits: string) => {
      const value = statement.values[Number(digits) - 1];
      // pgbench has no null to bind.
      return value === null || value === undefined ? "null" : `:${nameOf(value)}`;
    });
    return `${text.replace(/\s+/g, " ")};`;
  });
  const drawn = [...names]
    .filter(([value]) => script.drawn.has(value))
    .map(([value, name]) => `\\set ${name} ${script.drawn.get(value)}`);
  const fixed = [...names].filter(([value]) => !script.drawn.has(value));
  await writeFile(path, [...drawn, ...lines, ""].join("\n"));
  // What the product has planned anew for each value, pgbench must too.
  const mode = script.statements.some(({ name }) => name === "") ? "extended" : "prepared";
  return { path, mode, variables: fixed.flatMap(([value, name]) => ["-D", `${name}=${spelled(value)}`]) };
}

function spelled(value: unknown): string {
  return Array.isArray(value) ? `{${value.join(",")}}` : String(value);
}

type Rate = { seconds: number; clients: number; settings: string };

async function rate(socket: Socket, files: ScriptFile[], { seconds, clients, settings }: Rate): Promise<number> {
  const args = [
    ...["-h", socket.host, "-p", String(socket.port), "-U", socket.user, "-n", "-M", files[0]?.mode ?? "prepared"],
    ...["-c", String(clients), "-j", "1", "-T", String(seconds)],
    ...files.flatMap(({ path, variables }) => ["-f", path, ...variables]),
    socket.database,
  ];
  const { stdout } = await run("pgbench", args, { env: { ...process.env, PGOPTIONS: settings } });
  const tps = /tps = ([\d.]+) \(without/.exec(stdout)?.[1];
  if (tps === undefined) throw new Error(`pgbench gave no rate:\n${stdout}`);
  return Math.round(Number(tps));
}
