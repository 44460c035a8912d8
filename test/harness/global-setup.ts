import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../server/db/embedded/start-embedded-postgres.ts";
import { migrate } from "../../server/db/migrate.ts";
import { migrateQueue } from "../../server/jobs/queue.ts";
import { quietQueueLogger } from "../../server/jobs/quiet-queue-logger.ts";

export type Server = { host: string; port: number; user: string };

const template = "rapport_template";

declare module "vitest" {
  interface ProvidedContext {
    /** One for each worker. */
    servers: Server[];
    template: string;
    /** For what files of one run share; gone after it. */
    runFolder: string;
  }
}

/**
 * A PostgreSQL for each worker, with a migrated database that every test file clones. Not one for all: the journal is read up to the
 * oldest transaction that is open anywhere on a server, and a file would wait for another's longest.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const runFolder = await mkdtemp(join(tmpdir(), "rapport-test-"));
  // Below a folder that only root may enter, root's PostgreSQL would be put into /var/lib and outlive the run.
  await chmod(runFolder, 0o755);
  const workers = Array.from({ length: project.vitest.config.maxWorkers }, (_, index) => `worker-${index + 1}`);
  const started = await Promise.all(workers.map((name) => startServer(join(runFolder, name))));
  project.provide(
    "servers",
    started.map(({ connection: { host, port, user } }) => ({ host, port, user })),
  );
  project.provide("template", template);
  project.provide("runFolder", runFolder);
  return async () => {
    await Promise.all(started.map((server) => server.stop()));
    await rm(runFolder, { recursive: true, force: true });
  };
}

async function startServer(dataDir: string): Promise<EmbeddedPostgres> {
  // Nothing here outlives the run, so nothing has to reach the disk.
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const server = await startEmbeddedPostgres({ dataDir, log: () => {}, settings });
  const { host, port, user } = server.connection;
  await administer({ host, port, user }, `create database ${template}`);
  await migrate({ host, port, user, database: template });
  await migrateQueue({ host, port, user, database: template }, quietQueueLogger);
  return server;
}

async function administer(server: Server, statement: string): Promise<void> {
  const client = new pg.Client({ ...server, database: "postgres" });
  await client.connect();
  await client.query(statement);
  await client.end();
}
