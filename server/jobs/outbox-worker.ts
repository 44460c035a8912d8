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
  const claims = createGathering();
  const taking = startLoop(takingStep(sender, pollMs, claims.note), { pollMs, gapMs: claims.gapMs, onError });
  const ends = createGathering();
  const settling = startLoop(async () => (ends.note(await sender.settle()) > 0 ? 0 : pollMs), {
    ...{ pollMs, gapMs: ends.gapMs, onError },
  });
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

type Gathering = { gapMs: () => number; note: (count: number) => number };

const gapMs = 25;
const crowd = 8;
const crowdGapMs = 60;

/**
 * The gap lets messages, or answers, gather, so that one claim with its policy, or one note, serves several. It costs nearly the same for
 * thirty as for ten: where many come at once, they gather longer.
 */
function createGathering(): Gathering {
  let last = 0;
  return {
    gapMs: () => (last >= crowd ? crowdGapMs : gapMs),
    note(count) {
      last = count;
      return count;
    },
  };
}

const shortestRestMs = 20;

/** What is due and may not leave yet waits for tokens or for an answer: looked at soon, and less often the longer nothing moves. */
function takingStep(sender: OutboxSender, pollMs: number, note: (begun: number) => number): () => Promise<number> {
  let restMs = shortestRestMs;
  return async () => {
    const { begun, due } = await sender.takeMore();
    if (note(begun) > 0) {
      restMs = shortestRestMs;
      return 0;
    }
    if (due === 0) return pollMs;
    restMs = Math.min(restMs * 1.5, pollMs);
    return restMs;
  };
}
