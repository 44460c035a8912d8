import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import {
  Webhook,
  WebhookDeliveryStory,
  WebhookReplay,
  WebhookReplayed,
  WebhookResumed,
} from "../../../../shared/v1/webhook.ts";
import { instantOf } from "../../../domain/instant.ts";
import { pauseWebhook, resumeWebhook } from "../../../domain/webhooks/pause-webhook.ts";
import { replaySince } from "../../../domain/webhooks/replay-deliveries.ts";
import { testWebhook } from "../../../domain/webhooks/test-webhook.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { tagged } from "../entity-tag.ts";
import { ById, idIn } from "../path-params.ts";
import { presentDeliveryStory, presentResumed, presentWebhook } from "./present-webhook.ts";

const tags = ["webhooks"];
type Params = Static<typeof ById>;

/** What is done with an endpoint: test, pause, resume, replay. */
export function webhookSendingRoutes(app: FastifyInstance): void {
  pauseRoutes(app);
  app.post<{ Params: Params }>(
    "/v1/webhooks/:id/test",
    {
      config: forManagers,
      schema: { summary: "Send a test event", tags, params: ById, response: { 202: WebhookDeliveryStory } },
    },
    async (request, reply) => {
      const delivery = await testWebhook(ctxOf(request), idIn(request.params, "webhook"));
      reply.code(202);
      return presentDeliveryStory(delivery);
    },
  );
  const summary = "Send again what failed or was missed since a time";
  app.post<{ Params: Params; Body: WebhookReplay }>(
    "/v1/webhooks/:id/replay",
    {
      config: forManagers,
      schema: { summary, tags, params: ById, body: WebhookReplay, response: { 202: WebhookReplayed } },
    },
    async (request, reply) => {
      const since = instantOf("since", request.body.since);
      const { queued, hasMore } = await replaySince(ctxOf(request), idIn(request.params, "webhook"), since);
      reply.code(202);
      return { queued, has_more: hasMore };
    },
  );
}

function pauseRoutes(app: FastifyInstance): void {
  app.post<{ Params: Params }>(
    "/v1/webhooks/:id/pause",
    {
      config: forManagers,
      schema: { summary: "Keep deliveries back", tags, params: ById, response: { 200: Webhook } },
    },
    async (request, reply) =>
      tagged(reply, presentWebhook(await pauseWebhook(ctxOf(request), idIn(request.params, "webhook")))),
  );
  app.post<{ Params: Params }>(
    "/v1/webhooks/:id/resume",
    {
      config: forManagers,
      schema: {
        summary: "Deliver again, also after it was disabled",
        description:
          "What waited while it was paused goes out. What an endpoint missed while it was disabled does not go out by itself: `missed` counts it, and POST …/replay with its `since` sends it.",
        tags,
        params: ById,
        response: { 200: WebhookResumed },
      },
    },
    async (request, reply) =>
      tagged(reply, presentResumed(await resumeWebhook(ctxOf(request), idIn(request.params, "webhook")))),
  );
}
