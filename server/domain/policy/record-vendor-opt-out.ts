import type { JsonObject } from "../../../shared/json.ts";
import { recordConsent } from "../contacts/record-consent.ts";
import { withdrawnChannels } from "../contacts/withdrawn-channels.ts";
import type { TxCtx } from "../context.ts";

export type VendorOptOut = {
  contactId: number;
  /** 131050: no marketing any more. 21610: nothing any more. */
  purpose: "marketing" | "all";
  at: Date;
  /** The message that was refused, the vendor's code. */
  evidence: JsonObject;
};

/**
 * Writes down what a vendor's refusal tells: the person left, perhaps by a button or word that never reached us. Once: while the
 * last word is already "withdrawn", more refusals add nothing.
 */
export async function recordVendorOptOut(tx: TxCtx, { contactId, purpose, at, evidence }: VendorOptOut): Promise<void> {
  const channel = "whatsapp";
  if ((await withdrawnChannels(tx, contactId, { channels: [channel], purposes: [purpose] })).has(channel)) return;
  await recordConsent(tx, {
    contactId,
    channel,
    purpose,
    state: "withdrawn",
    source: "vendor_error",
    at,
    evidence,
  });
}
