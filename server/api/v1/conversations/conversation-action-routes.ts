import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { Assignment, Conversation, ConversationPatch, Snooze } from "../../../../shared/v1/conversation.ts";
import type { Ctx } from "../../../domain/context.ts";
import { assignConversation } from "../../../domain/conversations/assign-conversation.ts";
import type { EditOptions } from "../../../domain/conversations/change-conversation.ts";
import { closeConversation, reopenConversation } from "../../../domain/conversations/close-conversation.ts";
import { getConversation, type Conversation as Thread } from "../../../domain/conversations/list-conversations.ts";
import { snoozeConversation } from "../../../domain/conversations/snooze-conversation.ts";
import { switchBot } from "../../../domain/conversations/switch-bot.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ifMatch, tagged } from "../entity-tag.ts";
import { ById, idIn } from "../path-params.ts";
import { presentConversation } from "./present-conversation.ts";

const tags = ["conversations"];
const response = { 200: Conversation };
type Params = Static<typeof ById>;

/** What a person does with a conversation: an act is a POST of its own, a setting stands in the PATCH. */
export function conversationActionRoutes(app: FastifyInstance): void {
  assignmentRoutes(app);
  closingRoutes(app);
  settingRoute(app);
}

function assignmentRoutes(app: FastifyInstance): void {
  app.post<{ Params: Params; Body: Assignment }>(
    "/v1/conversations/:id/assign",
    {
      schema: {
        summary: "Give a conversation to a user, or to nobody",
        tags,
        params: ById,
        body: Assignment,
        response,
      },
    },
    (request, reply) =>
      act(request, reply, (ctx, id, options) => assignConversation(ctx, id, request.body.user_id, options)),
  );
  app.post<{ Params: Params; Body: Snooze }>(
    "/v1/conversations/:id/snooze",
    { schema: { summary: "Put a conversation aside until a time", tags, params: ById, body: Snooze, response } },
    (request, reply) =>
      act(request, reply, (ctx, id, options) => snoozeConversation(ctx, id, request.body.until, options)),
  );
}

function closingRoutes(app: FastifyInstance): void {
  app.post<{ Params: Params }>(
    "/v1/conversations/:id/close",
    { schema: { summary: "Close a conversation", tags, params: ById, response } },
    (request, reply) => act(request, reply, closeConversation),
  );
  app.post<{ Params: Params }>(
    "/v1/conversations/:id/reopen",
    { schema: { summary: "Take up a closed or snoozed conversation", tags, params: ById, response } },
    (request, reply) => act(request, reply, reopenConversation),
  );
}

function settingRoute(app: FastifyInstance): void {
  app.patch<{ Params: Params; Body: ConversationPatch }>(
    "/v1/conversations/:id",
    { schema: { summary: "Switch the bot on or off", tags, params: ById, body: ConversationPatch, response } },
    (request, reply) => {
      const { bot_enabled: botEnabled } = request.body;
      if (botEnabled === undefined) return act(request, reply, getConversation);
      return act(request, reply, (ctx, id, options) => switchBot(ctx, id, botEnabled ? "on" : "off", options));
    },
  );
}

async function act(
  request: FastifyRequest<{ Params: Params }>,
  reply: FastifyReply,
  command: (ctx: Ctx, id: number, options: EditOptions) => Promise<Thread>,
) {
  const conversation = await command(ctxOf(request), idIn(request.params, "conversation"), ifMatch(request));
  return tagged(reply, presentConversation(conversation));
}
