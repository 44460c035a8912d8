import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillCompany, filledTables } from "../../bench/fill/fill-company.ts";
import { recordedStatements } from "../../bench/recorded-statements.ts";
import { clientConfig } from "../../server/db/connect.ts";
import { listCommunications } from "../../server/domain/activities/list-communications.ts";
import type { Ctx } from "../../server/domain/context.ts";
import { rebuildRecords } from "../../server/domain/customers/check-records.ts";
import { getCustomerFile } from "../../server/domain/customers/get-customer-file.ts";
import { listTaggedCustomers } from "../../server/domain/customers/list-tagged-customers.ts";
import { listNotes } from "../../server/domain/notes/list-notes.ts";
import { salesFigures } from "../../server/domain/sales-figures/sales-figures.ts";
import { listTasksByDueTime } from "../../server/domain/tasks/list-tasks-by-due-time.ts";
import { memberOf } from "../factories/people.ts";
import { testDatabase } from "../harness/test-database.ts";
import { explain, type PlanNode } from "./plan-nodes.ts";

const large = [...filledTables, "appointments", "customer_records", "contact_tags", "notes"];
const { db, createCompany } = await testDatabase();
let client: pg.Client;
let companyId: number;
let contactId: number;
let userId: number;
let tagId: number;

beforeAll(async () => {
  client = new pg.Client(clientConfig(db.address));
  await client.connect();
  await client.query("set statement_timeout = 0");
  const one = async (text: string, id: number) => (await client.query<{ id: number }>(text, [id])).rows[0]?.id ?? 0;
  companyId = await createCompany();
  for (const id of [companyId, await createCompany()]) {
    await fillCompany(client, { companyId: id, contacts: 6_000, messages: 20_000, now: new Date() });
    await rebuildRecords(db, id);
    const tag = await one("insert into tags (company_id, name, name_key) values ($1, 'Gold', 'gold') returning id", id);
    await client.query(
      "insert into contact_tags (company_id, contact_id, tag_id) select $1, id, $2 from contacts where company_id = $1 and id % 3 = 0 on conflict do nothing",
      [id, tag],
    );
    const member = await memberOf(db, id, "salesperson");
    await client.query("update tasks set assignee_user_id = $2 where company_id = $1 and id % 7 = 0", [id, member]);
    await client.query("update contacts set owner_user_id = $2 where company_id = $1 and id % 20 = 0", [id, member]);
    await client.query(
      "insert into notes (company_id, contact_id, body) select company_id, id, 'x' from contacts where company_id = $1",
      [id],
    );
    if (id === companyId) [userId, tagId] = [member, tag];
  }
  await client.query(`vacuum analyze ${[...new Set(large)].join(", ")}, sales_days`);
  await client.query("set random_page_cost = 1.1; set jit = off; set max_parallel_workers_per_gather = 0");
  contactId = await one("select min(contact_id)::int as id from appointments where company_id = $1", companyId);
});

afterAll(() => client.end());

const page = { limit: 20 };

type Case = { name: string; read: (own: Ctx) => Promise<unknown>; index: string; mostRows?: number };

const cases: Case[] = [
  {
    name: "a customer's file",
    read: (own) => getCustomerFile(own, contactId),
    index: "appointments_company_id_contact_id_idx",
  },
  {
    name: "communications, its activities",
    read: (own) => listCommunications(own, { ...page, contactId }),
    index: "activities_company_id_contact_id_idx",
  },
  {
    name: "communications, its messages",
    read: (own) => listCommunications(own, { ...page, contactId, offset: 20 }),
    index: "messages_company_id_contact_id_idx",
  },
  {
    name: "actions by due date",
    read: (own) => listTasksByDueTime(own, page),
    index: "tasks_company_id_due_at_idx",
  },
  {
    name: "pending actions",
    read: (own) => listTasksByDueTime(own, { ...page, status: "open" }),
    index: "tasks_company_id_open_due_at_idx",
  },
  {
    name: "completed actions",
    read: (own) => listTasksByDueTime(own, { ...page, status: "done" }),
    index: "tasks_company_id_status_idx",
  },
  {
    name: "a salesperson's actions",
    read: (own) => listTasksByDueTime(own, { ...page, assigneeUserId: userId }),
    index: "tasks_company_id_assignee_user_id_idx",
  },
  {
    name: "a salesperson's pending actions",
    read: (own) => listTasksByDueTime(own, { ...page, assigneeUserId: userId, status: "open" }),
    index: "tasks_company_id_assignee_user_id_idx",
  },
  {
    name: "a customer's actions",
    read: (own) => listTasksByDueTime(own, { ...page, contactId }),
    index: "tasks_company_id_contact_id_idx",
  },
  {
    name: "customers with a tag",
    read: (own) => listTaggedCustomers(own, { ...page, tagId }),
    index: "contact_tags_company_id_tag_id_idx",
    // The tag is on every third person of so few: a page that may be a thousand is sorted out of them all.
    mostRows: 2_100,
  },
  {
    name: "a person's notes",
    read: (own) => listNotes(own, { ...page, contactId }),
    index: "notes_company_id_contact_id_idx",
  },
  {
    name: "the company's figures",
    read: (own) => salesFigures(own, { from: "2026-01-01", to: "2026-12-31" }),
    index: "contacts_company_id_deleted_idx",
  },
  {
    name: "a salesperson's figures",
    read: (own) => salesFigures(own, { userId, from: "2026-01-01", to: "2026-12-31" }),
    index: "customer_records_owner_came_idx",
  },
];

describe("what the salesperson's surface reads, planned once for all values", () => {
  test.each(cases)(
    "$name: along $index, no table from end to end, a few pages of rows",
    async ({ read, index, mostRows }) => {
      const plan: PlanNode[] = [];
      for (const statement of await recordedStatements(db, companyId, read))
        plan.push(...(await explain(client, statement)));
      expect(plan.map((node) => node.index)).toContain(index);
      const onLarge = plan.filter(({ table }) => large.some((name) => name === table));
      expect(onLarge.filter(({ kind }) => kind === "Seq Scan")).toEqual([]);
      expect(Math.max(0, ...onLarge.map((node) => node.rowsRead))).toBeLessThanOrEqual(mostRows ?? 1_000);
    },
  );
});
