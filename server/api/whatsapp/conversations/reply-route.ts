import type { FastifyInstance } from "fastify";
import { type Static, Type } from "typebox";
import type { Ctx } from "../../../domain/context.ts";
import { invalid } from "../../../domain/domain-error.ts";
import { queueMessage } from "../../../domain/sends/queue-message.ts";
import { sendOriginOf } from "../../../domain/sends/send-origin-of.ts";
import { readId } from "../../http/read-id.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, hourly } from "../field-schemas.ts";
import { getSummary } from "./conversation-routes.ts";
import { MessageView } from "./conversation-schemas.ts";
import { presentMessage } from "./present-conversation.ts";

/** As WhatsApp limits a text. */
const longestText = 4_096;

const ReplyBody = Type.Object({ text: Type.String({ description: "1 to 4,096 characters" }) });
const Replied = Type.Object({ success: Type.Boolean(), data: MessageView });

export function replyRoute(app: FastifyInstance): void {
  app.post<{ Params: Static<typeof ById>; Body: Static<typeof ReplyBody> }>(
    "/api/crm/conversation/:id/reply",
    {
      schema: {
        summary: "Answer in a conversation",
        description:
          "The message waits as `pending` until WhatsApp has it; 400 with the reason where it may not be sent.",
        tags: ["Conversations"],
        params: ById,
        body: ReplyBody,
        response: { 201: Replied },
      },
      config: { hourly: hourly.conversations },
    },
    async (request, reply) => {
      const answer = await sendReply(ctxOf(request), readId(request.params.id, "conversation"), request.body.text);
      reply.code(201);
      return answer;
    },
  );
}

async function sendReply(ctx: Ctx, id: number, written: string) {
  const { id: conversationId } = await getSummary(ctx, id);
  const text = written.trim();
  if (text === "" || text.length > longestText) throw invalid("text", `text must have 1 to ${longestText} characters`);
  const origin = sendOriginOf(ctx);
  const { message } = await queueMessage(ctx, { conversationId, content: { type: "text", text }, origin });
  return { success: true, data: presentMessage(message) };
}
