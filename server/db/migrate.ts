import { readdir, readFile } from "node:fs/promises";
import pg from "pg";
import { clientConfig } from "./connect.ts";
import type { DatabaseAddress } from "./connection.ts";
import { StartupError } from "./startup-error.ts";

type Migration = { number: number; name: string; sql: string };

const folder = new URL("../../db/migrations/", import.meta.url);
// Any fixed number: two processes that start at once migrate one after the other.
const migrationLock = 7_271_043;

export type MigrationState = { applied: number; available: number; pending: string[] };

/** Applies what is missing, each file in a transaction of its own. A database ahead of the code is refused. Returns the names applied. */
export async function migrate(address: DatabaseAddress, log: (line: string) => void = () => {}): Promise<string[]> {
  const migrations = await readMigrations();
  return withMigrationClient(address, async (client) => {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    const pending = await pendingMigrations(client, migrations);
    for (const migration of pending) {
      log(`Migrating: ${migration.name}`);
      await apply(client, migration);
    }
    return pending.map((migration) => migration.name);
  });
}

/** What stands in the database and what in the code; nothing is changed. A database ahead of the code is refused. */
export async function migrationState(address: DatabaseAddress): Promise<MigrationState> {
  const migrations = await readMigrations();
  return withMigrationClient(address, async (client) => {
    const pending = await pendingMigrations(client, migrations);
    return {
      applied: migrations.length - pending.length,
      available: migrations.length,
      pending: pending.map((migration) => migration.name),
    };
  });
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      number: Number(name.slice(0, 4)),
      name,
      sql: await readFile(new URL(name, folder), "utf8"),
    })),
  );
}

async function withMigrationClient<Result>(
  address: DatabaseAddress,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  // Migrations may take long; the statement timeout of ordinary clients would cut them off.
  const client = new pg.Client({
    ...clientConfig(address),
    options: "-c TimeZone=UTC",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => {});
  await client.connect().catch((error: unknown) => {
    throw new StartupError(
      `The database cannot be reached: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function pendingMigrations(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  await checkServer(client);
  const exists = await client.query<{ found: boolean }>("select to_regclass('schema_migrations') is not null as found");
  const applied = exists.rows[0]?.found
    ? (
        await client.query<{ number: number; name: string }>(
          "select number, name from schema_migrations order by number",
        )
      ).rows
    : [];
  const known = new Set(migrations.map((migration) => migration.number));
  const foreign = applied.find((row) => !known.has(Number(row.number)));
  if (foreign) {
    throw new StartupError(
      `The database is ahead of this version of Rapport: it has migration ${foreign.name}, which this code does not know. Start the newer version, or restore a backup made before the upgrade.`,
    );
  }
  const done = new Set(applied.map((row) => Number(row.number)));
  return migrations.filter((migration) => !done.has(migration.number));
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding",
  );
  const server = rows[0];
  if (server && server.version < 150_000)
    throw new StartupError("Rapport needs PostgreSQL 15 or newer; this server is older.");
  if (server && server.encoding !== "UTF8")
    throw new StartupError(`The database's encoding is ${server.encoding}; Rapport needs UTF8.`);
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(
      "create table if not exists schema_migrations (number integer primary key, name text not null, applied_at timestamptz(3) not null default now())",
    );
    await client.query(migration.sql);
    await client.query("insert into schema_migrations (number, name) values ($1, $2)", [
      migration.number,
      migration.name,
    ]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  }
}
