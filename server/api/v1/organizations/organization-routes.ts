import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { pageOf } from "../../../../shared/v1/fields.ts";
import {
  NewOrganization,
  Organization,
  OrganizationPatch,
  OrganizationQuery,
} from "../../../../shared/v1/organization.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { createOrganization } from "../../../domain/organizations/create-organization.ts";
import { deleteOrganization, restoreOrganization } from "../../../domain/organizations/delete-organization.ts";
import { getOrganization } from "../../../domain/organizations/get-organization.ts";
import { listOrganizations } from "../../../domain/organizations/list-organizations.ts";
import { updateOrganization } from "../../../domain/organizations/update-organization.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { cursorParts, cursorWord, foreignCursor, limitOf, presentPage } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { parseOrganizationPatch, presentOrganization } from "./organization-shapes.ts";

const tags = ["organizations"];
type Params = Static<typeof ById>;

export function organizationRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  removalRoutes(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof OrganizationQuery> }>(
    "/v1/organizations",
    {
      schema: {
        summary: "List organizations",
        tags,
        querystring: OrganizationQuery,
        response: { 200: pageOf(Organization) },
      },
    },
    async (request, reply) => {
      const { q, cursor } = request.query;
      const { items, next } = await listOrganizations(ctxOf(request), {
        ...withoutUndefined({ search: q?.trim() ? q : undefined }),
        limit: limitOf(request.query),
        ...nameCursor(cursor),
      });
      const page = { items, next: cursorWord("organizations", next && [next.nameKey, next.id]) };
      return presentPage(request, reply, page, presentOrganization);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/organizations/:id",
    { schema: { summary: "One organization", tags, params: ById, response: { 200: Organization } } },
    async (request, reply) =>
      tagged(reply, presentOrganization(await getOrganization(ctxOf(request), idIn(request.params, "organization")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewOrganization }>(
    "/v1/organizations",
    { schema: { summary: "Add an organization", tags, body: NewOrganization, response: { 201: Organization } } },
    async (request, reply) => {
      const input = { ...parseOrganizationPatch(request.body), name: request.body.name };
      const organization = await createOrganization(ctxOf(request), input);
      return created(reply, "/v1/organizations", presentOrganization(organization));
    },
  );
  app.patch<{ Params: Params; Body: OrganizationPatch }>(
    "/v1/organizations/:id",
    {
      schema: {
        summary: "Edit an organization",
        tags,
        params: ById,
        body: OrganizationPatch,
        response: { 200: Organization },
      },
    },
    async (request, reply) => {
      const id = idIn(request.params, "organization");
      const patch = parseOrganizationPatch(request.body);
      return tagged(reply, presentOrganization(await updateOrganization(ctxOf(request), id, patch, ifMatch(request))));
    },
  );
}

function removalRoutes(app: FastifyInstance): void {
  app.delete<{ Params: Params }>(
    "/v1/organizations/:id",
    { schema: { summary: "Delete an organization", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteOrganization(ctxOf(request), idIn(request.params, "organization"), ifMatch(request));
      reply.code(204);
    },
  );
  app.post<{ Params: Params }>(
    "/v1/organizations/:id/restore",
    { schema: { summary: "Bring a deleted organization back", tags, params: ById, response: { 200: Organization } } },
    async (request, reply) => {
      const id = idIn(request.params, "organization");
      return tagged(reply, presentOrganization(await restoreOrganization(ctxOf(request), id)));
    },
  );
}

function nameCursor(word: string | undefined): { cursor?: { nameKey: string; id: number } } {
  if (word === undefined) return {};
  const { key, id } = cursorParts("organizations", word);
  if (typeof key !== "string") throw foreignCursor();
  return { cursor: { nameKey: key, id } };
}
