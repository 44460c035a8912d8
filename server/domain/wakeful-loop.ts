import { setTimeout as pause } from "node:timers/promises";

export type WakefulLoop = {
  /** There is something to do: look at once, or as soon as the gap allows. */
  wake: () => void;
  /** Waits for the step under way. */
  stop: () => Promise<void>;
};

export type LoopOptions = {
  /** The longest pause; also after an error. */
  pollMs: number;
  /** The shortest time from one step's beginning to the next's, so that a storm of wake-ups becomes a few steps; asked after each step. */
  gapMs?: number | (() => number);
  onError: (error: unknown) => void;
};

/** Runs a step again and again. The step says how long to rest when nobody wakes it; nought means that there is more to do. */
export function startLoop(step: () => Promise<number>, options: LoopOptions): WakefulLoop {
  const { pollMs, gapMs = 0, onError } = options;
  let stopped = false;
  let woken = true;
  let interrupt = () => {};

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    while (!stopped) {
      woken = false;
      const began = performance.now();
      const pauseMs = await step().catch((error: unknown) => {
        onError(error);
        return pollMs;
      });
      if (pauseMs > 0 && !woken && !stopped) await rest(Math.min(pauseMs, pollMs));
      const early = (typeof gapMs === "number" ? gapMs : gapMs()) - (performance.now() - began);
      if (early > 0 && !stopped) await pause(early);
    }
  };

  const running = run();
  return {
    wake() {
      if (woken) return;
      woken = true;
      interrupt();
    },
    async stop() {
      stopped = true;
      interrupt();
      await running;
    },
  };
}
