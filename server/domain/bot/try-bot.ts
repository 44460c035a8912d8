import { getSettings } from "../accounts/company-settings.ts";
import type { Ctx } from "../context.ts";
import { readIntents } from "../intake/read-intents.ts";
import { getBotSettings } from "./bot-settings.ts";
import type { TurnPlan } from "./bot-turn.ts";
import { listActiveKnowledge } from "./knowledge.ts";
import { planTurn } from "./plan-turn.ts";

/** What the rules would answer a new person who writes this; nothing is sent or kept. */
export async function tryBot(ctx: Ctx, text: string, language: string | null): Promise<TurnPlan> {
  const [settings, company, knowledge] = [
    await getBotSettings(ctx),
    await getSettings(ctx),
    await listActiveKnowledge(ctx),
  ];
  const sentAt = ctx.now().toISOString();
  const intents = readIntents(text).map(({ intent }) => intent);
  return planTurn({
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
      lastReplyAt: null,
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
  });
}
