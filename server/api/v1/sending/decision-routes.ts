import type { FastifyInstance } from "fastify";
import type { Static } from "typebox";
import { SendAnswers, SendOptions, SendQuestion } from "../../../../shared/v1/sending.ts";
import { getChannelAccount } from "../../../domain/channels/list-channel-accounts.ts";
import type { Ctx } from "../../../domain/context.ts";
import { decideSends } from "../../../domain/policy/decide-sends.ts";
import type { WantedSend } from "../../../domain/policy/send-decision.ts";
import { getSendOptions } from "../../../domain/policy/send-options.ts";
import { summariseDecisions } from "../../../domain/policy/summarise-decisions.ts";
import { sendOriginOf } from "../../../domain/sends/send-origin-of.ts";
import { ctxOf } from "../../http/request-state.ts";
import { ById, idIn } from "../path-params.ts";
import { presentMoney } from "../present-money.ts";
import { presentDecision } from "./present-decision.ts";
import { presentOptions } from "./present-options.ts";

const tags = ["sending"];

/** May it be sent, at what price, and what else could be done: asked without sending anything. */
export function decisionRoutes(app: FastifyInstance): void {
  app.get<{ Params: Static<typeof ById> }>(
    "/v1/conversations/:id/send-options",
    {
      schema: {
        summary: "What may be sent in a conversation just now",
        tags,
        params: ById,
        response: { 200: SendOptions },
      },
    },
    async (request) => presentOptions(await getSendOptions(ctxOf(request), idIn(request.params, "conversation"))),
  );
  app.post<{ Body: SendQuestion }>(
    "/v1/send-decisions",
    {
      schema: {
        summary: "Ask what would become of a message to up to 1,000 people; sends nothing",
        tags,
        body: SendQuestion,
        response: { 200: SendAnswers },
      },
    },
    async (request) => answer(ctxOf(request), request.body),
  );
}

async function answer(ctx: Ctx, question: SendQuestion): Promise<SendAnswers> {
  await getChannelAccount(ctx, question.channel_account_id);
  const wanted = question.contact_ids.map((contactId) => wantedFrom(ctx, question, contactId));
  const decisions = await decideSends(ctx, wanted);
  const { cost, unknownPrices, ...summary } = summariseDecisions(decisions);
  return {
    data: decisions.map((decision, index) => ({
      contact_id: wanted[index]?.contactId ?? 0,
      decision: presentDecision(decision),
    })),
    summary: {
      ...summary,
      cost: cost.map(({ currency, amount }) => ({ currency, amount: presentMoney(amount) })),
      unknown_prices: unknownPrices,
    },
  };
}

function wantedFrom(ctx: Ctx, question: SendQuestion, contactId: number): WantedSend {
  const { channel_account_id: channelAccountId, template_id: templateId, purpose = "service" } = question;
  return {
    contactId,
    channelAccountId,
    purpose,
    content: templateId === undefined ? { kind: "free" } : { kind: "template", templateId },
    origin: question.origin ?? sendOriginOf(ctx),
  };
}
