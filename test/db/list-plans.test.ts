import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillCompany, filledTables } from "../../bench/fill/fill-company.ts";
import { recordedStatements } from "../../bench/recorded-statements.ts";
import { clientConfig } from "../../server/db/connect.ts";
import { testDatabase } from "../harness/test-database.ts";
import type { ListCase } from "./list-cases/list-case.ts";
import { listCases } from "./list-cases.ts";
import { explain, type PlanNode } from "./plan-nodes.ts";

const contacts = 20_000;
const { db, createCompany } = await testDatabase();
let client: pg.Client;
let companyId: number;
let people: number[];

// Two companies side by side, so that an index without the company in front would have to step over half of its entries.
beforeAll(async () => {
  client = new pg.Client(clientConfig(db.address));
  await client.connect();
  await client.query("set statement_timeout = 0");
  companyId = await createCompany();
  for (const id of [companyId, await createCompany()]) {
    await fillCompany(client, { companyId: id, contacts, messages: 60_000, now: new Date() });
  }
  // Vacuumed too: what a GIN index has not sorted in yet is read whole, and the planner then avoids the index.
  await client.query(`vacuum analyze ${filledTables.join(", ")}`);
  // As the embedded server is started.
  await client.query("set random_page_cost = 1.1; set jit = off; set max_parallel_workers_per_gather = 0");
  const first = await client.query<{ id: number }>(
    "select id from contacts where company_id = $1 order by id limit 100",
    [companyId],
  );
  people = first.rows.map(({ id }) => id);
}, 900_000);

afterAll(() => client.end());

describe("every list, planned once for all values, runs along the index made for it", () => {
  test.each(listCases)("$name uses $index", async (list) => {
    const plan = await planOf(list);
    expect(plan.map((node) => node.index)).toContain(list.index);
  });

  test.each(listCases)("$name reads no table from end to end", async (list) => {
    const scans = (await planOf(list)).filter((node) => node.kind === "Seq Scan" && isLarge(node));
    expect(scans).toEqual([]);
  });

  test.each(listCases)("$name looks at no more than a few pages of rows", async (list) => {
    const plan = await planOf(list);
    expect(Math.max(...plan.filter(isLarge).map((node) => node.rowsRead))).toBeLessThanOrEqual(list.mostRows ?? 1_000);
    // Sorting what an index narrowed to a handful is fine; sorting a company is not.
    const sorted = plan.filter((node) => node.kind.includes("Sort")).map((node) => node.rows);
    expect(Math.max(0, ...sorted)).toBeLessThanOrEqual(1_000);
  });
});

function isLarge(node: PlanNode): boolean {
  return filledTables.some((table) => table === node.table);
}

/** The plans of all statements that the list sends, in one. */
async function planOf({ read }: ListCase): Promise<PlanNode[]> {
  const statements = await recordedStatements(db, companyId, (ctx) => read(ctx, people[9] ?? 0));
  const plans: PlanNode[] = [];
  for (const statement of statements) plans.push(...(await explain(client, statement)));
  return plans;
}
