import { type Logger, parseCronItems, run, runMigrations } from "graphile-worker";
import pg from "pg";
import type { TestDeps } from "../channels/email/test-email-account.ts";
import { clientConfig } from "../db/connect.ts";
import type { Db } from "../db/connection.ts";
import type { AttachmentFiles } from "../domain/attachments/attachment-files.ts";
import { remindOfDueTasks } from "./remind-of-due-tasks.ts";
import { remindOfPlans } from "./remind-of-plans.ts";
import { sweep } from "./sweep.ts";
import { wakeSnoozed } from "./wake-snoozed.ts";
import { syncChannels, type WatchOptions, watchChannels } from "./watch-channels.ts";
import { watchMailAccounts } from "./watch-mail-accounts.ts";

/** What the clock's jobs need besides the database. */
export type ClockworkOptions = { watch: WatchOptions; files: AttachmentFiles; mail: TestDeps };

export type Queue = { stop: () => Promise<void> };

/** The jobs that run by the clock. graphile-worker's cron gives each minute to one process, however many there are. */
export async function startQueue(db: Db, logger: Logger, { watch, files, mail }: ClockworkOptions): Promise<Queue> {
  const pool = openPool(db.address, 3);
  await unlockDead(pool);
  const runner = await run({
    pgPool: pool,
    logger,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 5_000,
    parsedCronItems: parseCronItems([
      { task: "task.remind", match: "* * * * *" },
      { task: "plan.remind", match: "* * * * *" },
      { task: "conversation.wake", match: "* * * * *" },
      { task: "data.sweep", match: "*/10 * * * *" },
      { task: "channel.sync", match: "*/15 * * * *" },
      { task: "channel.watch", match: "*/5 * * * *" },
      { task: "mail.watch", match: "*/10 * * * *" },
    ]),
    taskList: {
      "task.remind": () => remindOfDueTasks(db),
      "plan.remind": () => remindOfPlans(db),
      "conversation.wake": () => wakeSnoozed(db),
      "data.sweep": () => sweep(db, files),
      "channel.sync": () => syncChannels(db, watch),
      "channel.watch": () => watchChannels(db, watch),
      "mail.watch": () => watchMailAccounts(db, mail),
    },
  });
  return {
    async stop() {
      await runner.stop().catch(() => {});
      await pool.end().catch(() => {});
    },
  };
}

/** The queue's own tables; part of "migrate". */
export async function migrateQueue(address: Db["address"], logger: Logger): Promise<void> {
  const pool = openPool(address, 1);
  try {
    await runMigrations({ pgPool: pool, logger });
  } finally {
    await pool.end();
  }
}

function openPool(address: Db["address"], max: number): pg.Pool {
  // The queue reads its own types; ours would give it numbers where it expects text.
  const pool = new pg.Pool({ ...clientConfig(address), max, types: pg.types });
  // The queue reconnects by itself; without handlers a lost connection would end the process.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** A worker that was killed leaves its jobs locked for four hours; nobody who locked a job holds no connection any more. */
async function unlockDead(pool: pg.Pool): Promise<void> {
  await pool.query(`
    select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
    from graphile_worker._private_jobs
    where locked_by is not null and locked_at < (select coalesce(min(backend_start), now()) from pg_stat_activity
      where application_name = 'rapport' and datname = current_database() and pid <> pg_backend_pid())
    having count(*) > 0`);
}
