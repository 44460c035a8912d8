import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { NewProvider, OfferQuery, Provider, ProviderPatch } from "../../../../shared/v1/booking.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getProvider, listProviders } from "../../../domain/booking/list-providers.ts";
import { createProvider, updateProvider } from "../../../domain/booking/write-provider.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentProvider } from "./present-booking.ts";

const tags = ["booking"];
type Params = Static<typeof ById>;

export function providerRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: OfferQuery }>(
    "/v1/providers",
    { schema: { summary: "List providers", tags, querystring: OfferQuery, response: { 200: pageOf(Provider) } } },
    async (request, reply) => {
      const { active, cursor } = request.query;
      const { items, next } = await listProviders(ctxOf(request), {
        ...withoutUndefined({ active }),
        limit: limitOf(request.query),
        ...idCursor("providers", cursor),
      });
      const page = { items, next: cursorWord("providers", next === null ? null : [null, next]) };
      return presentPage(request, reply, page, presentProvider);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/providers/:id",
    { schema: { summary: "One provider", tags, params: ById, response: { 200: Provider } } },
    async (request, reply) =>
      tagged(reply, presentProvider(await getProvider(ctxOf(request), idIn(request.params, "provider")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewProvider }>(
    "/v1/providers",
    {
      config: forManagers,
      schema: { summary: "Add a provider", tags, body: NewProvider, response: { 201: Provider } },
    },
    async (request, reply) => {
      const { name } = request.body;
      const provider = await createProvider(ctxOf(request), { ...fieldsOf(request.body), name });
      return created(reply, "/v1/providers", presentProvider(provider));
    },
  );
  app.patch<{ Params: Params; Body: ProviderPatch }>(
    "/v1/providers/:id",
    {
      config: forManagers,
      schema: { summary: "Edit a provider", tags, params: ById, body: ProviderPatch, response: { 200: Provider } },
    },
    async (request, reply) => {
      const id = idIn(request.params, "provider");
      const provider = await updateProvider(ctxOf(request), id, fieldsOf(request.body), ifMatch(request));
      return tagged(reply, presentProvider(provider));
    },
  );
}

function fieldsOf(body: ProviderPatch) {
  return withoutUndefined({
    name: body.name,
    userId: body.user_id,
    serviceIds: body.service_ids,
    locationIds: body.location_ids,
    active: body.active,
  });
}
