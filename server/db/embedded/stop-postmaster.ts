import { setTimeout as delay } from "node:timers/promises";
import { errorCode } from "./file-error.ts";
import { isAlive } from "./process-state.ts";

/** Fast shutdown: transactions are rolled back, a checkpoint is written. Whoever takes longer than 10 s is made to recover later. */
export async function stopPostmaster(pid: number): Promise<void> {
  const steps = [
    { signal: "SIGINT", waitMs: 10_000 },
    { signal: "SIGQUIT", waitMs: 5_000 },
    { signal: "SIGKILL", waitMs: 5_000 },
  ] as const;
  for (const { signal, waitMs } of steps) {
    send(pid, signal);
    if (await isGoneWithin(pid, waitMs)) return;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (errorCode(error) !== "ESRCH") throw error;
  }
}

async function isGoneWithin(pid: number, waitMs: number): Promise<boolean> {
  for (const endsAt = Date.now() + waitMs; Date.now() < endsAt; ) {
    if (!isAlive(pid)) return true;
    await delay(10);
  }
  return !isAlive(pid);
}
