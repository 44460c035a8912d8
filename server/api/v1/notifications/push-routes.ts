import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import {
  NewPushSubscription,
  OldPushSubscription,
  PushKey,
  PushSubscriptionMade,
} from "../../../../shared/v1/notification.ts";
import { urlFault } from "../../../channels/egress/url-fault.ts";
import { subscribePush, unsubscribePush } from "../../../domain/notifications/push-subscriptions.ts";
import { vapidKeys } from "../../../domain/notifications/vapid-keys.ts";
import { outboundPolicy } from "../../../domain/outbound-addresses/outbound-policy.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";
import { forEverybody } from "./for-everybody.ts";

const tags = ["notifications"];

export type PushRouteOptions = {
  encryptionKey: string;
  publicUrl?: string | undefined;
  allowPrivateWebhooks?: boolean;
};

/** The caller's browsers, to which notifications are pushed. */
export function pushRoutes(app: FastifyInstance, options: PushRouteOptions): void {
  const { publicKey } = vapidKeys(options.encryptionKey);
  const { publicUrl, allowPrivateWebhooks: allowPrivate = false } = options;
  const faultOf = urlFault(outboundPolicy({ publicUrl, allowPrivate }));
  app.get(
    "/v1/me/push-key",
    { schema: { summary: "The key that browsers subscribe with", tags, response: { 200: PushKey } } },
    async () => ({ public_key: publicKey }),
  );
  app.post<{ Body: NewPushSubscription }>(
    "/v1/me/push-subscriptions",
    {
      config: forEverybody,
      schema: {
        summary: "Push to this browser",
        tags,
        body: NewPushSubscription,
        response: { 201: PushSubscriptionMade },
      },
    },
    async (request, reply) => {
      const { endpoint, keys } = request.body;
      const userAgent = request.headers["user-agent"];
      const id = await subscribePush(ctxOf(request), { endpoint, ...keys, userAgent }, faultOf);
      return reply.code(201).send({ id });
    },
  );
  app.delete<{ Body: Static<typeof OldPushSubscription> }>(
    "/v1/me/push-subscriptions",
    {
      config: forEverybody,
      schema: {
        summary: "Push to this browser no more",
        tags,
        body: OldPushSubscription,
        response: { 204: noContent },
      },
    },
    async (request, reply) => {
      await unsubscribePush(ctxOf(request), request.body.endpoint);
      reply.code(204);
    },
  );
}
