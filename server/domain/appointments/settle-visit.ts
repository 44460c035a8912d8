import type { TxCtx } from "../context.ts";
import { settleLoyalty } from "../customers/loyalty-entries.ts";
import { refreshRecord } from "../customers/refresh-record.ts";
import { planReminders } from "../reminders/plan-reminders.ts";
import type { Appointment } from "./appointment.ts";

/** What follows from a visit as it now stands, in its own transaction: the points, the person's record, the reminders. */
export async function settleVisit(
  tx: TxCtx,
  { id, contactId, amount, status }: Pick<Appointment, "id" | "contactId" | "amount" | "status">,
): Promise<void> {
  await settleLoyalty(tx, { id, contactId, amount, counts: status === "completed" });
  await refreshRecord(tx, contactId);
  await planReminders(tx, id);
}

/** The same for one that is gone. */
export async function settleGone(tx: TxCtx, { id, contactId }: Pick<Appointment, "id" | "contactId">): Promise<void> {
  await settleLoyalty(tx, { id, contactId, amount: "0", counts: false });
  await refreshRecord(tx, contactId);
  await planReminders(tx, id);
}
