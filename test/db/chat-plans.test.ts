import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillCompany, filledTables } from "../../bench/fill/fill-company.ts";
import { recordedStatements } from "../../bench/recorded-statements.ts";
import { clientConfig } from "../../server/db/connect.ts";
import { type OpenOrClosed, pageConversations } from "../../server/domain/conversations/page-conversations.ts";
import { testDatabase } from "../harness/test-database.ts";
import { explain, type PlanNode } from "./plan-nodes.ts";

const { db, ctx, createCompany } = await testDatabase();
let client: pg.Client;
let companyId: number;

// The company talks by mail: of forty conversations one is by WhatsApp, and all of those are older than any mail.
beforeAll(async () => {
  client = new pg.Client(clientConfig(db.address));
  await client.connect();
  await client.query("set statement_timeout = 0");
  companyId = await createCompany();
  for (const id of [companyId, await createCompany()])
    await fillCompany(client, { companyId: id, contacts: 6_000, messages: 8_000, now: new Date() });
  await client.query(
    `update conversations set is_mail = id % 40 <> 0,
      last_message_at = last_message_at - case when id % 40 = 0 then interval '1 year' else interval '0' end
    where company_id = $1`,
    [companyId],
  );
  await client.query(`vacuum analyze ${filledTables.join(", ")}`);
  await client.query("set random_page_cost = 1.1; set jit = off; set max_parallel_workers_per_gather = 0");
}, 900_000);

afterAll(() => client.end());

const statuses: (OpenOrClosed | undefined)[] = [undefined, "open", "closed"];

describe("where most conversations are mails", () => {
  test.each(statuses)("a page of WhatsApp's with status %s runs along an index without mails", async (status) => {
    const nodes = (await planOf(status, 20)).filter(({ table }) => table === "conversations");
    expect(nodes.map(({ index }) => index)).toContain("conversations_chats_status_idx");
    expect(Math.max(...nodes.map(({ rowsRead }) => rowsRead))).toBeLessThanOrEqual(100);
  });

  test.each(statuses)("one with status %s shows WhatsApp's alone, last message first", async (status) => {
    const read = (offset: number) =>
      pageConversations(ctx(companyId), { limit: 50, offset, ...(status ? { status } : {}) });
    const pages = [await read(0), await read(50)].flat();
    const ids = (await expected(status)).slice(0, 100);
    expect(pages.map(({ id }) => id)).toEqual(ids);
  });
});

async function expected(status: OpenOrClosed | undefined): Promise<number[]> {
  const asked = status === undefined ? "true" : `(status = 'closed') = ${status === "closed"}`;
  const { rows } = await client.query<{ id: number }>(
    `select id from conversations where company_id = $1 and not is_mail and not contact_deleted and ${asked}
    order by last_message_at desc, id desc`,
    [companyId],
  );
  return rows.map(({ id }) => Number(id));
}

async function planOf(status: OpenOrClosed | undefined, offset: number): Promise<PlanNode[]> {
  const read = { limit: 50, offset, ...(status ? { status } : {}) };
  const statements = await recordedStatements(db, companyId, (reading) => pageConversations(reading, read));
  const plans: PlanNode[] = [];
  for (const statement of statements) plans.push(...(await explain(client, statement)));
  return plans;
}
