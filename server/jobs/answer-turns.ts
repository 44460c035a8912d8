import type { Db } from "../db/connection.ts";
import { getBotSettings } from "../domain/bot/bot-settings.ts";
import type { Silence, TurnFacts, TurnPlan } from "../domain/bot/bot-turn.ts";
import { type ClaimedTurn, claimTurns, dropTurn, postponeTurn } from "../domain/bot/claim-turns.ts";
import { finishTurn } from "../domain/bot/finish-turn.ts";
import { loadTurn } from "../domain/bot/load-turn.ts";
import type { ModelClient } from "../domain/bot/model-client.ts";
import { planTurn } from "../domain/bot/plan-turn.ts";
import { planWithModel } from "../domain/bot/plan-with-model.ts";
import { type Ctx, createCtx } from "../domain/context.ts";

export type BotDeps = {
  db: Db;
  model: ModelClient;
  encryptionKey: string;
  now?: () => Date;
  onError: (error: unknown) => void;
};

const batchSize = 16;
const mostAttempts = 5;
const retryMs = 5_000;

/** Answers the conversations that wait for the bot; returns how many were taken. Turns run side by side: a slow model holds up only its own. */
export async function answerTurns(deps: BotDeps): Promise<number> {
  const now = deps.now ?? (() => new Date());
  const turns = await claimTurns(deps.db, batchSize, now());
  await Promise.all(turns.map((turn) => answerTurn(deps, now, turn)));
  return turns.length;
}

async function answerTurn(deps: BotDeps, now: () => Date, turn: ClaimedTurn): Promise<void> {
  const { db } = deps;
  try {
    const ctx = createCtx({ db, companyId: turn.companyId, actor: { kind: "system" }, now });
    const settings = await getBotSettings(ctx);
    const facts = await loadTurn(ctx, turn.conversationId, settings);
    if (!facts) return await dropTurn(db, turn);
    const plan = facts.silence ?? (await planOf(deps, ctx, facts, settings));
    await ctx.transact((tx) => finishTurn(tx, facts, plan));
  } catch (error) {
    deps.onError(error);
    await giveBack(deps, now, turn);
  }
}

async function planOf(
  { db, model, encryptionKey }: BotDeps,
  ctx: Ctx,
  facts: TurnFacts,
  settings: Awaited<ReturnType<typeof getBotSettings>>,
): Promise<TurnPlan | Silence> {
  const options = { db, companyId: ctx.companyId, client: model, encryptionKey, now: ctx.now() };
  return planWithModel(facts, planTurn(facts), settings, options);
}

/** A turn that keeps failing is dropped: the message stands in the inbox, where a person finds it. */
async function giveBack({ db, onError }: BotDeps, now: () => Date, turn: ClaimedTurn): Promise<void> {
  const work =
    turn.attempts >= mostAttempts
      ? dropTurn(db, turn)
      : postponeTurn(db, turn, new Date(now().getTime() + retryMs * turn.attempts));
  await work.catch(onError);
}
