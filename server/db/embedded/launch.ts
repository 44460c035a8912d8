import { spawn } from "node:child_process";
import { open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { identityOf } from "./account.ts";
import { fileTrouble } from "./file-error.ts";
import { lastComplaint } from "./last-complaint.ts";
import type { PostmasterPlan } from "./postmaster.ts";
import { readPostmasterFile } from "./postmaster-file.ts";

export type Launch =
  | { kind: "ready"; pid: number; ended: Promise<string> }
  | { kind: "failed"; reason: string; retry: boolean };

const largestLogBytes = 10_000_000;

/**
 * Starts the server and waits until it takes connections, however long its recovery lasts.
 * @param stranger the pid in postmaster.pid when it is a foreign process's: PostgreSQL then takes that file for stale. Deleting
 * the file instead would also disable its check for old backends.
 */
export async function launch(plan: PostmasterPlan, stranger: number | undefined): Promise<Launch> {
  const { path, file, offset } = await openLog(plan);
  const { pid, ended } = run(plan, file.fd, stranger);
  await file.close();
  let end: End | undefined;
  void ended.then((value) => {
    end = value;
  });
  for (let waitedMs = 0; end === undefined; waitedMs += 5) {
    const state = await readPostmasterFile(plan.cluster);
    if (pid !== undefined && state?.pid === pid && state.status === "ready")
      return { kind: "ready", pid, ended: reasonOf(ended) };
    if (waitedMs % 10_000 === 9_995) plan.log("PostgreSQL is still recovering.");
    await delay(5);
  }
  const output = (await readFile(path)).subarray(offset).toString();
  // One that was killed from outside while it started has nothing against a second try.
  const retry = end.wasKilled || /pre-existing shared memory block|lock file ".*" already exists/.test(output);
  return { kind: "failed", reason: lastComplaint(output) ?? end.reason, retry };
}

type End = { reason: string; wasKilled: boolean };

async function reasonOf(ended: Promise<End>): Promise<string> {
  return (await ended).reason;
}

function run(
  plan: PostmasterPlan,
  logFd: number,
  stranger: number | undefined,
): { pid: number | undefined; ended: Promise<End> } {
  const child = spawn(plan.binary, plan.args, {
    ...identityOf(plan.account),
    cwd: plan.home,
    env: stranger === undefined ? {} : { PG_GRANDPARENT_PID: String(stranger) },
    stdio: ["ignore", logFd, logFd],
    // In a process group of its own: Ctrl-C in the terminal must not end it before our connections are closed.
    detached: true,
  });
  child.unref();
  const ended = new Promise<End>((resolve) => {
    child.once("error", (error) =>
      resolve({ reason: `PostgreSQL could not be run: ${fileTrouble(error)}`, wasKilled: false }),
    );
    child.once("exit", (code, signal) =>
      resolve({
        reason: `PostgreSQL (pid ${child.pid}) ended with ${signal ?? `code ${code}`}`,
        wasKilled: signal !== null,
      }),
    );
  });
  return { pid: child.pid, ended };
}

/** A file and not a pipe: it has to outlive this process, as the server does when Node is killed. */
async function openLog({ home, account }: PostmasterPlan) {
  const path = join(home, "postgres.log");
  const old = await stat(path).catch(() => undefined);
  if (old && old.size > largestLogBytes) await rename(path, `${path}.1`);
  const file = await open(path, "a", 0o600);
  if (account.kind === "dropped") await file.chown(account.uid, account.gid);
  return { path, file, offset: (await file.stat()).size };
}
