import type { Db } from "../db/connection.ts";
import { processInbound } from "./process-inbound.ts";

export type InboundWorker = {
  /** Something was stored: look at once. */
  wake: () => void;
  /** Waits for the batch under way. */
  stop: () => Promise<void>;
};

export type InboundWorkerOptions = { pollMs: number; onError: (error: unknown) => void };

/** Applies stored webhook bodies as they come; a poll finds those that another process stored, or whose next attempt is due. */
export function startInboundWorker(db: Db, options: InboundWorkerOptions): InboundWorker {
  let stopped = false;
  let pending = true;
  let notify = () => {};

  const loop = async (): Promise<void> => {
    while (!stopped) {
      pending = false;
      const taken = await processInbound(db).catch((error: unknown) => {
        options.onError(error);
        return 0;
      });
      if (taken === 0 && !pending && !stopped) await pause();
    }
  };

  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, options.pollMs);
      notify = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const running = loop();
  return {
    wake() {
      pending = true;
      notify();
    },
    async stop() {
      stopped = true;
      notify();
      await running;
    },
  };
}
