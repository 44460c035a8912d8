import type { FastifyInstance, RouteHandlerMethod } from "fastify";
import { DatabaseUnavailable, type Db } from "../../db/connection.ts";
import { stuckTurns } from "../../domain/bot/stuck-turns.ts";
import { type ChannelTrouble, channelTrouble } from "../../domain/channels/channel-trouble.ts";
import { inboundBacklog } from "../../domain/conversations/claim-deliveries.ts";
import { type NotificationBacklog, notificationBacklog } from "../../domain/notifications/notification-backlog.ts";
import { type ReminderBacklog, reminderBacklog } from "../../domain/reminders/reminder-backlog.ts";
import { type OutboxBacklog, outboxBacklog } from "../../domain/sends/outbox-backlog.ts";
import { type WebhookBacklog, webhookBacklog } from "../../domain/webhooks/webhook-backlog.ts";

/** `/health` says how each part is, `/ready` whether to send traffic here. Both are open: they name no one's data. */
export function opsRoutes({ db, version }: { db: Db; version: string }) {
  const health: RouteHandlerMethod = async (_request, reply) => {
    const parts = await partsOf(db);
    const healthy = parts.database === "healthy";
    reply.code(healthy ? 200 : 503).header("cache-control", "no-store");
    if (!healthy) reply.header("retry-after", 2);
    return {
      status: healthy ? "healthy" : "unhealthy",
      version,
      uptime_seconds: Math.floor(process.uptime()),
      ...parts,
    };
  };
  const ready: RouteHandlerMethod = async (_request, reply) => {
    const isReady = (await partsOf(db)).database === "healthy";
    reply.code(isReady ? 200 : 503).header("cache-control", "no-store");
    if (!isReady) reply.header("retry-after", 2);
    return { ready: isReady };
  };
  return async (app: FastifyInstance): Promise<void> => {
    // The chatbot document tells its clients to monitor /health, and theirs may be a base address below the prefix.
    for (const url of ["/health", "/chatbot/health"]) app.route({ method: ["GET", "HEAD"], url, handler: health });
    app.route({ method: ["GET", "HEAD"], url: "/ready", handler: ready });
  };
}

async function partsOf(db: Db) {
  try {
    const backlog = await inboundBacklog(db);
    const [outbox, webhooks, bot] = await Promise.all([outboxBacklog(db), webhookBacklog(db), stuckTurns(db)]);
    const [told, reminders] = await Promise.all([notificationBacklog(db), reminderBacklog(db)]);
    return {
      database: "healthy",
      inbound: { status: inboundStatus(backlog.oldest_seconds, backlog.failed), ...backlog },
      outbox: { status: outboxStatus(outbox), ...outbox },
      webhooks_out: { status: webhookStatus(webhooks), ...webhooks },
      notifications: { status: toldStatus(told), ...told },
      reminders: { status: reminderStatus(reminders), ...reminders },
      bot: { status: bot.stuck > 0 ? "behind" : "healthy", ...bot },
      channels: channelStatus(await channelTrouble(db, 1_000)),
    };
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return { database: "unreachable" };
    throw error;
  }
}

/** How many numbers have which trouble; nobody's name, because everybody may ask. */
function channelStatus(trouble: ChannelTrouble[]) {
  const problems: Record<string, number> = {};
  for (const { problem } of trouble) problems[problem] = (problems[problem] ?? 0) + 1;
  return { status: trouble.length === 0 ? "healthy" : "problems", problems };
}

function outboxStatus({ stopped, oldest_seconds, unknown_over_an_hour }: OutboxBacklog): string {
  if (unknown_over_an_hour > 0) return "unknown_fates";
  if ((oldest_seconds ?? 0) > 60) return "behind";
  return stopped > 0 ? "stopped" : "healthy";
}

function webhookStatus({ disabled, failing }: WebhookBacklog): string {
  if (disabled > 0) return "disabled";
  return failing > 0 ? "failing" : "healthy";
}

function toldStatus({ overdue, mails_failed, pushes_failed }: NotificationBacklog): string {
  if (overdue > 0) return "behind";
  return mails_failed + pushes_failed > 0 ? "failures" : "healthy";
}

function reminderStatus({ overdue, failed }: ReminderBacklog): string {
  if (overdue > 0) return "behind";
  return failed > 0 ? "failures" : "healthy";
}

/** A minute of backlog means that the worker stands still or cannot keep up. */
function inboundStatus(oldestSeconds: number | null, failed: number): string {
  if (oldestSeconds !== null && oldestSeconds > 60) return "behind";
  return failed > 0 ? "failures" : "healthy";
}
