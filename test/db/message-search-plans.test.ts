import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillCompany, filledTables } from "../../bench/fill/fill-company.ts";
import { wordOfRank } from "../../bench/fill/spoken-text.ts";
import { recordedStatements } from "../../bench/recorded-statements.ts";
import { clientConfig } from "../../server/db/connect.ts";
import { bestMessages, searchMessages } from "../../server/domain/search/search-messages.ts";
import { testDatabase } from "../harness/test-database.ts";
import { explain } from "./plan-nodes.ts";

const { db, createCompany } = await testDatabase();
const notices: string[] = [];
let client: pg.Client;
let companyId: number;

beforeAll(async () => {
  client = new pg.Client(clientConfig(db.address));
  await client.connect();
  await client.query("set statement_timeout = 0");
  companyId = await createCompany();
  await fillCompany(client, { companyId, contacts: 5_000, messages: 40_000, now: new Date() });
  await client.query(`vacuum analyze ${filledTables.join(", ")}`);
  // What runs inside a function is told as notices.
  await client.query(
    "load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on",
  );
  await client.query("set auto_explain.log_analyze = on; set client_min_messages = log");
  client.on("notice", ({ message }) => notices.push(message ?? ""));
}, 900_000);

afterAll(() => client.end());

const common = wordOfRank(0);
const [middling, rare, absent] = [wordOfRank(60), wordOfRank(3_000), "zebra"];

test.each([common, middling, rare, absent, `${rare} ${common}`, `"${common} ${middling}"`])(
  "a search for %s reads along indices, and of the index only what it asked for",
  async (query) => {
    for (const read of [searchMessages, bestMessages]) {
      const plans = await plansOf(query, read);
      expect(plans).toContain("messages_company_id_sent_at_idx");
      expect(plans).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
      // No step reads a tenth of all messages.
      expect(Math.max(...rowsIn(plans))).toBeLessThan(4_000);
    }
  },
);

test("what is not among the newest is asked of the index of words", async () => {
  for (const query of [rare, absent, `${rare} ${common}`])
    expect(await plansOf(query, searchMessages)).toContain("Bitmap Index Scan on messages_search_idx");
  expect(await plansOf(common, searchMessages)).not.toContain("messages_search_idx");
});

async function plansOf(query: string, read: typeof searchMessages | typeof bestMessages): Promise<string> {
  const statements = await recordedStatements(db, companyId, (ctx) => read(ctx, { query, limit: 20 }));
  expect(statements).toHaveLength(1);
  notices.length = 0;
  for (const statement of statements) await explain(client, statement);
  return notices.join("\n");
}

function rowsIn(plans: string): number[] {
  return [...plans.matchAll(/actual time=\S+ rows=(\d+)/g)].map((match) => Number(match[1]));
}
