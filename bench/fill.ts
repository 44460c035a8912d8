import pg from "pg";
import { clientConfig, connect } from "../server/db/connect.ts";
import type { DatabaseAddress } from "../server/db/connection.ts";
import { migrate } from "../server/db/migrate.ts";
import { createCompany } from "../server/domain/accounts/create-company.ts";
import { rebuildRecords } from "../server/domain/customers/check-records.ts";
import { withoutExclusions, withoutIndexes } from "./fill/bare-tables.ts";
import { fillCompany, filledTables } from "./fill/fill-company.ts";

const messages = 1_000_000;

/** Migrates the database and fills the company `bench` in it: contacts as many as asked for, a million messages. Returns its id. */
export async function fillBench(address: DatabaseAddress, contacts: number): Promise<number> {
  await migrate(address);
  const db = connect(address);
  const company = await createCompany(db, { slug: "bench", name: "Bench" });
  await db.close();
  const client = new pg.Client({ ...clientConfig(address), options: "-c TimeZone=UTC" });
  await client.connect();
  try {
    await withoutExclusions(client, filledTables, () =>
      withoutIndexes(client, filledTables, () =>
        fillCompany(client, { companyId: company.id, contacts, messages, now: new Date() }),
      ),
    );
    await countRecords(address, company.id);
    // Index-only scans need the visibility map, which a running system's autovacuum would have made.
    await client.query(
      `vacuum analyze ${filledTables.join(", ")}, customer_records, company_totals, traffic_rollups, activity_rollups`,
    );
    // The generator outruns what one customer may send by default.
    await client.query(
      "update company_settings set api_requests_per_minute = 100000000, hourly_limit_factor = 100000 where company_id = $1",
      [company.id],
    );
    await client.query("checkpoint");
    return company.id;
  } finally {
    await client.end();
  }
}

/** The product's own recount, because records follow from visits in one place only. */
async function countRecords(address: DatabaseAddress, companyId: number): Promise<void> {
  const db = connect(address);
  await rebuildRecords(db, companyId);
  await db.close();
}

if (import.meta.main) {
  const [url, contacts] = process.argv.slice(2);
  if (!url || !contacts) throw new Error("usage: node bench/fill.ts postgres://… <contacts>");
  const started = performance.now();
  console.log(
    `company ${await fillBench({ url }, Number(contacts))}, ${Math.round((performance.now() - started) / 1000)} s`,
  );
}
