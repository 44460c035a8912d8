import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { objectOf, textOf } from "../shared/json.ts";

export type Running = { port: number; pid: number; stop: () => Promise<void> };

const repository = new URL("..", import.meta.url);

/**
 * The product as its users start it, on this data folder. In a session of its own, as a service has one: Linux shares the processors out
 * between sessions (autogroup), and a server in one with its load waits for it (a list's p99 18 ms instead of 35 to 57).
 */
export async function startRapport(dataDir: string, settings: Record<string, string>): Promise<Running> {
  const port = await freePort();
  const env = { ...process.env, LOG_LEVEL: "warn", ...settings, DATA_DIR: dataDir, PORT: String(port) };
  const profile = process.env.BENCH_PROFILE ? ["--cpu-prof", `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];
  const child = spawn(process.execPath, [...profile, ...(await startArguments())], {
    cwd: repository,
    env,
    stdio: ["ignore", "ignore", "inherit"],
    detached: true,
  });
  endWithUs(child);
  await untilAnswered(child, `http://127.0.0.1:${port}/health`);
  return { port, pid: child.pid ?? 0, stop: () => stopped(child) };
}

/** Nobody's Ctrl-C reaches another session. */
function endWithUs(child: ChildProcess): void {
  const end = () => child.kill("SIGTERM");
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
}

/** What `npm start` hands to Node, memory settings included. */
async function startArguments(): Promise<string[]> {
  const manifest = objectOf(JSON.parse(await readFile(new URL("package.json", repository), "utf8")));
  const [word, program, ...rest] = (textOf(objectOf(manifest?.scripts)?.start) ?? "").split(" ");
  if (word !== "exec" || program !== "node" || rest.length === 0)
    throw new Error("The start script is not a plain call of node.");
  return rest;
}

export async function startBareServer(): Promise<Running> {
  const port = await freePort();
  const child = fork(new URL("bare-server.ts", import.meta.url), [String(port)], { detached: true });
  endWithUs(child);
  await once(child, "message");
  return { port, pid: child.pid ?? 0, stop: () => stopped(child) };
}

/** Resident memory of a process now, in MB. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
}

/** Looks at a process's memory four times a second; `stop` gives the highest value seen. */
export function watchMemory(pid: number): { stop: () => number } {
  let peak = 0;
  const timer = setInterval(() => {
    void residentMb(pid).then(
      (mb) => {
        peak = Math.max(peak, mb);
      },
      () => {},
    );
  }, 250);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}

async function untilAnswered(child: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode}.`);
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await pause(50);
  }
  throw new Error("The server did not answer within 30 seconds.");
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
