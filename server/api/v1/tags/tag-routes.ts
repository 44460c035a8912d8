import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { listOf } from "../../../../shared/v1/fields.ts";
import { ListedTag, NewTag, Tag, TagPatch } from "../../../../shared/v1/tag.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { listTags } from "../../../domain/tags/list-tags.ts";
import type { Tag as DomainTag } from "../../../domain/tags/tag.ts";
import { createTag, deleteTag, renameTag } from "../../../domain/tags/write-tag.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";

const tags = ["tags"];
type Params = Static<typeof ById>;

export function tagRoutes(app: FastifyInstance): void {
  listAndCreateRoutes(app);
  editRoutes(app);
}

function listAndCreateRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/tags",
    { schema: { summary: "All tags, by name", tags, response: { 200: listOf(ListedTag) } } },
    async (request) => {
      const found = await listTags(ctxOf(request));
      return { data: found.map((tag) => ({ ...presentTag(tag), people: tag.people })) };
    },
  );
  app.post<{ Body: Static<typeof NewTag> }>(
    "/v1/tags",
    { schema: { summary: "Make a tag", tags, body: NewTag, response: { 201: Tag } } },
    async (request, reply) => {
      const { name, color } = request.body;
      const tag = await createTag(ctxOf(request), { name, ...withoutUndefined({ color }) });
      reply.code(201).header("location", `/v1/tags/${tag.id}`);
      return presentTag(tag);
    },
  );
}

function editRoutes(app: FastifyInstance): void {
  app.patch<{ Params: Params; Body: Static<typeof TagPatch> }>(
    "/v1/tags/:id",
    { schema: { summary: "Rename or colour a tag", tags, params: ById, body: TagPatch, response: { 200: Tag } } },
    async (request) => {
      const { name, color } = request.body;
      return presentTag(
        await renameTag(ctxOf(request), idIn(request.params, "tag"), withoutUndefined({ name, color })),
      );
    },
  );
  app.delete<{ Params: Params }>(
    "/v1/tags/:id",
    {
      config: forManagers,
      schema: { summary: "Delete a tag and take it from everybody", tags, params: ById, response: { 204: noContent } },
    },
    async (request, reply) => {
      await deleteTag(ctxOf(request), idIn(request.params, "tag"));
      reply.code(204);
    },
  );
}

function presentTag(tag: DomainTag): Tag {
  return { id: tag.id, name: tag.name, color: tag.color, created_at: tag.createdAt };
}
