import type { Db } from "../db/connection.ts";
import { wakeConversations } from "../domain/conversations/wake-conversations.ts";

const batch = 500;

/** Brings back snoozed conversations whose time has come, until none is left. */
export async function wakeSnoozed(db: Db): Promise<void> {
  while ((await wakeConversations(db, new Date(), batch)) === batch);
}
