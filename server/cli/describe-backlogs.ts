import type { Db } from "../db/connection.ts";
import { stuckTurns } from "../domain/bot/stuck-turns.ts";
import { outboxBacklog } from "../domain/sends/outbox-backlog.ts";
import { webhookBacklog } from "../domain/webhooks/webhook-backlog.ts";

const daySeconds = 86_400;

/** Says what waits on the way out. True where only a person can help. */
export async function describeBacklogs(db: Db): Promise<boolean> {
  const needy = [await describeOutbox(db), await describeWebhooks(db)];
  const { stuck, oldest_seconds } = await stuckTurns(db);
  if (stuck > 0) console.log(`Bot         ${stuck} answers overdue${forSeconds(oldest_seconds)}`);
  return needy.includes(true);
}

async function describeOutbox(db: Db): Promise<boolean> {
  const { queued, stopped, oldest_seconds, unknown, unknown_oldest_seconds } = await outboxBacklog(db);
  console.log(
    `Outbox      ${queued} waiting${forSeconds(oldest_seconds)}; ${stopped} of them for a number that is stopped; ${unknown} of unknown fate${forSeconds(unknown_oldest_seconds)}`,
  );
  const needsPerson = (unknown_oldest_seconds ?? 0) > daySeconds;
  if (needsPerson) console.log("            Somebody has to settle them: POST /v1/messages/{id}/settle");
  return needsPerson;
}

async function describeWebhooks(db: Db): Promise<boolean> {
  const { failing, disabled, waiting, oldest_seconds } = await webhookBacklog(db);
  console.log(
    `Hooks out   ${waiting} waiting${forSeconds(oldest_seconds)}; ${failing} endpoints failing; ${disabled} disabled`,
  );
  if (disabled > 0)
    console.log("            After the cause is mended, start them again: POST /v1/webhooks/{id}/resume");
  return disabled > 0;
}

function forSeconds(seconds: number | null): string {
  return seconds === null ? "" : `, the oldest for ${seconds} s`;
}
