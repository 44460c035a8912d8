import { getSettings } from "../accounts/company-settings.ts";
import type { Ctx } from "../context.ts";
import { readIntents } from "../intake/read-intents.ts";
import { type BotSettings, getBotSettings } from "./bot-settings.ts";
import type { TurnFacts, TurnPlan } from "./bot-turn.ts";
import { listActiveKnowledge } from "./knowledge.ts";
import { planTurn } from "./plan-turn.ts";
import { type ModelOptions, planWithModel } from "./plan-with-model.ts";

export type Trial = { text: string; language: string | null };

/** What the bot would answer a new person who writes this, by its model where it has one; nothing is sent or kept but what the model costs. */
export async function tryBot(
  ctx: Ctx,
  trial: Trial,
  model: Omit<ModelOptions, "companyId" | "now">,
): Promise<TurnPlan> {
  const settings = await getBotSettings(ctx);
  const facts = await factsOf(ctx, trial, settings);
  return planWithModel(facts, planTurn(facts), settings, { ...model, companyId: ctx.companyId, now: ctx.now() });
}

async function factsOf(ctx: Ctx, { text, language }: Trial, settings: BotSettings): Promise<TurnFacts> {
  const [company, knowledge] = [await getSettings(ctx), await listActiveKnowledge(ctx)];
  const sentAt = ctx.now().toISOString();
  const intents = readIntents(text).map(({ intent }) => intent);
  return {
    conversationId: 0,
    contactId: 0,
    leadId: null,
    lastMessageId: 0,
    messages: [{ id: 0, text, type: "text", intents, sentAt }],
    history: [{ direction: "in", text }],
    person: { name: "", email: null, company: null, need: null, language },
    state: {
      language,
      greetedAt: null,
      asked: {},
      lastAsked: null,
      answered: [],
      stalledTurns: 0,
      repliesToday: 0,
    },
    knowledge,
    business: {
      name: settings.businessName || company.company.name,
      about: settings.about,
      greeting: settings.greeting,
      prices: settings.prices,
      demos: settings.demos,
      locale: company.locale,
    },
    silence: null,
  };
}
