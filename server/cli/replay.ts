import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createMailReader } from "../channels/email-intake/mail-reader.ts";
import type { Config } from "../config.ts";
import type { Db } from "../db/connection.ts";
import { inboundBacklog, replayDeliveries } from "../domain/conversations/claim-deliveries.ts";
import { mediaFiles } from "../domain/media/media-files.ts";
import { processInbound } from "../jobs/process-inbound.ts";
import { type MailDeps, processMail } from "../jobs/process-mail.ts";
import { requireDatabase, withDatabase } from "./open-database.ts";
import { UsageError } from "./usage-error.ts";

const patienceMs = 10_000;
const pauseMs = 200;

/** Processes stored webhook bodies and mails again: the failed and unrouted ones, or all; processing is idempotent. */
export async function replay(config: Config, argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: { all: { type: "boolean", default: false }, since: { type: "string" } },
  });
  const since = values.since === undefined ? new Date(0) : new Date(values.since);
  if (Number.isNaN(since.getTime())) throw new UsageError("--since wants an ISO time such as 2026-11-21T10:00:00Z.");
  await requireDatabase(config);
  const states = values.all ? ["failed", "unrouted", "processed"] : ["failed", "unrouted"];
  await withDatabase(config, async (db) => {
    const count = await replayDeliveries(db, states, since);
    const reader = createMailReader();
    await drain(db, { reader, files: mediaFiles(config.dataDir) });
    await reader.close();
    const { failed, unrouted, waiting } = await inboundBacklog(db);
    console.log(
      `Replayed ${count} webhook bodies and mails; ${failed} failed, ${unrouted} unrouted and ${waiting} waiting now.`,
    );
  });
}

/** Until nothing waits: a server beside us may hold some of the bodies, and a failed one waits for its next attempt. */
async function drain(db: Db, mails: MailDeps): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    while ((await processInbound(db)) > 0);
    while ((await processMail(db, mails)) > 0);
    if ((await inboundBacklog(db)).waiting === 0 || Date.now() > until) return;
    await setTimeout(pauseMs);
  }
}
