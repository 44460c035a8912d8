import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../server/db/embedded/start-embedded-postgres.ts";
import { migrate } from "../../server/db/migrate.ts";
import { migrateQueue } from "../../server/jobs/queue.ts";
import { quietQueueLogger } from "../../server/jobs/quiet-queue-logger.ts";

type Server = { host: string; port: number; user: string };

declare module "vitest" {
  interface ProvidedContext {
    server: Server;
    template: string;
    /** For what files of one run share; gone after it. */
    runFolder: string;
  }
}

/** One PostgreSQL for the whole run, with a migrated database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "rapport-test-"));
  // Below a folder that only root may enter, root's PostgreSQL would be put into /var/lib and outlive the run.
  await chmod(dataDir, 0o755);
  // Nothing here outlives the run, so nothing has to reach the disk.
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const embedded = await startEmbeddedPostgres({ dataDir, log: () => {}, settings });
  const { host, port, user } = embedded.connection;
  const template = "rapport_template";
  await administer({ host, port, user }, `create database ${template}`);
  await migrate({ host, port, user, database: template });
  await migrateQueue({ host, port, user, database: template }, quietQueueLogger);
  project.provide("server", { host, port, user });
  project.provide("template", template);
  project.provide("runFolder", dataDir);
  return async () => {
    await embedded.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}

async function administer(server: Server, statement: string): Promise<void> {
  const client = new pg.Client({ ...server, database: "postgres" });
  await client.connect();
  await client.query(statement);
  await client.end();
}
