import type { TxCtx } from "../../context.ts";
import { suppressAddress } from "../../email/suppress-address.ts";
import type { FinishedSend } from "./settle-sends.ts";

/** Addresses whose server says that nobody is there get no more mail: trying again harms the name of the one who writes. */
export async function closeAddresses(tx: TxCtx, finished: FinishedSend[]): Promise<void> {
  const closed = finished.flatMap(({ claimed, outcome }) =>
    "closedAddresses" in outcome && outcome.closedAddresses
      ? outcome.closedAddresses.map((each) => ({ ...each, messageId: claimed.messageId }))
      : [],
  );
  // Each by its address, as everybody locks them.
  for (const { address, diagnostic, messageId } of closed.toSorted((a, b) => (a.address < b.address ? -1 : 1)))
    await suppressAddress(tx, { address, reason: "hard_bounce", detail: { diagnostic, message_id: messageId } });
}
