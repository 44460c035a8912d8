import type { FastifyInstance, FastifyRequest } from "fastify";
import { type JsonObject, jsonObjectOf, jsonOf } from "../../../../shared/json.ts";
import { SimulatedAccepted, SimulatedActed, SimulatedAction, SimulatedText } from "../../../../shared/v1/simulator.ts";
import type { SimulatedMessage } from "../../../channels/simulator/build-body.ts";
import { playAction } from "../../../channels/simulator/play-action.ts";
import { type PostWebhook, playMessages } from "../../../channels/simulator/play-messages.ts";
import type { Ctx } from "../../../domain/context.ts";
import { invalid, notFound } from "../../../domain/domain-error.ts";
import { type SimulatedAccount, simulatedAccountOf } from "../../../domain/simulator/simulated-account.ts";
import { ctxOf, principalOf } from "../../http/request-state.ts";
import { parseAction } from "./parse-action.ts";
import { parseSender } from "./parse-sender.ts";
import { postWebhook } from "./post-webhook.ts";

const tags = ["simulator"];
// The webhook commits on its own, so the answer cannot stand in one transaction with it.
const config = { ownIdempotency: true };

/** Plays a customer by posting signed, Meta-shaped bodies to the very route Meta posts to. */
export function playRoutes(app: FastifyInstance, { appSecret }: { appSecret: string }): void {
  const post = postWebhook(app, appSecret);
  writeRoute(app, post);
  actRoute(app, post, appSecret);
}

function writeRoute(app: FastifyInstance, post: PostWebhook): void {
  app.post<{ Body: SimulatedText }>(
    "/v1/simulator/messages",
    {
      schema: {
        summary: "Play a customer who writes to us",
        tags,
        body: SimulatedText,
        response: { 202: SimulatedAccepted },
      },
      config,
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const account = await accountOf(ctx);
      const playing = { person: parseSender(request.body.from), messages: [messageOf(request)], post };
      const { ids, accepted } = await playMessages(ctx, account, playing);
      reply.code(202);
      return { message_id: ids[0] ?? "", accepted };
    },
  );
}

function actRoute(app: FastifyInstance, post: PostWebhook, appSecret: string): void {
  app.post<{ Body: SimulatedAction }>(
    "/v1/simulator/actions",
    {
      schema: {
        summary: "Play what a customer does: tap, react, record, reply, change the number",
        tags,
        body: SimulatedAction,
        response: { 202: SimulatedActed },
      },
      config,
    },
    async (request, reply) => {
      const ctx = ctxOf(request);
      const account = await accountOf(ctx);
      const person = parseSender(request.body.from);
      const options = { appSecret, onceKey: onceKeyOf(request), post };
      const { ids, accepted } = await playAction(ctx, account, { person, action: parseAction(request.body) }, options);
      reply.code(202);
      return { message_ids: ids, accepted };
    },
  );
}

async function accountOf(ctx: Ctx): Promise<SimulatedAccount> {
  const account = await simulatedAccountOf(ctx.db, ctx.companyId);
  if (!account) throw notFound("channel account");
  return account;
}

function messageOf(request: FastifyRequest<{ Body: SimulatedText }>): SimulatedMessage {
  const { type = "text", text, content, reply_to, referral } = request.body;
  if (type === "text" && (text ?? "") === "") throw invalid("text", "text is required for type text");
  return {
    type,
    body: type === "text" ? { body: text ?? "" } : contentOf(content),
    replyTo: reply_to,
    referral: referral === undefined ? undefined : jsonObjectOf(jsonOf(referral)),
    sentAt: new Date(),
    onceKey: onceKeyOf(request),
  };
}

function onceKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  return typeof key === "string" && key !== "" ? `${principalOf(request).companyId} ${key}` : undefined;
}

function contentOf(content: unknown): JsonObject | JsonObject[] {
  const json = jsonOf(content ?? {});
  if (!Array.isArray(json)) return jsonObjectOf(json) ?? {};
  return json.map(jsonObjectOf).filter((item) => item !== undefined);
}
