import { checkOutboundUrl } from "../../../channels/egress/check-outbound-url.ts";
import { outboundPolicy } from "../../../channels/egress/outbound-policy.ts";
import type { WebhookDeps } from "../../../domain/webhooks/write-webhook.ts";

export type WebhookSettings = {
  encryptionKey: string;
  publicUrl?: string | undefined;
  allowPrivateWebhooks?: boolean;
};

/** What the webhooks' domain needs to judge an address and to seal a secret. */
export function webhookDeps({ encryptionKey, publicUrl, allowPrivateWebhooks = false }: WebhookSettings): WebhookDeps {
  const policy = outboundPolicy({ publicUrl, allowPrivate: allowPrivateWebhooks });
  return {
    encryptionKey,
    faultOfUrl(url) {
      const checked = checkOutboundUrl(url, policy);
      return checked.ok ? undefined : checked.why;
    },
  };
}
