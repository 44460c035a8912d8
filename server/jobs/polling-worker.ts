import { startLoop, type WakefulLoop } from "../domain/wakeful-loop.ts";

export type PollingOptions = {
  /** Takes the next batch; how many it took. */
  work: () => Promise<number>;
  pollMs: number;
  onError: (error: unknown) => void;
};

/** Works batch after batch until nothing is left, then waits to be woken or for the next poll, which finds what other processes left. */
export function startPollingWorker({ work, pollMs, onError }: PollingOptions): WakefulLoop {
  return startLoop(async () => ((await work()) > 0 ? 0 : pollMs), { pollMs, onError });
}
