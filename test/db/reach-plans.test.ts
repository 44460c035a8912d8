import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillCompany, filledTables } from "../../bench/fill/fill-company.ts";
import { recordedStatements } from "../../bench/recorded-statements.ts";
import { clientConfig } from "../../server/db/connect.ts";
import { memberOf } from "../factories/people.ts";
import { testDatabase } from "../harness/test-database.ts";
import { listCases } from "./list-cases.ts";
import { explain } from "./plan-nodes.ts";

const contacts = Number(process.env.REACH_CONTACTS ?? 20_000);
const { db, createCompany } = await testDatabase();
let client: pg.Client;
let companyId: number;
let owners: { few: number; most: number };
let person: number;

// Of one owner's three hundredth part and another's nine tenths the one must be found by the owner, the other by the order.
beforeAll(async () => {
  client = new pg.Client(clientConfig(db.address));
  await client.connect();
  await client.query("set statement_timeout = 0");
  companyId = await createCompany();
  await fillCompany(client, { companyId, contacts, messages: contacts * 2, now: new Date() });
  owners = { few: await memberOf(db, companyId, "salesperson"), most: await memberOf(db, companyId, "salesperson") };
  await client.query(
    `update contacts set owner_user_id = case when id % 300 = 0 then $2::bigint when id % 10 <> 9 then $3::bigint end where company_id = $1`,
    [companyId, owners.few, owners.most],
  );
  await client.query(`vacuum analyze ${filledTables.join(", ")}`);
  await client.query("set random_page_cost = 1.1; set jit = off; set max_parallel_workers_per_gather = 0");
  const first = await client.query<{ id: number }>(
    "select min(id)::int as id from contacts where company_id = $1 and owner_user_id = $2",
    [companyId, owners.few],
  );
  person = first.rows[0]?.id ?? 0;
}, 400_000);

afterAll(() => client.end());

// The company's own numbers, which are refused to who sees some people only.
const cases = listCases.filter(({ name }) => !/dashboard|analytics|most messages/.test(name));

describe.each(["few", "most"] as const)("a list of somebody who owns %s", (which) => {
  test.each(cases)("$name", async ({ read }) => {
    const reach = { ownerIds: [owners[which]], seesUnowned: false, masksPhones: false };
    const statements = await recordedStatements(db, companyId, (ctx) => read({ ...ctx, reach }, person));
    for (const statement of statements) {
      const started = performance.now();
      const nodes = await explain(client, statement);
      const ms = performance.now() - started;
      const rows = Math.max(...nodes.map(({ rowsRead }) => rowsRead));
      if (process.env.REACH_CONTACTS)
        console.log(
          "PLAN",
          which,
          ms.toFixed(1),
          rows,
          statement.name,
          nodes
            .map((n) => n.index ?? n.kind)
            .slice(0, 6)
            .join(","),
          expect.getState().currentTestName,
        );
    }
  });
});
