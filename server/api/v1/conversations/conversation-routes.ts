import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { Conversation, ConversationQuery, Message, MessageQuery, Reading } from "../../../../shared/v1/conversation.ts";
import { pageOf } from "../../../../shared/v1/fields.ts";
import { withoutUndefined } from "../../../../shared/without-undefined.ts";
import { actingUserId, type Ctx } from "../../../domain/context.ts";
import { getConversation, listConversations } from "../../../domain/conversations/list-conversations.ts";
import { listMessages } from "../../../domain/conversations/list-messages.ts";
import { markConversationRead } from "../../../domain/conversations/mark-conversation-read.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { instantOf } from "../../../domain/instant.ts";
import { withWaits } from "../../../domain/sends/waits-of.ts";
import { ctxOf } from "../../http/request-state.ts";
import { tagged } from "../entity-tag.ts";
import { cursorWord, limitOf, presentPage, timeCursor } from "../pages.ts";
import { ById, idIn } from "../path-params.ts";
import { presentConversation } from "./present-conversation.ts";
import { messagePresenter } from "./present-message.ts";

const tags = ["conversations"];
type Params = Static<typeof ById>;

export function conversationRoutes(app: FastifyInstance): void {
  inboxRoutes(app);
  readingRoute(app);
  threadRoute(app);
}

function inboxRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: ConversationQuery }>(
    "/v1/conversations",
    {
      schema: { summary: "The inbox", tags, querystring: ConversationQuery, response: { 200: pageOf(Conversation) } },
    },
    async (request, reply) => {
      const { status, contact_id: contactId, q, cursor: word } = request.query;
      const assignee = assigneeOf(ctxOf(request), request.query);
      const unread = request.query.unread ? (true as const) : undefined;
      const { items, next } = await listConversations(ctxOf(request), {
        filter: withoutUndefined({ status, contactId, q, assignee, unread }),
        limit: limitOf(request.query),
        ...timeCursor("conversations", word),
      });
      const page = { items, next: cursorWord("conversations", next && [next.at, next.id]) };
      return presentPage(request, reply, page, presentConversation);
    },
  );
  app.get<{ Params: Params }>(
    "/v1/conversations/:id",
    { schema: { summary: "One conversation", tags, params: ById, response: { 200: Conversation } } },
    async (request, reply) =>
      tagged(reply, presentConversation(await getConversation(ctxOf(request), idIn(request.params, "conversation")))),
  );
}

function readingRoute(app: FastifyInstance): void {
  app.post<{ Params: Params; Body: Reading }>(
    "/v1/conversations/:id/read",
    {
      schema: { summary: "Seen up to here", tags, params: ById, body: Reading, response: { 200: Conversation } },
      // Whoever may read the inbox may have read it.
      config: { roles: ["admin", "manager", "salesperson", "secretariat"] },
    },
    async (request, reply) => {
      const upTo = instantOf("upTo", request.body.up_to);
      const id = idIn(request.params, "conversation");
      return tagged(reply, presentConversation(await markConversationRead(ctxOf(request), id, upTo)));
    },
  );
}

function threadRoute(app: FastifyInstance): void {
  app.get<{ Params: Params; Querystring: Static<typeof MessageQuery> }>(
    "/v1/conversations/:id/messages",
    {
      schema: {
        summary: "The messages of a conversation, newest first",
        tags,
        params: ById,
        querystring: MessageQuery,
        response: { 200: pageOf(Message) },
      },
    },
    async (request, reply) => {
      const conversation = await getConversation(ctxOf(request), idIn(request.params, "conversation"));
      const { cursor } = timeCursor("messages", request.query.cursor);
      const { items: stored, next } = await listMessages(ctxOf(request), {
        conversationId: conversation.id,
        limit: limitOf(request.query),
        ...(cursor ? { cursor: { sentAt: cursor.at, id: cursor.id } } : {}),
      });
      const items = await withWaits(ctxOf(request), stored);
      const page = { items, next: cursorWord("messages", next && [next.sentAt, next.id]) };
      return presentPage(request, reply, page, await messagePresenter(ctxOf(request), items));
    },
  );
}

function assigneeOf(ctx: Ctx, query: ConversationQuery): number | "nobody" | undefined {
  if (query.unassigned) return "nobody";
  if (!query.mine) return query.assignee_user_id;
  const userId = actingUserId(ctx);
  if (userId === null) throw invalid("mine", "mine is for signed-in users; an API key has no conversations of its own");
  return userId;
}
