import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, onTestFinished } from "vitest";
import { readPostmasterFile } from "../../../server/db/embedded/postmaster-file.ts";
import { commandLine, isAlive } from "../../../server/db/embedded/process-state.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../../server/db/embedded/start-embedded-postgres.ts";
import { objectOf, textOf } from "../../../shared/json.ts";

export const isRoot = process.getuid?.() === 0;
export const nobody = 65_534;

/** A folder of the test's own that every user may enter; whatever still runs on it is ended with the test. */
export async function scratchFolder(mode = 0o755): Promise<string> {
  const folder = await mkdtemp("/tmp/rapport-test-");
  await chmod(folder, mode);
  onTestFinished(() => remove(folder));
  return folder;
}

async function remove(folder: string): Promise<void> {
  const home = await realpath(join(folder, "data", "postgres")).catch(() => folder);
  const file = await readPostmasterFile(join(home, "cluster"));
  if (file && commandLine(file.pid)?.includes(home)) {
    process.kill(file.pid, "SIGKILL");
    await untilGone(file.pid);
  }
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

let template: Promise<string> | undefined;

afterAll(async () => {
  if (template) await rm(await template, { recursive: true, force: true });
});

/** A data folder whose database was created before, as a copy: ten times faster than an initdb for each test. */
export async function createdDataFolder(): Promise<string> {
  template ??= createTemplate();
  const dataDir = join(await scratchFolder(), "data");
  await promisify(execFile)("cp", ["-a", await template, dataDir]);
  return dataDir;
}

async function createTemplate(): Promise<string> {
  const dataDir = await mkdtemp("/tmp/rapport-test-template-");
  await chmod(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => {} });
  await postgres.stop();
  return dataDir;
}

export type Started = EmbeddedPostgres & { lines: string[] };

/** Starts in this process, and stops with the test. */
export async function start(dataDir: string, settings: Record<string, string> = {}): Promise<Started> {
  const lines: string[] = [];
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line), settings });
  onTestFinished(() => postgres.stop());
  return Object.assign(postgres, { lines });
}

/** What a start on the folder says when it is refused. */
export async function refusal(dataDir: string): Promise<string> {
  try {
    await start(dataDir);
  } catch (error) {
    if (error instanceof Error && error.name === "StartupError") return error.message;
    throw error;
  }
  throw new Error("It started.");
}

export async function query(postgres: EmbeddedPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client(postgres.connection);
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

export type Holder = { node: ChildProcess; said: Record<string, unknown>; postmasterPid: number };

/** Another Rapport: a Node process that starts the folder's database and holds it until it is killed. */
export async function startElsewhere(dataDir: string, uid?: number): Promise<Holder> {
  const node = spawnHolder(dataDir, uid);
  const said = await firstLine(node);
  return { node, said, postmasterPid: Number(textOf(said.pid) ?? 0) };
}

export function spawnHolder(dataDir: string, uid?: number): ChildProcess {
  const script = join(import.meta.dirname, "hold-embedded-postgres.ts");
  const identity = uid === undefined ? {} : { uid, gid: uid };
  const node = spawn(process.execPath, [script, dataDir], { ...identity, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => kill(node));
  return node;
}

export async function firstLine(node: ChildProcess): Promise<Record<string, unknown>> {
  if (!node.stdout) throw new Error("The process has no output.");
  for await (const line of createInterface(node.stdout)) return objectOf(JSON.parse(line)) ?? {};
  throw new Error("The process said nothing.");
}

export async function kill(node: ChildProcess): Promise<void> {
  if (node.exitCode !== null || node.signalCode !== null) return;
  node.kill("SIGKILL");
  await once(node, "exit");
}

export async function killPostmaster(pid: number): Promise<void> {
  process.kill(pid, "SIGKILL");
  await untilGone(pid);
}

export async function untilGone(pid: number): Promise<void> {
  await until(() => !isAlive(pid));
}

/** Polls, because the thing waited for is another process's and tells nobody. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 2));
}
