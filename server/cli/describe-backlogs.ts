import type { Db } from "../db/connection.ts";
import { stuckTurns } from "../domain/bot/stuck-turns.ts";
import { notificationBacklog } from "../domain/notifications/notification-backlog.ts";
import { reminderBacklog } from "../domain/reminders/reminder-backlog.ts";
import { outboxBacklog } from "../domain/sends/outbox-backlog.ts";
import { webhookBacklog } from "../domain/webhooks/webhook-backlog.ts";

const daySeconds = 86_400;

/** Says what waits on the way out. True where only a person can help. */
export async function describeBacklogs(db: Db): Promise<boolean> {
  const needy = [
    await describeOutbox(db),
    await describeWebhooks(db),
    await describeNotifications(db),
    await describeReminders(db),
  ];
  const { stuck, oldest_seconds } = await stuckTurns(db);
  if (stuck > 0) console.log(`Bot         ${stuck} answers overdue${forSeconds(oldest_seconds)}`);
  return needy.includes(true);
}

async function describeOutbox(db: Db): Promise<boolean> {
  const { queued, stopped, oldest_seconds, ...rest } = await outboxBacklog(db);
  const { unknown, unknown_over_an_hour, unknown_oldest_seconds } = rest;
  console.log(
    `Outbox      ${queued} waiting${forSeconds(oldest_seconds)}; ${stopped} of them for a number that is stopped; ${unknown} of unknown fate (${unknown_over_an_hour} for more than an hour)${forSeconds(unknown_oldest_seconds)}`,
  );
  const needsPerson = (unknown_oldest_seconds ?? 0) > daySeconds;
  if (needsPerson) console.log("            Somebody has to settle them: POST /v1/messages/{id}/settle");
  return needsPerson;
}

async function describeWebhooks(db: Db): Promise<boolean> {
  const { failing, disabled, paused, paused_oldest_seconds, waiting, oldest_seconds } = await webhookBacklog(db);
  console.log(
    `Hooks out   ${waiting} waiting${forSeconds(oldest_seconds)}; ${failing} endpoints failing; ${disabled} disabled; ${paused} paused by their owners${forSeconds(paused_oldest_seconds)}`,
  );
  if (paused > 0)
    console.log("            What is for a paused one waits until its owner goes on: POST /v1/webhooks/{id}/resume");
  if (disabled > 0)
    console.log("            After the cause is mended, start them again: POST /v1/webhooks/{id}/resume");
  return disabled > 0;
}

/** The bell has everything that a mail or a push would have said. */
export async function describeNotifications(db: Db): Promise<boolean> {
  const told = await notificationBacklog(db);
  const { overdue, mails_failed: mails, pushes_failed: pushes } = told;
  console.log(
    `Told        ${overdue} mails and digests overdue${forSeconds(told.oldest_seconds)}; ${mails} mails failed${forSeconds(told.mails_failed_oldest_seconds)} and ${pushes} pushes were refused in the last day${forSeconds(told.pushes_failed_oldest_seconds)}`,
  );
  if (overdue > 0) console.log(`            ${workersWord}`);
  if (mails > 0) console.log("            Check the company's e-mail account: POST /v1/email-accounts/{id}/test");
  if (pushes > 0)
    console.log("            Whoever is not reached turns notifications off and on again in that browser.");
  return overdue > 0 || mails > 0;
}

/** True where reminders are late; whom none reaches, the team has been told of. */
export async function describeReminders(db: Db): Promise<boolean> {
  const { overdue, oldest_seconds, failed, failed_oldest_seconds } = await reminderBacklog(db);
  console.log(
    `Reminders   ${overdue} overdue${forSeconds(oldest_seconds)}; ${failed} people could not be reminded in the last day${forSeconds(failed_oldest_seconds)}`,
  );
  if (overdue > 0) console.log(`            ${workersWord}`);
  if (failed > 0)
    console.log("            The visits say why, and their teams were told: they remind these people by hand.");
  return overdue > 0;
}

const workersWord = "Are workers running? Start: npm start, or npm run -s rapport -- work";

function forSeconds(seconds: number | null): string {
  return seconds === null ? "" : `, the oldest for ${seconds} s`;
}
