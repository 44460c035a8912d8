import type { Db } from "../db/connection.ts";
import { announcePlanned } from "../domain/activities/announce-planned.ts";
import { announceUpcoming } from "../domain/appointments/announce-upcoming.ts";

const batch = 500;

/** Tells of calls, meetings and visits that are about to begin, until none is left. */
export async function remindOfPlans(db: Db): Promise<void> {
  while ((await announcePlanned(db, new Date(), batch)) === batch);
  while ((await announceUpcoming(db, new Date(), batch)) === batch);
}
