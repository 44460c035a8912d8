import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import * as View from "../../../../shared/v1/bot.ts";
import { listOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { getKnowledge, type Knowledge, listKnowledge } from "../../../domain/bot/knowledge.ts";
import { createKnowledge, deleteKnowledge, updateKnowledge } from "../../../domain/bot/write-knowledge.ts";
import { ctxOf } from "../../http/request-state.ts";
import { forManagers } from "../authorise.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";

const tags = ["bot"];
const path = "/v1/knowledge-entries";
type Params = Static<typeof ById>;

/** What the bot knows: questions and their answers. */
export function knowledgeRoutes(app: FastifyInstance): void {
  readingRoutes(app);
  writingRoutes(app);
}

function readingRoutes(app: FastifyInstance): void {
  app.get(
    path,
    { schema: { summary: "What the bot knows", tags, response: { 200: listOf(View.Knowledge) } } },
    async (request) => ({ data: (await listKnowledge(ctxOf(request))).map(present) }),
  );
  app.get<{ Params: Params }>(
    `${path}/:id`,
    { schema: { summary: "One entry", tags, params: ById, response: { 200: View.Knowledge } } },
    async (request, reply) =>
      tagged(reply, present(await getKnowledge(ctxOf(request), idIn(request.params, "knowledge_entry")))),
  );
}

function writingRoutes(app: FastifyInstance): void {
  app.post<{ Body: View.NewKnowledge }>(
    path,
    {
      config: forManagers,
      schema: { summary: "Teach the bot", tags, body: View.NewKnowledge, response: { 201: View.Knowledge } },
    },
    async (request, reply) => {
      const entry = await createKnowledge(ctxOf(request), withoutUndefined({ ...request.body }));
      return created(reply, path, present(entry));
    },
  );
  app.patch<{ Params: Params; Body: View.KnowledgePatch }>(
    `${path}/:id`,
    {
      config: forManagers,
      schema: {
        summary: "Change an entry",
        tags,
        params: ById,
        body: View.KnowledgePatch,
        response: { 200: View.Knowledge },
      },
    },
    async (request, reply) => {
      const id = idIn(request.params, "knowledge_entry");
      const patch = withoutUndefined({ ...request.body });
      return tagged(reply, present(await updateKnowledge(ctxOf(request), id, patch, ifMatch(request))));
    },
  );
  app.delete<{ Params: Params }>(
    `${path}/:id`,
    { config: forManagers, schema: { summary: "Forget an entry", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteKnowledge(ctxOf(request), idIn(request.params, "knowledge_entry"));
      reply.code(204);
    },
  );
}

function present(entry: Knowledge): View.Knowledge {
  return {
    id: entry.id,
    question: entry.question,
    answer: entry.answer,
    keywords: entry.keywords,
    language: entry.language,
    active: entry.active,
    version: entry.version,
    created_at: entry.createdAt,
    updated_at: entry.updatedAt,
  };
}
