import type { Db } from "../../db/connection.ts";
import type { JournalPosition } from "../events/journal-position.ts";
import { type JournalLine, readHorizon, readJournal } from "../events/read-journal.ts";
import { startLoop, type WakefulLoop } from "../wakeful-loop.ts";

export type FollowOptions = {
  /** Whose lines are wanted; while it is nobody's, nothing is read. */
  companyIds: () => number[];
  onLines: (companyId: number, lines: JournalLine[]) => void | Promise<void>;
  onError: (error: unknown) => void;
  /** Between looks that nobody asked for. */
  pollMs?: number;
};

export type Follower = {
  /** Begins at the present, when nobody has been following. */
  start: () => Promise<void>;
  /** Everything before it has been told. */
  position: () => JournalPosition;
  stop: () => Promise<void>;
};

const pageSize = 500;
/** A reader's eye needs no more than 50 looks a second, and ingestion at full speed would wake us at every commit. */
const gapMs = 20;
const heldMs = 20;
const longestHeldMs = 250;

/** Reads the journal on as it grows, for this process. Woken by commits here and elsewhere; polls, so that a lost word is only late. */
export function followJournal(db: Db, options: FollowOptions): Follower {
  const { companyIds, onError, pollMs = 1_000 } = options;
  let read: JournalPosition = { transactionId: 0n, eventId: 0 };
  let loop: WakefulLoop | undefined;
  let unsubscribe = () => {};
  let pauseMs = heldMs;

  const advance = async (): Promise<number> => {
    if (companyIds().length === 0) return pollMs;
    const step = await readOn(db, read, options);
    read = step.read;
    if (step.isMore) return 0;
    // Nobody announces the end of the older transaction that holds lines up, so look again soon, then less often.
    pauseMs = step.held ? Math.min(pauseMs * 2, longestHeldMs) : heldMs;
    return step.held ? pauseMs : pollMs;
  };

  return {
    async start() {
      if (companyIds().length > 0 && loop) return;
      const { before } = await readHorizon(db, read);
      if (companyIds().length === 0) read = { transactionId: before, eventId: 0 };
      if (loop) return;
      loop = startLoop(advance, { pollMs, gapMs, onError });
      unsubscribe = db.subscribe("events", loop.wake);
    },
    position: () => read,
    async stop() {
      unsubscribe();
      await loop?.stop();
    },
  };
}

async function readOn(db: Db, after: JournalPosition, { companyIds, onLines }: FollowOptions) {
  const { before, fresh, held } = await readHorizon(db, after);
  // Only now: a company that is not among them joins later than this horizon was read, so the horizon its listener begins at is no older.
  const wanted = companyIds();
  const lines = fresh ? await readJournal(db, { after, before, companyIds: wanted, limit: pageSize }) : [];
  for (const [companyId, own] of Map.groupBy(lines, (line) => line.companyId)) await onLines(companyId, own);
  const last = lines.length === pageSize ? lines.at(-1) : undefined;
  const read = last
    ? { transactionId: BigInt(last.transactionId), eventId: last.id }
    : { transactionId: before, eventId: 0 };
  return { read, held, isMore: last !== undefined };
}
