import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { WebhookDelivery, WebhookDeliveryQuery, WebhookDeliveryStory } from "../../../../shared/v1/webhook.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getDelivery, listDeliveries } from "../../../domain/webhooks/list-deliveries.ts";
import { replayDelivery } from "../../../domain/webhooks/replay-deliveries.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentDelivery, presentDeliveryStory } from "./present-webhook.ts";

const tags = ["webhooks"];
const ByDelivery = Type.Object({ ...ById.properties, delivery_id: Type.String({ maxLength: 40 }) });
type DeliveryParams = Static<typeof ByDelivery>;

/** The delivery log. */
export function webhookDeliveryRoutes(app: FastifyInstance): void {
  app.get<{ Params: Static<typeof ById>; Querystring: WebhookDeliveryQuery }>(
    "/v1/webhooks/:id/deliveries",
    {
      config: forManagers,
      schema: {
        summary: "What was and is to be sent, newest first",
        tags,
        params: ById,
        querystring: WebhookDeliveryQuery,
        response: { 200: pageOf(WebhookDelivery) },
      },
    },
    async (request, reply) => {
      const { state, cursor } = request.query;
      const { items, next } = await listDeliveries(ctxOf(request), idIn(request.params, "webhook"), {
        limit: limitOf(request.query),
        ...withoutUndefined({ state }),
        ...idCursor("webhook_deliveries", cursor),
      });
      const page = { items, next: cursorWord("webhook_deliveries", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentDelivery);
    },
  );
  oneDeliveryRoutes(app);
}

function oneDeliveryRoutes(app: FastifyInstance): void {
  app.get<{ Params: DeliveryParams }>(
    "/v1/webhooks/:id/deliveries/:delivery_id",
    {
      config: forManagers,
      schema: {
        summary: "A delivery with its attempts",
        tags,
        params: ByDelivery,
        response: { 200: WebhookDeliveryStory },
      },
    },
    async (request) => {
      const { webhookId, deliveryId } = idsIn(request.params);
      return presentDeliveryStory(await getDelivery(ctxOf(request), webhookId, deliveryId));
    },
  );
  app.post<{ Params: DeliveryParams }>(
    "/v1/webhooks/:id/deliveries/:delivery_id/replay",
    {
      config: forManagers,
      schema: {
        summary: "Send a delivery again",
        tags,
        params: ByDelivery,
        response: { 202: WebhookDeliveryStory },
      },
    },
    async (request, reply) => {
      const { webhookId, deliveryId } = idsIn(request.params);
      const delivery = await replayDelivery(ctxOf(request), webhookId, deliveryId);
      reply.code(202);
      return presentDeliveryStory(delivery);
    },
  );
}

function idsIn(params: DeliveryParams): { webhookId: number; deliveryId: number } {
  return { webhookId: idIn(params, "webhook"), deliveryId: readId(params.delivery_id, "delivery", "delivery_id") };
}
