import type { Delivery } from "../../domain/conversations/store-delivery.ts";
import { verifySignature } from "./signature.ts";

export type AcceptWebhookOptions = { appSecret: string; store: (delivery: Delivery) => Promise<void> };

/**
 * Takes one webhook body in, over HTTP or from the simulator: checks the signature over the raw bytes and stores them, to be
 * understood later. Tells whether the signature was right; rejects where the body could not be stored.
 */
export async function acceptWebhook(
  { appSecret, store }: AcceptWebhookOptions,
  body: Buffer,
  signature: string | undefined,
): Promise<boolean> {
  if (!verifySignature(appSecret, body, signature)) return false;
  await store({ provider: "whatsapp_cloud", companyId: null, body, receivedAt: new Date() });
  return true;
}
