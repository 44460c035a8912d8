import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { Type } from "typebox";
import { listOf, pageOf, paging } from "../../../../shared/v1/fields.ts";
import {
  NewWebhook,
  Webhook,
  WebhookEventType,
  WebhookPatch,
  WebhookWithSecret,
} from "../../../../shared/v1/webhook.ts";
import { webhookEvents } from "../../../../shared/webhook-events.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getWebhook, listWebhooks } from "../../../domain/webhooks/list-webhooks.ts";
import { rotateWebhookSecret } from "../../../domain/webhooks/rotate-webhook-secret.ts";
import {
  createWebhook,
  deleteWebhook,
  updateWebhook,
  type WebhookDeps,
} from "../../../domain/webhooks/write-webhook.ts";
import { ctxOf } from "../../http/request-state.ts";
import { revealOnce, showOnce } from "../accounts/shown-once.ts";
import { forManagers } from "../authorise.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentWebhook } from "./present-webhook.ts";

const tags = ["webhooks"];
type Params = Static<typeof ById>;
const ListQuery = Type.Object(paging);

/** Addresses of the company's own that are told what happens, by Standard Webhooks. */
export function webhookRoutes(app: FastifyInstance, deps: WebhookDeps): void {
  listRoutes(app);
  createRoute(app, deps);
  editRoutes(app, deps);
  rotateRoute(app, deps);
}

function listRoutes(app: FastifyInstance): void {
  const typesSchema = { summary: "What a webhook can tell of", tags, response: { 200: listOf(WebhookEventType) } };
  app.get("/v1/webhook-event-types", { schema: typesSchema }, async () => ({
    data: Object.entries(webhookEvents).map(([type, description]) => ({ type, description })),
  }));
  const schema = { summary: "List webhooks", tags, querystring: ListQuery, response: { 200: pageOf(Webhook) } };
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    "/v1/webhooks",
    { config: forManagers, schema },
    async (request, reply) => {
      const { items, next } = await listWebhooks(ctxOf(request), {
        limit: limitOf(request.query),
        ...idCursor("webhooks", request.query.cursor),
      });
      const page = { items, next: cursorWord("webhooks", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentWebhook);
    },
  );
}

function createRoute(app: FastifyInstance, deps: WebhookDeps): void {
  const schema = { summary: "Add a webhook", tags, body: NewWebhook, response: { 201: WebhookWithSecret } };
  app.post<{ Body: NewWebhook }>(
    "/v1/webhooks",
    { config: forManagers, preSerialization: revealOnce, schema },
    async (request, reply): Promise<WebhookWithSecret> => {
      const { url, event_types: eventTypes, description } = request.body;
      const fields = { url, eventTypes, ...withoutUndefined({ description }) };
      const { webhook, secret } = await createWebhook(ctxOf(request), fields, deps);
      const view = created(reply, "/v1/webhooks", presentWebhook(webhook));
      return showOnce<WebhookWithSecret>(request, { ...view, secret: null }, { secret });
    },
  );
}

function editRoutes(app: FastifyInstance, deps: WebhookDeps): void {
  app.get<{ Params: Params }>(
    "/v1/webhooks/:id",
    { config: forManagers, schema: { summary: "A webhook", tags, params: ById, response: { 200: Webhook } } },
    async (request, reply) =>
      tagged(reply, presentWebhook(await getWebhook(ctxOf(request), idIn(request.params, "webhook")))),
  );
  app.patch<{ Params: Params; Body: WebhookPatch }>(
    "/v1/webhooks/:id",
    {
      config: forManagers,
      schema: { summary: "Change a webhook", tags, params: ById, body: WebhookPatch, response: { 200: Webhook } },
    },
    async (request, reply) => {
      const { url, event_types: eventTypes, description } = request.body;
      const patch = withoutUndefined({ url, eventTypes, description });
      const id = idIn(request.params, "webhook");
      return tagged(reply, presentWebhook(await updateWebhook(ctxOf(request), id, patch, deps, ifMatch(request))));
    },
  );
  app.delete<{ Params: Params }>(
    "/v1/webhooks/:id",
    { config: forManagers, schema: { summary: "Remove a webhook", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteWebhook(ctxOf(request), idIn(request.params, "webhook"), ifMatch(request));
      reply.code(204);
    },
  );
}

function rotateRoute(app: FastifyInstance, deps: WebhookDeps): void {
  const summary = "A new secret; the old one signs too for 24 hours";
  app.post<{ Params: Params }>(
    "/v1/webhooks/:id/rotate-secret",
    {
      config: forManagers,
      preSerialization: revealOnce,
      schema: { summary, tags, params: ById, response: { 200: WebhookWithSecret } },
    },
    async (request, reply): Promise<WebhookWithSecret> => {
      const { webhook, secret } = await rotateWebhookSecret(ctxOf(request), idIn(request.params, "webhook"), deps);
      const view = tagged(reply, presentWebhook(webhook));
      return showOnce<WebhookWithSecret>(request, { ...view, secret: null }, { secret });
    },
  );
}
