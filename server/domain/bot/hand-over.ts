import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { switchBot } from "../conversations/switch-bot.ts";
import { recordEvent } from "../events/record-event.ts";
import { notifyTeam } from "../notifications/notify-team.ts";
import { createTask } from "../tasks/create-task.ts";
import type { TurnFacts } from "./bot-turn.ts";

const hourMs = 3_600_000;

/** A person takes over: the bot leaves the conversation, a task says so, and the team is told. */
export async function handOver(tx: TxCtx, facts: TurnFacts, reason: string): Promise<void> {
  const { conversationId, contactId, person } = facts;
  const who = person.name || "A new person";
  const key = `bot:handover:${conversationId}:${facts.lastMessageId}`;
  await switchBot(tx, conversationId, "off");
  await tx.tx.run(noteHandover({ companyId: tx.companyId, conversationId, reason, now: tx.now().toISOString() }));
  await recordEvent(tx, {
    type: "conversation.handed_over",
    subject: { kind: "conversation", id: conversationId },
    contactId,
    data: { reason },
  });
  await createTask(tx, {
    contactId,
    ...(facts.leadId === null ? {} : { leadId: facts.leadId }),
    originKey: key,
    title: `Answer ${who}: ${reason}`.slice(0, 200),
    description: facts.messages
      .map(({ text }) => text)
      .join("\n")
      .slice(0, 2_000),
    taskType: "follow_up",
    priority: "urgent",
    dueAt: new Date(tx.now().getTime() + hourMs).toISOString(),
  });
  await notifyTeam(tx, {
    kind: "conversation.handed_over",
    title: `${who} waits for a person`,
    body: `The bot left the conversation: ${reason}.`,
    contactId,
    subject: { kind: "conversation", id: conversationId },
    dedupeKey: key,
  });
}

const noteHandover = prepared<{ companyId: number; conversationId: number; reason: string; now: string }>()(
  (_db, arg) => sql<never>`
    update bot_states set handed_over_at = ${arg("now")}::timestamptz, handover_reason = ${arg("reason")}::text
    where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint`,
);
