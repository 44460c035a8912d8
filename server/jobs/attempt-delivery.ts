import type { OutboundAnswer, OutboundClient } from "../channels/egress/outbound-client.ts";
import type { ClaimedWebhook } from "../domain/webhooks/claim-deliveries.ts";
import type { Attempted, EndpointAnswer } from "../domain/webhooks/delivery-outcome.ts";
import { retryAfterMs } from "../domain/webhooks/retry-schedule.ts";
import { type WebhookMessage, webhookMessage } from "../domain/webhooks/webhook-message.ts";

const timeoutMs = 15_000;
const largestAnswerBytes = 64 * 1024;
const keptAnswerBytes = 1_024;

/** One attempt at one delivery. Never throws: what goes wrong is what came of it. */
export async function attemptDelivery(
  delivery: ClaimedWebhook,
  { client, encryptionKey }: { client: OutboundClient; encryptionKey: string },
): Promise<Attempted> {
  const at = new Date();
  const began = performance.now();
  const answer = await call(client, signed(delivery, encryptionKey, at));
  return { at, durationMs: performance.now() - began, answer };
}

function signed(delivery: ClaimedWebhook, encryptionKey: string, at: Date): WebhookMessage | undefined {
  try {
    return webhookMessage(delivery, encryptionKey, at);
  } catch {
    return undefined;
  }
}

async function call(client: OutboundClient, message: WebhookMessage | undefined): Promise<EndpointAnswer> {
  // The data folder's key is not the one that sealed the secret: a restore without its secrets.json.
  if (!message) return { kind: "unanswered", why: "The secret cannot be opened; rotate it." };
  const { url, headers, body } = message;
  return endpointAnswer(
    await client.send({ method: "POST", url, headers, body, timeoutMs, maxBytes: largestAnswerBytes }),
  );
}

function endpointAnswer(answer: OutboundAnswer): EndpointAnswer {
  if (answer.kind !== "answered") return { kind: "unanswered", why: answer.why };
  const { status, headers, body } = answer;
  return {
    kind: "answered",
    status,
    retryAfterMs: retryAfterMs(headers["retry-after"], new Date()),
    body: printable(body.subarray(0, keptAnswerBytes)),
  };
}

// PostgreSQL takes no NUL in text, and what was cut in the middle of a character ends with a replacement.
function printable(bytes: Buffer): string {
  return bytes.toString("utf8").replaceAll("\u0000", "");
}
