import type { TxCtx } from "../context.ts";
import { settleLoyalty } from "../customers/loyalty-entries.ts";
import { refreshRecord } from "../customers/refresh-record.ts";
import { expireProposals } from "../rebooking/expire-proposals.ts";
import { planReminders } from "../reminders/plan-reminders.ts";
import type { Appointment } from "./appointment.ts";
import { isOpen } from "./appointment-state.ts";

/** What follows from a visit as it now stands, in its own transaction: the points, the person's record, the reminders. */
export async function settleVisit(
  tx: TxCtx,
  { id, contactId, amount, status, startsAt }: Pick<Appointment, "id" | "contactId" | "amount" | "status" | "startsAt">,
): Promise<void> {
  await settleLoyalty(tx, { id, contactId, amount, counts: status === "completed" });
  await refreshRecord(tx, contactId);
  await planReminders(tx, id);
  if (isOpen(status) && Date.parse(startsAt) > tx.now().getTime()) await expireProposals(tx, id);
}

/** The same for one that is gone. */
export async function settleGone(tx: TxCtx, { id, contactId }: Pick<Appointment, "id" | "contactId">): Promise<void> {
  await settleLoyalty(tx, { id, contactId, amount: "0", counts: false });
  await refreshRecord(tx, contactId);
  await planReminders(tx, id);
}
