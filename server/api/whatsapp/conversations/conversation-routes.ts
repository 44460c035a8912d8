import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import type { Ctx } from "../../../domain/context.ts";
import {
  type ConversationSummary,
  countConversations,
  findConversationSummary,
  pageConversations,
} from "../../../domain/conversations/page-conversations.ts";
import { pageMessages } from "../../../domain/conversations/page-messages.ts";
import { notFound } from "../../../domain/domain-error.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, hourly, pageOf } from "../field-schemas.ts";
import { ConversationList, ConversationQuery, Thread, ThreadQuery } from "./conversation-schemas.ts";
import { presentHead, presentListed, presentMessage } from "./present-conversation.ts";

const tags = ["Conversations"];
const config = { hourly: hourly.conversations };

export function conversationRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof ConversationQuery> }>(
    "/api/crm/conversations",
    {
      schema: {
        summary: "List conversations",
        tags,
        querystring: ConversationQuery,
        response: { 200: ConversationList },
      },
      config,
    },
    async (request) => {
      const { limit, skip } = pageOf(request.query);
      const { status } = request.query;
      const ctx = ctxOf(request);
      const filter = status === undefined ? {} : { status };
      const [items, total] = await Promise.all([
        pageConversations(ctx, { ...filter, limit, offset: skip }),
        countConversations(ctx, status),
      ]);
      return { success: true, data: items.map(presentListed), pagination: { total, limit, skip } };
    },
  );
  app.get<{ Params: Static<typeof ById>; Querystring: Static<typeof ThreadQuery> }>(
    "/api/crm/conversation/:id",
    {
      schema: {
        summary: "A conversation and its messages",
        description: "The newest messages, after stepping over `skip` of them; oldest first within the page.",
        tags,
        params: ById,
        querystring: ThreadQuery,
        response: { 200: Thread },
      },
      config,
    },
    (request) => readThread(ctxOf(request), readId(request.params.id, "conversation"), request.query),
  );
}

async function readThread(ctx: Ctx, conversationId: number, query: Static<typeof ThreadQuery>) {
  const conversation = await getSummary(ctx, conversationId);
  const { limit, skip } = pageOf(query);
  const direction = query.direction === undefined ? {} : { direction: directionOf[query.direction] };
  const { items, total } = await pageMessages(ctx, { conversationId, ...direction, limit, offset: skip });
  return {
    success: true,
    data: { conversation: presentHead(conversation), messages: items.map(presentMessage), total },
  };
}

/** One conversation, or the refusal that it is not there. */
export async function getSummary(ctx: Ctx, id: number): Promise<ConversationSummary> {
  const found = await findConversationSummary(ctx, id);
  if (!found) throw notFound("conversation", id);
  return found;
}

const directionOf = { incoming: "in", inbound: "in", outgoing: "out", outbound: "out" } as const;
