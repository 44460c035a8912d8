import { parseArgs } from "node:util";
import { sql } from "kysely";
import type { Config } from "../config.ts";
import type { Db } from "../db/connection.ts";
import { prepared } from "../db/prepared.ts";
import { channelTrouble } from "../domain/channels/channel-trouble.ts";
import { inboundBacklog } from "../domain/conversations/claim-deliveries.ts";
import { listInboundTrouble } from "../domain/conversations/list-inbound-trouble.ts";
import { doubtfulTotals } from "../domain/rollups/doubtful-totals.ts";
import { describeBacklogs } from "./describe-backlogs.ts";
import { requireDatabase, withDatabase } from "./open-database.ts";

/** Says what is healthy, what waits and what failed. Exit code 1 when something needs a person. */
export async function doctor(config: Config, argv: string[]): Promise<number> {
  parseArgs({ args: argv, options: {} });
  await requireDatabase(config);
  return withDatabase(config, async (db) => {
    const backlog = await inboundBacklog(db);
    await describeDatabase(db);
    const oldest = backlog.oldest_seconds === null ? "" : `, the oldest for ${backlog.oldest_seconds} s`;
    console.log(
      `Inbound     ${backlog.waiting} webhook bodies and mails waiting${oldest}; ${backlog.failed} failed; ${backlog.unrouted} for numbers nobody connected`,
    );
    for (const item of await listInboundTrouble(db, 10)) {
      console.log(`            #${item.id} ${item.received_at} ${item.state}: ${(item.error ?? "").split("\n", 1)[0]}`);
    }
    const trouble = backlog.failed + backlog.unrouted;
    if (trouble > 0) console.log("            After the cause is mended: npm run -s rapport -- replay");
    const troubled = await describeChannels(db);
    const isStuck = await describeBacklogs(db);
    const doubtful = await describeRollups(db);
    return trouble > 0 || troubled > 0 || isStuck || doubtful > 0 || (backlog.oldest_seconds ?? 0) > 60 ? 1 : 0;
  });
}

async function describeChannels(db: Db): Promise<number> {
  const trouble = await channelTrouble(db, 20);
  for (const { company, name, title, since } of trouble)
    console.log(`Channels    ${name} of "${company}": ${title} (since ${since})`);
  return trouble.length;
}

/** Says nothing where all is well: what dashboards read is what the tables hold. */
async function describeRollups(db: Db): Promise<number> {
  const doubtful = await doubtfulTotals(db.slow);
  for (const { slug } of doubtful)
    console.log(
      `Rollups     of "${slug}" differ from a recount. Mend them with: npm run -s rapport -- rollups rebuild`,
    );
  return doubtful.length;
}

async function describeDatabase(db: Db): Promise<void> {
  const row = await db.first(facts({}));
  if (!row) return;
  console.log(
    `Database    PostgreSQL ${row.version}, ${row.size}, ${row.migrations} migrations, ${row.companies} companies`,
  );
  if (!row.trigrams)
    console.log(
      "            pg_trgm ignores Cyrillic here: recreate the database with a UTF-8 locale, or search will miss names.",
    );
}

type Facts = { version: string; size: string; migrations: number; companies: number; trigrams: boolean };

const facts = prepared<object>()(
  () => sql<Facts>`
    select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
      (select count(*) from schema_migrations) as migrations, (select count(*) from companies) as companies,
      cardinality(show_trgm('Привет')) > 0 as trigrams`,
);
