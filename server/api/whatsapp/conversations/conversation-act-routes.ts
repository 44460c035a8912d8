import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import type { Ctx } from "../../../domain/context.ts";
import { closeConversation, reopenConversation } from "../../../domain/conversations/close-conversation.ts";
import { markConversationRead } from "../../../domain/conversations/mark-conversation-read.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, hourly } from "../field-schemas.ts";
import { getSummary } from "./conversation-routes.ts";
import { OneConversation } from "./conversation-schemas.ts";
import { presentListed } from "./present-conversation.ts";

type Act = (ctx: Ctx, id: number) => Promise<unknown>;

const acts: [word: string, summary: string, act: Act][] = [
  ["close", "Close a conversation", closeConversation],
  ["reopen", "Reopen a conversation", reopenConversation],
  ["read", "Mark a conversation as read", (ctx, id) => markConversationRead(ctx, id, ctx.now().toISOString())],
];

/** What can be done with a conversation; each gives it back as the list shows it. */
export function conversationActRoutes(app: FastifyInstance): void {
  for (const [word, summary, act] of acts) {
    app.post<{ Params: Static<typeof ById> }>(
      `/api/crm/conversation/:id/${word}`,
      {
        schema: { summary, tags: ["Conversations"], params: ById, response: { 200: OneConversation } },
        config: { hourly: hourly.conversations },
      },
      async (request) => {
        const ctx = ctxOf(request);
        const { id } = await getSummary(ctx, readId(request.params.id, "conversation"));
        await act(ctx, id);
        return { success: true, data: presentListed(await getSummary(ctx, id)) };
      },
    );
  }
}
