import { parseArgs } from "node:util";
import type { Config } from "../config.ts";
import { migrate, migrationState } from "../db/migrate.ts";
import { migrateQueue } from "../jobs/queue.ts";
import { quietQueueLogger } from "../jobs/quiet-queue-logger.ts";
import { openDatabase } from "./open-database.ts";

/** Applies the missing migrations, each in a transaction; with --dry-run it only names them. */
export async function migrateCommand(config: Config, argv: string[]): Promise<void> {
  const { values } = parseArgs({ args: argv, options: { "dry-run": { type: "boolean", default: false } } });
  const database = await openDatabase(config, { shared: true, log: () => {} });
  try {
    const { pending } = await migrationState(database.address);
    if (values["dry-run"])
      return console.log(pending.length === 0 ? "Nothing to migrate." : `To migrate:\n  ${pending.join("\n  ")}`);
    const applied = await migrate(database.address, (line) => console.log(line));
    await migrateQueue(database.address, quietQueueLogger);
    console.log(applied.length === 0 ? "Nothing to migrate." : `Migrated ${applied.length} step(s).`);
  } finally {
    await database.stop();
  }
}
