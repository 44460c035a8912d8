import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import { listOf } from "../../../../shared/v1/fields.ts";
import { ContactTag, NewContactTag } from "../../../../shared/v1/tag.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { listContactTags } from "../../../domain/tags/list-tags.ts";
import type { ContactTag as DomainTag } from "../../../domain/tags/tag.ts";
import { type TagChoice, tagContact, untagContact } from "../../../domain/tags/tag-contact.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";

const tags = ["contacts"];
const ByBoth = Type.Object({ id: Type.String({ maxLength: 40 }), tag_id: Type.String({ maxLength: 40 }) });
type Params = Static<typeof ById>;

/** The tags of one person. */
export function contactTagRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params }>(
    "/v1/contacts/:id/tags",
    { schema: { summary: "A person's tags", tags, params: ById, response: { 200: listOf(ContactTag) } } },
    async (request) => {
      const found = await listContactTags(ctxOf(request), idIn(request.params, "contact"));
      return { data: found.map(presentContactTag) };
    },
  );
  app.post<{ Params: Params; Body: NewContactTag }>(
    "/v1/contacts/:id/tags",
    {
      schema: {
        summary: "Tag a person",
        tags,
        params: ById,
        body: NewContactTag,
        response: { 200: listOf(ContactTag) },
      },
    },
    async (request) => {
      const contactId = idIn(request.params, "contact");
      await tagContact(ctxOf(request), contactId, { ...choiceOf(request.body), ...notesOf(request.body) });
      return { data: (await listContactTags(ctxOf(request), contactId)).map(presentContactTag) };
    },
  );
  app.delete<{ Params: Static<typeof ByBoth> }>(
    "/v1/contacts/:id/tags/:tag_id",
    { schema: { summary: "Take a tag from a person", tags, params: ByBoth, response: { 204: noContent } } },
    async (request, reply) => {
      const tagId = readId(request.params.tag_id, "tag");
      await untagContact(ctxOf(request), idIn(request.params, "contact"), tagId);
      reply.code(204);
    },
  );
}

function choiceOf(body: NewContactTag): TagChoice {
  if (body.tag_id !== undefined) return { tagId: body.tag_id };
  if (body.name !== undefined) return { name: body.name };
  throw invalid("name", "name or tag_id is required");
}

function notesOf(body: NewContactTag) {
  return withoutUndefined({ notes: body.notes });
}

function presentContactTag(tag: DomainTag): ContactTag {
  return {
    tag_id: tag.tagId,
    name: tag.name,
    color: tag.color,
    notes: tag.notes,
    added_by: tag.addedBy,
    added_by_name: tag.addedByName,
    added_at: tag.addedAt,
  };
}
