import { DomainError } from "../domain-error.ts";

export type HashQueue = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Runs at most `concurrency` at once; up to `maxWaiting` wait their turn, and whoever comes beyond is told to come back. */
export function createHashQueue(concurrency: number, maxWaiting: number): HashQueue {
  const waiting: (() => void)[] = [];
  let running = 0;

  const leave = () => {
    const next = waiting.shift();
    // The place is handed over rather than given back, so that nobody who comes in between overtakes.
    if (next) next();
    else running -= 1;
  };

  return async (work) => {
    if (running < concurrency) running += 1;
    else if (waiting.length >= maxWaiting) throw busy();
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      leave();
    }
  };
}

function busy(): DomainError {
  const message = "Too many people are signing in at this moment; try again in a few seconds.";
  return new DomainError({ kind: "rate_limited", retryAfterSeconds: 5, message });
}
