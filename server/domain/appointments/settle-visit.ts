import type { TxCtx } from "../context.ts";
import { settleLoyalty } from "../customers/loyalty-entries.ts";
import { refreshRecord } from "../customers/refresh-record.ts";
import type { Appointment } from "./appointment.ts";

/** What follows from a visit as it now stands, in its own transaction: the points and the person's record. */
export async function settleVisit(
  tx: TxCtx,
  { id, contactId, amount, status }: Pick<Appointment, "id" | "contactId" | "amount" | "status">,
): Promise<void> {
  await settleLoyalty(tx, { id, contactId, amount, counts: status === "completed" });
  await refreshRecord(tx, contactId);
}

/** The same for one that is gone. */
export async function settleGone(tx: TxCtx, { id, contactId }: Pick<Appointment, "id" | "contactId">): Promise<void> {
  await settleLoyalty(tx, { id, contactId, amount: "0", counts: false });
  await refreshRecord(tx, contactId);
}
