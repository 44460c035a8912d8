import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { Conversation } from "../../../../shared/v1/conversation.ts";
import { BulkMessage, BulkResults, NewConversation, NewMessage, QueuedMessage } from "../../../../shared/v1/message.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import type { Ctx } from "../../../domain/context.ts";
import { getMessage } from "../../../domain/conversations/get-message.ts";
import { queueMessage } from "../../../domain/sends/queue-message.ts";
import { queueMessages } from "../../../domain/sends/queue-messages.ts";
import { sendOriginOf } from "../../../domain/sends/send-origin-of.ts";
import { startConversation } from "../../../domain/sends/start-conversation.ts";
import { ctxOf } from "../../http/request-state.ts";
import { presentConversation } from "../conversations/present-conversation.ts";
import { presentMessage } from "../conversations/present-message.ts";
import { created } from "../entity-tag.ts";
import { ById, idIn } from "../path-params.ts";
import { presentDecision } from "../sending/present-decision.ts";
import { parseContent } from "./parse-content.ts";
import { presentBulk } from "./present-bulk.ts";

const tags = ["messages"];

/** Everything by which messages begin. Each answers as soon as the message stands in the outbox; what became of it comes by itself. */
export function sendingRoutes(app: FastifyInstance): void {
  messageRoute(app);
  conversationRoute(app);
  bulkRoute(app);
}

function messageRoute(app: FastifyInstance): void {
  app.post<{ Params: Static<typeof ById>; Body: NewMessage }>(
    "/v1/conversations/:id/messages",
    {
      schema: {
        summary: "Send a message",
        description: "409 send_refused where the send policy says no, with what could be done instead.",
        tags,
        params: ById,
        body: NewMessage,
        response: { 201: QueuedMessage },
      },
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const conversationId = idIn(request.params, "conversation");
      const { reply_to_message_id: replyToMessageId, purpose, ...body } = request.body;
      const { message, decision } = await queueMessage(ctx, {
        conversationId,
        content: parseContent(body, await reactionTarget(ctx, conversationId, body.reaction)),
        origin: sendOriginOf(ctxOf(request)),
        ...withoutUndefined({ replyToMessageId, purpose }),
      });
      reply.code(201).header("location", `/v1/messages/${message.id}`);
      return { message: await presentMessage(ctx, message), decision: presentDecision(decision) };
    },
  );
}

function conversationRoute(app: FastifyInstance): void {
  app.post<{ Body: NewConversation }>(
    "/v1/conversations",
    {
      schema: {
        summary: "Start a conversation with a person, or find the one there is",
        tags,
        body: NewConversation,
        response: { 201: Conversation },
      },
    },
    async (request, reply) => {
      const { contact_id: contactId, channel_account_id: channelAccountId } = request.body;
      const conversation = await startConversation(ctxOf(request), {
        contactId,
        ...withoutUndefined({ channelAccountId }),
      });
      return created(reply, "/v1/conversations", presentConversation(conversation));
    },
  );
}

function bulkRoute(app: FastifyInstance): void {
  app.post<{ Body: BulkMessage }>(
    "/v1/messages/bulk",
    {
      schema: {
        summary: "Send one message to up to 1,000 named people",
        description:
          "One result for each person, in the order of the list; who may not be written to is skipped with the reason. Without channel_account_id each is written to from the number of their open window, else from the company's only one, else from the one they last wrote with; the result names it.",
        tags,
        body: BulkMessage,
        response: { 200: BulkResults },
      },
    },
    async (request) => {
      const { contact_ids: contactIds, channel_account_id: channelAccountId, purpose, ...body } = request.body;
      const results = await queueMessages(ctxOf(request), {
        contactIds,
        content: parseContent(body, null),
        origin: sendOriginOf(ctxOf(request)),
        ...withoutUndefined({ channelAccountId, purpose }),
      });
      return presentBulk(results);
    },
  );
}

async function reactionTarget(
  ctx: Ctx,
  conversationId: number,
  reaction: NewMessage["reaction"],
): Promise<string | null> {
  if (!reaction) return null;
  const message = await getMessage(ctx, reaction.message_id);
  return message.conversationId === conversationId ? message.providerId : null;
}
