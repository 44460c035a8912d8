import type { Queries } from "../../db/connection.ts";
import type { JournalPosition } from "../events/journal-position.ts";
import { type Horizon, type JournalLine, measureStretch, readJournal } from "../events/read-journal.ts";

export type ReplayLimits = {
  /** Lines of all companies that are walked over to find one company's. */
  walkedLines: number;
  events: number;
  ageMs: number;
};

export const replayLimits: ReplayLimits = { walkedLines: 20_000, events: 5_000, ageMs: 86_400_000 };

export type Missed = { companyId: number; after: JournalPosition; horizon: Horizon; limits: ReplayLimits; now: Date };

/** The next lines, in order; none at the end. */
export type NextLines = () => Promise<JournalLine[]>;

const pageSize = 200;

/**
 * What a reader missed since it went, page by page as it takes them: a thousand who come back together must not have everything in
 * memory a thousand times. Nothing where that is too much or too long ago to tell.
 */
export async function missedEvents(db: Queries, missed: Missed): Promise<NextLines | undefined> {
  const { companyId, horizon, limits, now } = missed;
  const { before } = horizon;
  let { after } = missed;
  // A position of the future comes from another database.
  if (after.transactionId > before) return undefined;
  if (!horizon.fresh) return async () => [];
  const { lines, own, since } = await measureStretch(db, { after, before, companyId, limit: limits.walkedLines + 1 });
  const isOld = since !== null && Date.parse(since) < now.getTime() - limits.ageMs;
  if (lines > limits.walkedLines || own > limits.events || isOld) return undefined;
  return async () => {
    const page = await readJournal(db, { after, before, companyIds: [companyId], limit: pageSize });
    const last = page.at(-1);
    if (last) after = { transactionId: BigInt(last.transactionId), eventId: last.id };
    return page;
  };
}
