import type { Db } from "../db/connection.ts";
import { expireLeases, reviewUnanswered } from "../domain/sends/outbox/unanswered-sends.ts";
import { startLoop } from "../domain/wakeful-loop.ts";
import { createOutboxSender, type OutboxSender, type OutboxSenderOptions } from "./outbox-sender.ts";
import { startPollingWorker } from "./polling-worker.ts";
import { tellSignals } from "./tell-signals.ts";

export type OutboxWorkerOptions = OutboxSenderOptions & {
  pollMs: number;
  /** How often unanswered calls are looked at. */
  reviewMs?: number;
};

export type OutboxWorker = { wake: () => void; stop: () => Promise<void> };

/** Sends what waits in the outbox; several processes share the numbers, their rates and their queues over the database. */
export function startOutboxWorker(db: Db, options: OutboxWorkerOptions): OutboxWorker {
  const { pollMs, reviewMs = 5_000, onError, now = () => new Date() } = options;
  const sender = createOutboxSender(db, options);
  // The gap lets answers and new messages gather, so that a claim and its policy serve several at once.
  const taking = startLoop(takingStep(sender, pollMs), { pollMs, gapMs: 25, onError });
  const settling = startLoop(async () => ((await sender.settle()) > 0 ? 0 : pollMs), { pollMs, gapMs: 20, onError });
  const review = async (): Promise<number> => {
    const expired = await expireLeases(db, now());
    const looked = await reviewUnanswered(db, now());
    return expired + looked >= 500 ? 0 : reviewMs;
  };
  const reviewing = startLoop(review, { pollMs: reviewMs, onError });
  const signalling = startPollingWorker({ work: () => tellSignals(db, options.senderOf, now()), pollMs: 700, onError });
  sender.onFinished(() => {
    settling.wake();
    taking.wake();
  });
  // Every queued message writes a line of the journal, so its commit, in whatever process, is the word that there is work.
  const unsubscribe = db.subscribe("events", taking.wake);
  return {
    wake: taking.wake,
    async stop() {
      unsubscribe();
      await Promise.all([taking.stop(), reviewing.stop(), signalling.stop()]);
      await sender.drain();
      await settling.stop();
      await sender.settle().catch(onError);
    },
  };
}

const shortestRestMs = 20;

/** What is due and may not leave yet waits for tokens or for an answer: looked at soon, and less often the longer nothing moves. */
function takingStep(sender: OutboxSender, pollMs: number): () => Promise<number> {
  let restMs = shortestRestMs;
  return async () => {
    const { begun, due } = await sender.takeMore();
    if (begun > 0) {
      restMs = shortestRestMs;
      return 0;
    }
    if (due === 0) return pollMs;
    restMs = Math.min(restMs * 1.5, pollMs);
    return restMs;
  };
}
