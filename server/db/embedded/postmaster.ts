import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StartupError } from "../startup-error.ts";
import type { Account } from "./account.ts";
import { launch } from "./launch.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { commandLine, isAlive } from "./process-state.ts";
import { removeEmptyLock } from "./remove-empty-lock.ts";
import { socketPort } from "./socket-folder.ts";
import { stopPostmaster } from "./stop-postmaster.ts";

export type PostmasterPlan = {
  binary: string;
  args: string[];
  cluster: string;
  socket: string;
  home: string;
  account: Account;
  log: (line: string) => void;
};

/** A running server; `ended` says how it went. */
export type Postmaster = { pid: number; adopted: boolean; ended: Promise<string> };

/** Old backends of a killed postmaster hold the shared memory until they notice. */
const patienceMs = 10_000;

/** The server of the cluster: the one that runs already, or a new one. */
export async function openPostmaster(plan: PostmasterPlan): Promise<Postmaster> {
  for (const giveUpAt = Date.now() + patienceMs; ; ) {
    const found = await findOld(plan);
    if (found.kind === "same" && (await becomesReady(plan, found.pid))) return adopt(plan, found.pid);
    if (found.kind === "other") await replaceOther(plan, found.pid);
    await removeSocket(plan.socket);
    await removeEmptyLock(plan.cluster);
    const result = await launch(plan, found.kind === "foreign" ? found.pid : undefined);
    if (result.kind === "ready") return { pid: result.pid, adopted: false, ended: result.ended };
    if (!result.retry || Date.now() > giveUpAt) throw new StartupError(`PostgreSQL did not start: ${result.reason}.`);
    await delay(50);
  }
}

type Found = { kind: "none" } | { kind: "same" | "other" | "foreign"; pid: number };

/** Whose pid stands in postmaster.pid: nobody's, our server's, a server with other flags, or a stranger's who got the number. */
async function findOld({ cluster, binary, args }: PostmasterPlan): Promise<Found> {
  const file = await readPostmasterFile(cluster);
  if (!file || !isAlive(file.pid)) return { kind: "none" };
  const line = commandLine(file.pid) ?? "";
  if (!line.includes("postgres") || !line.includes(` -D ${cluster} `)) return { kind: "foreign", pid: file.pid };
  return { kind: line === [binary, ...args].join(" ") ? "same" : "other", pid: file.pid };
}

/** It may be recovering still, however long that lasts, or on its way out, which is waited for. */
async function becomesReady(plan: PostmasterPlan, pid: number): Promise<boolean> {
  for (const endsAt = Date.now() + patienceMs; isAlive(pid); ) {
    const file = await readPostmasterFile(plan.cluster);
    if (file?.pid === pid && file.status === "ready") return true;
    if (file?.status !== "starting" && Date.now() > endsAt) await stopPostmaster(pid);
    await delay(5);
  }
  return false;
}

function adopt(plan: PostmasterPlan, pid: number): Postmaster {
  plan.log(`PostgreSQL (pid ${pid}) was still running and is used again.`);
  return { pid, adopted: true, ended: endOfStranger(pid) };
}

async function replaceOther(plan: PostmasterPlan, pid: number): Promise<void> {
  plan.log(`PostgreSQL (pid ${pid}) was still running with other settings and is restarted.`);
  await stopPostmaster(pid);
}

/** The socket's lock may carry another recycled pid than postmaster.pid; nobody serves this folder, so neither is needed. */
async function removeSocket(socket: string): Promise<void> {
  const name = join(socket, `.s.PGSQL.${socketPort}`);
  await Promise.all([rm(name, { force: true }), rm(`${name}.lock`, { force: true })]);
}

/** An adopted process is nobody's child here, so its end has to be looked for. */
async function endOfStranger(pid: number): Promise<string> {
  while (isAlive(pid)) await delay(250, undefined, { ref: false });
  return `PostgreSQL (pid ${pid}) ended`;
}
