import type { ClaimedPush } from "./claim-pushes.ts";
import { hidePhones } from "./hide-phones.ts";

/** What web/public/push-worker.js shows. Small, and no more of a person than the title: it passes through others' servers, sealed. */
export type PushPayload = { title: string; tag: string; notification_id: number };

/** One subscription's encrypted way; `topic` lets the service replace what it has not delivered yet. */
export type PushMessage = { endpoint: string; p256dh: string; auth: string; payload: string; topic: string };

export type PushOutcome =
  | { kind: "sent" }
  /** The browser is no more: 404 or 410. */
  | { kind: "gone" }
  | { kind: "later"; why: string; retryAfterMs?: number | undefined }
  | { kind: "refused"; why: string };

export type PushSender = { send: (message: PushMessage) => Promise<PushOutcome> };

export function pushMessage(push: ClaimedPush): PushMessage {
  const { title } = push.masksPhones ? hidePhones({ title: push.title, body: "" }) : push;
  const payload: PushPayload = {
    title: push.further === 0 ? title.slice(0, 120) : `${push.further + 1} new notifications`,
    tag: `n${push.notificationId}`,
    notification_id: push.notificationId,
  };
  const { endpoint, p256dh, auth } = push;
  return { endpoint, p256dh, auth, payload: JSON.stringify(payload), topic: payload.tag };
}
