import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { listOf } from "../../../../shared/v1/fields.ts";
import {
  NewQuickReply,
  QuickReply,
  QuickReplyPatch,
  QuickReplyUse,
  RenderedQuickReply,
} from "../../../../shared/v1/quick-reply.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import {
  type QuickReply as DomainReply,
  getQuickReply,
  listQuickReplies,
} from "../../../domain/quick-replies/quick-reply.ts";
import { renderQuickReply } from "../../../domain/quick-replies/render-quick-reply.ts";
import {
  createQuickReply,
  deleteQuickReply,
  updateQuickReply,
} from "../../../domain/quick-replies/write-quick-reply.ts";
import { ctxOf } from "../../http/request-state.ts";
import { created, ifMatch, tagged } from "../entity-tag.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";

const tags = ["quick replies"];
type Params = Static<typeof ById>;

/** Ready answers. */
export function quickReplyRoutes(app: FastifyInstance): void {
  readRoutes(app);
  writeRoutes(app);
  renderRoute(app);
}

function readRoutes(app: FastifyInstance): void {
  app.get(
    "/v1/quick-replies",
    { schema: { summary: "All quick replies, by shortcut", tags, response: { 200: listOf(QuickReply) } } },
    async (request) => ({ data: (await listQuickReplies(ctxOf(request))).map(presentQuickReply) }),
  );
  app.get<{ Params: Params }>(
    "/v1/quick-replies/:id",
    { schema: { summary: "One quick reply", tags, params: ById, response: { 200: QuickReply } } },
    async (request, reply) =>
      tagged(reply, presentQuickReply(await getQuickReply(ctxOf(request), idIn(request.params, "quick_reply")))),
  );
}

function writeRoutes(app: FastifyInstance): void {
  app.post<{ Body: NewQuickReply }>(
    "/v1/quick-replies",
    { schema: { summary: "Add a quick reply", tags, body: NewQuickReply, response: { 201: QuickReply } } },
    async (request, reply) => {
      const { shortcut, title, text, language = null } = request.body;
      const made = await createQuickReply(ctxOf(request), { shortcut, title, text, language });
      return created(reply, "/v1/quick-replies", presentQuickReply(made));
    },
  );
  app.patch<{ Params: Params; Body: QuickReplyPatch }>(
    "/v1/quick-replies/:id",
    {
      schema: {
        summary: "Edit a quick reply",
        tags,
        params: ById,
        body: QuickReplyPatch,
        response: { 200: QuickReply },
      },
    },
    async (request, reply) => {
      const { shortcut, title, text, language } = request.body;
      const patch = withoutUndefined({ shortcut, title, text, language });
      const id = idIn(request.params, "quick_reply");
      return tagged(reply, presentQuickReply(await updateQuickReply(ctxOf(request), id, patch, ifMatch(request))));
    },
  );
  app.delete<{ Params: Params }>(
    "/v1/quick-replies/:id",
    { schema: { summary: "Delete a quick reply", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await deleteQuickReply(ctxOf(request), idIn(request.params, "quick_reply"), ifMatch(request));
      reply.code(204);
    },
  );
}

function renderRoute(app: FastifyInstance): void {
  app.post<{ Params: Params; Body: QuickReplyUse }>(
    "/v1/quick-replies/:id/render",
    {
      schema: {
        summary: "The text for a conversation; counts as a use",
        tags,
        params: ById,
        body: QuickReplyUse,
        response: { 200: RenderedQuickReply },
      },
    },
    async (request) =>
      renderQuickReply(ctxOf(request), idIn(request.params, "quick_reply"), request.body.conversation_id),
  );
}

function presentQuickReply(reply: DomainReply): QuickReply {
  return {
    id: reply.id,
    shortcut: reply.shortcut,
    title: reply.title,
    text: reply.text,
    language: reply.language,
    used_count: reply.usedCount,
    version: reply.version,
    created_at: reply.createdAt,
    updated_at: reply.updatedAt,
  };
}
