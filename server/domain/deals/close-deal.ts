import { findContact } from "../contacts/get-contact.ts";
import type { TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { winPerson } from "../leads/win-person.ts";
import type { Deal } from "./deal.ts";

/** What follows when a deal has just come to its end: it is told, and a won deal's person is a customer. */
export async function closeDeal(tx: TxCtx, deal: Deal): Promise<void> {
  const { id, contactId, value, currency } = deal;
  const subject = { kind: "deal", id } as const;
  if (deal.stage === "closed_lost") {
    await recordEvent(tx, {
      type: "deal.lost",
      subject,
      contactId,
      data: { value, currency, reason: deal.lostReason },
    });
  }
  if (deal.stage !== "closed_won") return;
  await recordEvent(tx, { type: "deal.won", subject, contactId, data: { value, currency } });
  // The deal of a person who was deleted in the meantime can be won all the same.
  if (await findContact(tx, contactId)) await winPerson(tx, deal);
}
