import { writePosition } from "../events/journal-position.ts";
import { type JournalReads, readHorizon } from "../events/read-journal.ts";

/** Where the journal is read to just now. Whoever loads screens after this and listens from here misses nothing. */
export async function livePosition(db: JournalReads): Promise<string> {
  const { before } = await readHorizon(db, { transactionId: 0n, eventId: 0 });
  return writePosition({ transactionId: before, eventId: 0 });
}
