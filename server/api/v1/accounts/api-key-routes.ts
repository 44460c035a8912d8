import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { ApiKey, CreatedApiKey, NewApiKey } from "../../../../shared/v1/api-key.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { UserQuery } from "../../../../shared/v1/user.ts";
import { type ApiKey as Key, listApiKeys } from "../../../domain/accounts/api-key.ts";
import { createApiKey } from "../../../domain/accounts/create-api-key.ts";
import { revokeApiKey } from "../../../domain/accounts/revoke-api-key.ts";
import { instantOf } from "../../../domain/instant.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";
import { cursorWord, idCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { forAdmins } from "./for-admins.ts";
import { revealOnce, showOnce } from "./shown-once.ts";

const tags = ["accounts"];

export function apiKeyRoutes(app: FastifyInstance): void {
  listRoute(app);
  createRoute(app);
  app.delete<{ Params: Static<typeof ById> }>(
    "/v1/api-keys/:id",
    { ...forAdmins, schema: { summary: "Revoke a key", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await revokeApiKey(ctxOf(request), idIn(request.params, "api_key"));
      reply.code(204);
    },
  );
}

function listRoute(app: FastifyInstance): void {
  const schema = { summary: "List API keys", tags, querystring: UserQuery, response: { 200: pageOf(ApiKey) } };
  app.get<{ Querystring: UserQuery }>("/v1/api-keys", { ...forAdmins, schema }, async (request, reply) => {
    const { items, next } = await listApiKeys(ctxOf(request), {
      limit: limitOf(request.query),
      ...idCursor("api_keys", request.query.cursor),
    });
    const page = { items, next: cursorWord("api_keys", next === null ? null : [null, next]) };
    return presentPage(request, reply, page, presentApiKey);
  });
}

function createRoute(app: FastifyInstance): void {
  const schema = { summary: "Make an API key", tags, body: NewApiKey, response: { 201: CreatedApiKey } };
  app.post<{ Body: NewApiKey }>(
    "/v1/api-keys",
    { ...forAdmins, preSerialization: revealOnce, schema },
    async (request, reply): Promise<CreatedApiKey> => {
      const { name, role, scopes, expires_at: end } = request.body;
      const { apiKey, key } = await createApiKey(ctxOf(request), {
        name,
        ...(role === undefined ? {} : { role }),
        ...(scopes === undefined ? {} : { scopes }),
        ...(end === undefined || end === null ? {} : { expiresAt: instantOf("expiresAt", end) }),
      });
      reply.code(201);
      return showOnce<CreatedApiKey>(request, { ...presentApiKey(apiKey), key: null }, { key });
    },
  );
}

function presentApiKey(key: Key): ApiKey {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    role: key.role,
    scopes: key.scopes,
    created_by: key.createdBy,
    last_used_at: key.lastUsedAt,
    expires_at: key.expiresAt,
    revoked_at: key.revokedAt,
    created_at: key.createdAt,
  };
}
