import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type {
  NewWebhook,
  Webhook,
  WebhookDelivery,
  WebhookEventType,
  WebhookPatch,
  WebhookReplayed,
  WebhookResumed,
  WebhookWithSecret,
} from "../../../shared/v1/webhook.ts";
import { pollMs } from "../live/live-state.ts";
import { apiPaths } from "../paths.ts";
import { allPages } from "./all-pages.ts";
import type { Page } from "./page.ts";
import { request } from "./request.ts";

const deliveriesPollMs = 3_000;

export const webhooksQuery = queryOptions({
  queryKey: ["webhooks", "list"],
  queryFn: ({ signal }) => allPages<Webhook>(apiPaths.webhooks, signal),
});

/** What a webhook can tell of. */
export const webhookEventTypesQuery = queryOptions({
  queryKey: ["webhook-event-types"],
  queryFn: ({ signal }) => request<{ data: WebhookEventType[] }>(apiPaths.webhookEventTypes, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The delivery log of one webhook, newest first. */
export function deliveriesQuery(webhookId: number, state: WebhookDelivery["state"] | undefined) {
  return infiniteQueryOptions({
    queryKey: ["webhooks", "deliveries", webhookId, state],
    queryFn: ({ pageParam: cursor, signal }) =>
      request<Page<WebhookDelivery>>(apiPaths.webhookDeliveries(webhookId, { state, cursor, limit: 20 }), { signal }),
    initialPageParam: "",
    getNextPageParam: (last: Page<WebhookDelivery>) => last.next_cursor,
    refetchInterval: pollMs(deliveriesPollMs),
  });
}

/** The secret comes back this once. */
export function createWebhook(webhook: NewWebhook, idempotencyKey: string): Promise<WebhookWithSecret> {
  return request(apiPaths.webhooks({}), { method: "POST", body: webhook, idempotencyKey });
}

export function saveWebhook({ id, version }: Webhook, patch: WebhookPatch): Promise<Webhook> {
  return request(apiPaths.webhook(id), { method: "PATCH", body: patch, ifMatch: `"v${version}"` });
}

export function deleteWebhook(id: number): Promise<void> {
  return request(apiPaths.webhook(id), { method: "DELETE" });
}

export function actOnWebhook(id: number, act: "pause" | "test"): Promise<unknown> {
  return request(apiPaths.webhookAct(id, act), { method: "POST" });
}

/** Says what it missed while it was disabled. */
export function resumeWebhook(id: number): Promise<WebhookResumed> {
  return request(apiPaths.webhookAct(id, "resume"), { method: "POST" });
}

export function replayWebhook(id: number, since: string): Promise<WebhookReplayed> {
  return request(apiPaths.webhookAct(id, "replay"), { method: "POST", body: { since } });
}

/** The old secret signs too for a day. */
export function rotateWebhookSecret(id: number): Promise<WebhookWithSecret> {
  return request(apiPaths.webhookAct(id, "rotate-secret"), { method: "POST" });
}

export function replayDelivery({ webhook_id, id }: WebhookDelivery): Promise<unknown> {
  return request(apiPaths.webhookDeliveryReplay(webhook_id, id), { method: "POST" });
}
