import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static } from "typebox";
import { MessageWithSend, Settlement } from "../../../../shared/v1/message.ts";
import { getMessage } from "../../../domain/conversations/get-message.ts";
import type { Message } from "../../../domain/conversations/list-messages.ts";
import { cancelMessage } from "../../../domain/sends/cancel-message.ts";
import { getSend } from "../../../domain/sends/get-send.ts";
import { retryMessage } from "../../../domain/sends/retry-message.ts";
import { settleMessage } from "../../../domain/sends/settle-message.ts";
import { signalTyping } from "../../../domain/sends/signal-vendor.ts";
import { withWaits } from "../../../domain/sends/waits-of.ts";
import { ctxOf } from "../../http/request-state.ts";
import { messagePresenter } from "../conversations/present-message.ts";
import { noContent } from "../no-content.ts";
import { ById, idIn } from "../path-params.ts";
import { presentMessageWithSend } from "./present-send.ts";

const tags = ["messages"];
const response = { 200: MessageWithSend };
type Params = Static<typeof ById>;

/** What becomes of a message: looked at, taken back, tried again, settled by a person. */
export function messageRoutes(app: FastifyInstance): void {
  app.get<{ Params: Params }>(
    "/v1/messages/:id",
    { schema: { summary: "One message, and why it waits or failed", tags, params: ById, response } },
    async (request) => view(request, await getMessage(ctxOf(request), idIn(request.params, "message"))),
  );
  app.post<{ Params: Params }>(
    "/v1/conversations/:id/typing",
    { schema: { summary: "Show the person that somebody writes", tags, params: ById, response: { 204: noContent } } },
    async (request, reply) => {
      await signalTyping(ctxOf(request), idIn(request.params, "conversation"));
      reply.code(204);
      return null;
    },
  );
  app.post<{ Params: Params }>(
    "/v1/messages/:id/cancel",
    { schema: { summary: "Take back a message that waits", tags, params: ById, response } },
    async (request) => view(request, await cancelMessage(ctxOf(request), idIn(request.params, "message"))),
  );
  app.post<{ Params: Params }>(
    "/v1/messages/:id/retry",
    { schema: { summary: "Send a failed message again", tags, params: ById, response } },
    async (request) => view(request, await retryMessage(ctxOf(request), idIn(request.params, "message"))),
  );
  app.post<{ Params: Params; Body: Settlement }>(
    "/v1/messages/:id/settle",
    {
      schema: {
        summary: "Decide over a message of which nobody knows whether WhatsApp took it",
        tags,
        params: ById,
        body: Settlement,
        response,
      },
    },
    async (request) =>
      view(request, await settleMessage(ctxOf(request), idIn(request.params, "message"), request.body.settlement)),
  );
}

async function view(request: FastifyRequest, message: Message) {
  const ctx = ctxOf(request);
  const [[seen = message], send, present] = await Promise.all([
    withWaits(ctx, [message]),
    getSend(ctx, message.id),
    messagePresenter(ctx, [message]),
  ]);
  return presentMessageWithSend(present(seen), send);
}
