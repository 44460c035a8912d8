import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { queueMessage } from "../sends/queue-message.ts";
import type { Silence, TurnFacts, TurnPlan } from "./bot-turn.ts";
import { handOver } from "./hand-over.ts";
import { rememberLearnt } from "./remember-learnt.ts";
import { takeUpTopics } from "./take-up-topics.ts";
import { writeState } from "./write-state.ts";

/**
 * Ends a turn with its one reply, all in one transaction: message, what was learnt, tasks, where the bot stands. When somebody wrote
 * meanwhile the plan is thrown away and the turn comes again with everything that was said.
 */
export async function finishTurn(tx: TxCtx, facts: TurnFacts, plan: TurnPlan | Silence): Promise<void> {
  const turn = { companyId: tx.companyId, conversationId: facts.conversationId };
  const held = await tx.tx.first(lockTurn(turn));
  if (!held) return;
  if (held.lastMessageId !== facts.lastMessageId) {
    await tx.tx.run(releaseTurn(turn));
    return;
  }
  await tx.tx.run(endTurn(turn));
  if (typeof plan === "string" || (await reply(tx, facts, plan)) === "refused") return;
  await rememberLearnt(tx, facts, plan.learnt);
  await takeUpTopics(tx, facts, plan.topics);
  await writeState(tx, facts, plan);
  if (plan.handover !== null) await handOver(tx, facts, plan.handover);
}

async function reply(tx: TxCtx, facts: TurnFacts, plan: TurnPlan): Promise<"queued" | "refused"> {
  try {
    await queueMessage(tx, {
      conversationId: facts.conversationId,
      content: { type: "text", text: plan.text },
      origin: "bot",
      onceKey: `bot:${facts.conversationId}:${facts.lastMessageId}`,
    });
    return "queued";
  } catch (error) {
    // The policy said no: the person opted out, the window closed. Nothing was written, and nothing is owed.
    if (!(error instanceof DomainError) || error.refusal.kind !== "send_refused") throw error;
    await recordEvent(tx, {
      type: "bot.reply_refused",
      subject: { kind: "conversation", id: facts.conversationId },
      contactId: facts.contactId,
      data: { reason: error.message },
    });
    return "refused";
  }
}

const lockTurn = prepared<{ companyId: number; conversationId: number }>()(
  (_db, arg) => sql<{ lastMessageId: number }>`
    select last_message_id as "lastMessageId" from bot_turns
    where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint for update`,
);

const endTurn = prepared<{ companyId: number; conversationId: number }>()(
  (_db, arg) => sql<never>`
    delete from bot_turns where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint`,
);

const releaseTurn = prepared<{ companyId: number; conversationId: number }>()(
  (_db, arg) => sql<never>`
    update bot_turns set lease_expires_at = null, attempts = 0
    where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint`,
);
