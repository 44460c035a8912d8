import type { Db } from "../../db/connection.ts";
import { openSecret, SealError } from "../accounts/seal-secret.ts";
import type { BotSettings } from "./bot-settings.ts";
import type { TurnFacts, TurnPlan } from "./bot-turn.ts";
import type { ModelClient } from "./model-client.ts";
import { modelPrompt } from "./model-prompt.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import { askedForPerson, fillIn, mostStalledTurns } from "./plan-turn.ts";
import { readModelAnswer } from "./read-model-answer.ts";
import { reserveSpending, settleSpending } from "./spending.ts";

const maxTokens = 400;

export type ModelOptions = { db: Db; companyId: number; client: ModelClient; encryptionKey: string; now: Date };

/**
 * The plan of the rules, with the model's words where it has a good answer in time and the month's cap allows. The rules keep what
 * they are sure of: a person who asks for a person gets one, and a bot that leads nowhere stops, whatever the model says.
 */
export async function planWithModel(
  facts: TurnFacts,
  rules: TurnPlan,
  settings: BotSettings,
  options: ModelOptions,
): Promise<TurnPlan> {
  if (settings.modelUrl === null || settings.modelName === null || isFinal(facts, rules)) return rules;
  const answer = await ask(facts, rules, settings, { ...options, url: settings.modelUrl, model: settings.modelName });
  const said = answer === undefined ? undefined : readModelAnswer(answer, facts);
  if (said === undefined) return rules;
  const phrases = phrasesFor(rules.language);
  if (said.handover) return { ...rules, text: phrases.handover, handover: "the model asked for a person" };
  const learnt = { ...said.learnt, ...rules.learnt };
  const isNew = Object.keys(learnt).length > 0 || rules.topics.length > 0;
  const text = said.offTopic ? fillIn(phrases.offTopic, facts) : said.text;
  return { ...rules, text, learnt, asks: null, handover: null, stalled: !isNew && facts.state.greetedAt !== null };
}

/** Rules without an answer leave it to the model; a wish for a person and the end of a talk that leads nowhere are no question of words. */
function isFinal({ state }: TurnFacts, rules: TurnPlan): boolean {
  return rules.handover === askedForPerson || (rules.handover !== null && state.stalledTurns + 1 >= mostStalledTurns);
}

async function ask(
  facts: TurnFacts,
  rules: TurnPlan,
  settings: BotSettings,
  { db, companyId, client, encryptionKey, now, url, model }: ModelOptions & { url: string; model: string },
): Promise<string | undefined> {
  const messages = modelPrompt(facts, rules.language);
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  const reservation = await reserveSpending(db, companyId, settings, { characters, maxTokens, now });
  if (!reservation) return undefined;
  const key = keyOf(settings, companyId, encryptionKey);
  const answer = await client({ url, key, model, messages, maxTokens, timeoutMs: settings.modelTimeoutMs });
  if (answer.kind === "failed") {
    const used = answer.mayCost ? { inputTokens: null, outputTokens: null } : "nothing";
    await settleSpending(db, reservation, settings, used);
    return undefined;
  }
  await settleSpending(db, reservation, settings, answer);
  return answer.text;
}

function keyOf({ modelKeySealed }: BotSettings, companyId: number, encryptionKey: string): string | null {
  if (modelKeySealed === null) return null;
  try {
    return openSecret(encryptionKey, modelKeySealed, `bot:${companyId}`);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}
