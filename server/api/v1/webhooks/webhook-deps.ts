import { urlFault } from "../../../channels/egress/url-fault.ts";
import { outboundPolicy } from "../../../domain/outbound-addresses/outbound-policy.ts";
import type { WebhookDeps } from "../../../domain/webhooks/write-webhook.ts";

export type WebhookSettings = {
  encryptionKey: string;
  publicUrl?: string | undefined;
  allowPrivateWebhooks?: boolean;
};

/** What the webhooks' domain needs to judge an address and to seal a secret. */
export function webhookDeps({ encryptionKey, publicUrl, allowPrivateWebhooks = false }: WebhookSettings): WebhookDeps {
  return { encryptionKey, faultOfUrl: urlFault(outboundPolicy({ publicUrl, allowPrivate: allowPrivateWebhooks })) };
}
