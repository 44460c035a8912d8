import { Worker } from "node:worker_threads";

export type SideAnswer<Answer> = { ok: true; answer: Answer } | { ok: false; why: string };

export type SideThread<Order, Answer> = {
  /** One order after another; never throws. The thread that took too long is ended, and the next order gets a new one. */
  ask: (order: Order, timeoutMs: number) => Promise<SideAnswer<Answer>>;
  close: () => Promise<void>;
};

export type SideThreadOptions = { memoryMb: number; idleMs: number };

/**
 * Work that strangers can make slow, in a thread with bounded time and memory: the server goes on meanwhile. It starts with the first
 * order and ends after a quiet while, so that a server without such work pays nothing.
 */
export function createSideThread<Order, Answer>(
  file: URL,
  { memoryMb, idleMs }: SideThreadOptions,
): SideThread<Order, Answer> {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };
  const start = (): Worker => {
    const started = new Worker(file, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
    started.unref();
    // Dying between two orders is no error of anybody's; unheard it would end the process.
    started.on("error", () => {});
    started.on("exit", () => {
      if (thread === started) thread = undefined;
    });
    return started;
  };
  const work = async (order: Order, timeoutMs: number): Promise<SideAnswer<Answer>> => {
    clearTimeout(idle);
    thread ??= start();
    const answer = await askOnce<Order, Answer>(thread, order, timeoutMs);
    if (!answer.ok) await end();
    else idle = setTimeout(() => void end(), idleMs).unref();
    return answer;
  };
  return {
    ask(order, timeoutMs) {
      const next = last.then(() => work(order, timeoutMs));
      last = next;
      return next;
    },
    close: end,
  };
}

function askOnce<Order, Answer>(thread: Worker, order: Order, timeoutMs: number): Promise<SideAnswer<Answer>> {
  return new Promise((resolve) => {
    const settle = (answer: SideAnswer<Answer>): void => {
      clearTimeout(timer);
      thread.off("message", settle).off("error", onError).off("exit", onExit);
      resolve(answer);
    };
    const onError = (error: Error): void => settle({ ok: false, why: error.message });
    const onExit = (): void => settle({ ok: false, why: "it takes too much memory to read" });
    const timer = setTimeout(() => settle({ ok: false, why: "it takes too long to read" }), timeoutMs);
    thread.on("message", settle).on("error", onError).on("exit", onExit);
    thread.postMessage(order);
  });
}
