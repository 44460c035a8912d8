import type { PushMessage, PushOutcome, PushSender } from "../../domain/notifications/push-message.ts";
import { vapidKeys } from "../../domain/notifications/vapid-keys.ts";
import { retryAfterMs } from "../../domain/webhooks/retry-schedule.ts";
import type { OutboundAnswer, OutboundClient } from "../egress/outbound-client.ts";

export type PushSenderOptions = {
  client: OutboundClient;
  encryptionKey: string;
  /** Push services write to it when we trouble them; they take https: addresses and mailto:. */
  publicUrl: string | undefined;
};

const timeoutMs = 10_000;
const maxBytes = 2_000;
/** A notification of yesterday is in the bell. */
const keptSeconds = 24 * 3_600;

/** Pushes by the Web Push protocol (RFC 8030), encrypted (RFC 8291) and signed as ours (RFC 8292). */
export function createPushSender({ client, encryptionKey, publicUrl }: PushSenderOptions): PushSender {
  const subject = publicUrl?.startsWith("https:") ? publicUrl : "mailto:nobody@rapport.invalid";
  const vapidDetails = { subject, ...vapidKeys(encryptionKey) };
  return {
    async send(message) {
      const details = await requestDetails(message, vapidDetails);
      if (details === undefined) return { kind: "refused", why: "The browser's keys cannot be used." };
      const { headers, body } = details;
      return outcomeOf(
        await client.send({ method: "POST", url: message.endpoint, headers, body, timeoutMs, maxBytes }),
        new Date(),
      );
    },
  };
}

type VapidDetails = { subject: string; publicKey: string; privateKey: string };

async function requestDetails({ endpoint, p256dh, auth, payload, topic }: PushMessage, vapidDetails: VapidDetails) {
  const { default: webPush } = await import("web-push");
  try {
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
      vapidDetails,
      TTL: keptSeconds,
      urgency: "normal",
      topic,
      contentEncoding: "aes128gcm",
    });
    return { headers: textHeaders(headers), body };
  } catch {
    return undefined;
  }
}

function textHeaders(headers: object): Record<string, string> {
  const sent = Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-length");
  return Object.fromEntries(sent.map(([name, value]) => [name, String(value)]));
}

function outcomeOf(answer: OutboundAnswer, now: Date): PushOutcome {
  switch (answer.kind) {
    case "refused":
      return { kind: "refused", why: answer.why };
    case "failed":
      return { kind: "later", why: answer.why };
    case "answered": {
      const { status } = answer;
      if (status >= 200 && status < 300) return { kind: "sent" };
      if (status === 404 || status === 410) return { kind: "gone" };
      const why = `The push service answered ${status}.`;
      if (status !== 429 && status < 500) return { kind: "refused", why };
      return { kind: "later", why, retryAfterMs: retryAfterMs(answer.headers["retry-after"], now) };
    }
  }
}
