import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { FoundAnywhere, FoundMessage, MessageSearchQuery, PaletteQuery } from "../../../../shared/v1/search.ts";
import { getConversation } from "../../../domain/conversations/list-conversations.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { searchEverything } from "../../../domain/search/search-everything.ts";
import {
  bestMessages,
  type FoundMessage as DomainMessage,
  searchMessages,
} from "../../../domain/search/search-messages.ts";
import { ctxOf } from "../../http/request-state.ts";
import { presentContactItem } from "../contacts/present-contact.ts";
import { presentDeal } from "../deals/present-deal.ts";
import { cursorWord, idCursor, limitOf, presentPage, timeCursor } from "../pages.ts";
import { presentTask } from "../tasks/task-shapes.ts";

const tags = ["search"];

export function searchRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: PaletteQuery }>(
    "/v1/search",
    {
      schema: {
        summary: "A few people, deals, tasks and messages",
        tags,
        querystring: PaletteQuery,
        response: { 200: FoundAnywhere },
      },
    },
    async (request) => {
      const ctx = ctxOf(request);
      const { q, limit = 5 } = request.query;
      const found = await searchEverything(ctx, q, Math.min(limit, 20));
      return {
        contacts: found.contacts.map(presentContactItem),
        deals: found.deals.map(presentDeal),
        tasks: found.tasks.map((task) => presentTask(task, ctx.now())),
        messages: found.messages.map(presentFoundMessage),
      };
    },
  );
  app.get<{ Querystring: MessageSearchQuery }>(
    "/v1/search/messages",
    {
      schema: {
        summary: "Find messages by their words",
        tags,
        querystring: MessageSearchQuery,
        response: { 200: pageOf(FoundMessage) },
      },
    },
    (request, reply) => (request.query.sort === "best" ? bestPage(request, reply) : newestPage(request, reply)),
  );
}

type SearchRequest = FastifyRequest<{ Querystring: MessageSearchQuery }>;

async function newestPage(request: SearchRequest, reply: FastifyReply) {
  const ctx = ctxOf(request);
  const { q, conversation_id: conversationId, cursor } = request.query;
  // Of another company's conversation nothing would be found; it is told that it is not there.
  if (conversationId !== undefined) await getConversation(ctx, conversationId);
  const { items, next } = await searchMessages(ctx, {
    query: q,
    ...(conversationId === undefined ? {} : { conversationId }),
    limit: limitOf(request.query),
    ...timeCursor("messages.found", cursor),
  });
  const page = { items, next: cursorWord("messages.found", next && [next.at, next.id]) };
  return presentPage(request, reply, page, presentFoundMessage);
}

async function bestPage(request: SearchRequest, reply: FastifyReply) {
  const { q, conversation_id: conversationId, cursor } = request.query;
  if (conversationId !== undefined) throw invalid("sort", "sort=best is for all conversations, not for one");
  const { cursor: offset = 0 } = idCursor("messages.best", cursor);
  const { items, next } = await bestMessages(ctxOf(request), { query: q, limit: limitOf(request.query), offset });
  const page = { items, next: cursorWord("messages.best", next === null ? null : [null, next]) };
  return presentPage(request, reply, page, presentFoundMessage);
}

function presentFoundMessage(message: DomainMessage): FoundMessage {
  return {
    id: message.id,
    conversation_id: message.conversationId,
    contact_id: message.contactId,
    contact: { name: message.contactName, phone: message.contactPhone },
    direction: message.direction,
    type: message.type,
    sent_at: message.sentAt,
    snippet: message.snippet,
  };
}
