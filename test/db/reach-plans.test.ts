import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillCompany, filledTables } from "../../bench/fill/fill-company.ts";
import { recordedStatements } from "../../bench/recorded-statements.ts";
import { clientConfig } from "../../server/db/connect.ts";
import { memberOf } from "../factories/people.ts";
import { testDatabase } from "../harness/test-database.ts";
import { listCases } from "./list-cases.ts";
import { explain } from "./plan-nodes.ts";

const contacts = 10_000;
const { db, createCompany } = await testDatabase();
let client: pg.Client;
let companyId: number;
const owners = { few: { id: 0, person: 0 }, most: { id: 0, person: 0 } };

// One owns three in a thousand, another nine tenths: the one's people must be found by the owner, the other's by the list's order.
beforeAll(async () => {
  client = new pg.Client(clientConfig(db.address));
  await client.connect();
  await client.query("set statement_timeout = 0");
  companyId = await createCompany();
  await fillCompany(client, { companyId, contacts, messages: 2 * contacts, now: new Date() });
  for (const owner of [owners.few, owners.most]) owner.id = await memberOf(db, companyId, "salesperson");
  await client.query(
    `update contacts set owner_user_id = case when id % 300 = 0 then $2::bigint when id % 10 <> 9 then $3::bigint end where company_id = $1`,
    [companyId, owners.few.id, owners.most.id],
  );
  await client.query(`vacuum analyze ${filledTables.join(", ")}`);
  await client.query("set random_page_cost = 1.1; set jit = off; set max_parallel_workers_per_gather = 0");
  for (const owner of [owners.few, owners.most]) {
    const first = await client.query<{ id: number }>(
      "select min(id)::int as id from contacts where company_id = $1 and owner_user_id = $2",
      [companyId, owner.id],
    );
    owner.person = first.rows[0]?.id ?? 0;
  }
}, 900_000);

afterAll(() => client.end());

// The company's own numbers are refused to who sees some people only; two letters are sought among the best 15,000, more than there are here.
const cases = listCases.filter(({ name }) => !/dashboard|analytics|most messages|two let/.test(name));

describe.each(["few", "most"] as const)("to somebody who owns %s of the people", (which) => {
  test.each(cases)("$name reads nobody's people from end to end", async ({ read }) => {
    const { id, person } = owners[which];
    const reach = { ownerIds: [id], seesUnowned: false, masksPhones: false };
    const statements = await recordedStatements(db, companyId, (ctx) => read({ ...ctx, reach }, person));
    for (const statement of statements) {
      const scans = (await explain(client, statement)).filter(
        ({ kind, table }) => kind === "Seq Scan" && isLarge(table),
      );
      expect(scans).toEqual([]);
    }
  });
});

function isLarge(table: string | undefined): boolean {
  return table !== "organizations" && filledTables.some((filled) => filled === table);
}
