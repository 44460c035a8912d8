import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordedStatements } from "../../bench/recorded-statements.ts";
import { clientConfig } from "../../server/db/connect.ts";
import { listAppointments } from "../../server/domain/appointments/list-appointments.ts";
import { findFreeStarts } from "../../server/domain/booking/find-free-starts.ts";
import { listLocations } from "../../server/domain/booking/list-locations.ts";
import { listProviders } from "../../server/domain/booking/list-providers.ts";
import { listServices } from "../../server/domain/booking/list-services.ts";
import type { Ctx } from "../../server/domain/context.ts";
import { rebuildRecords } from "../../server/domain/customers/check-records.ts";
import { getRecord } from "../../server/domain/customers/get-record.ts";
import { listCustomers } from "../../server/domain/customers/list-customers.ts";
import { listDueCustomers } from "../../server/domain/customers/list-due-customers.ts";
import { listFollowUps } from "../../server/domain/customers/list-follow-ups.ts";
import { listRepeatCustomers } from "../../server/domain/customers/list-repeat-customers.ts";
import { listLoyaltyEntries } from "../../server/domain/customers/loyalty-entries.ts";
import { fillVisits } from "../factories/many-visits.ts";
import { memberOf } from "../factories/people.ts";
import { testDatabase } from "../harness/test-database.ts";
import { explain, type PlanNode } from "./plan-nodes.ts";

const large = ["contacts", "contact_inbox", "appointments", "customer_records"];
const { db, createCompany } = await testDatabase();
let client: pg.Client;
let companyId: number;
let contactId: number;
let ownerUserId: number;

beforeAll(async () => {
  client = new pg.Client(clientConfig(db.address));
  await client.connect();
  await client.query("set statement_timeout = 0");
  companyId = await createCompany();
  for (const id of [companyId, await createCompany()]) {
    await fillVisits(client, id, { people: 6_000, visits: 5 });
    await rebuildRecords(db, id);
  }
  ownerUserId = await memberOf(db, companyId, "salesperson");
  await client.query("update contacts set owner_user_id = $2 where company_id = $1 and id % 20 = 0", [
    companyId,
    ownerUserId,
  ]);
  await client.query(`vacuum analyze ${large.join(", ")}`);
  await client.query("set random_page_cost = 1.1; set jit = off; set max_parallel_workers_per_gather = 0");
  const first = await client.query<{ id: number }>("select min(id)::int as id from contacts where company_id = $1", [
    companyId,
  ]);
  contactId = first.rows[0]?.id ?? 0;
}, 900_000);

afterAll(() => client.end());

const page = { limit: 20 };

async function slots(own: Ctx): Promise<unknown> {
  const [service] = (await listServices(own, page)).items;
  const [location] = (await listLocations(own, page)).items;
  const range = { from: new Date().toISOString(), to: new Date(Date.now() + 30 * 86_400_000).toISOString() };
  return findFreeStarts(own, { serviceId: service?.id ?? 0, locationId: location?.id ?? 0, ...range });
}

async function ofProvider(own: Ctx): Promise<unknown> {
  const [provider] = (await listProviders(own, page)).items;
  return listAppointments(own, { ...page, providerId: provider?.id ?? 0 });
}

function seesOwn(own: Ctx): Ctx {
  return { ...own, reach: { ownerIds: [ownerUserId], seesUnowned: false, masksPhones: false } };
}

type Case = { name: string; read: (own: Ctx) => Promise<unknown>; index: string; mostRows?: number };

const cases: Case[] = [
  {
    name: "visits by time",
    read: (own) => listAppointments(own, page),
    index: "appointments_company_id_starts_at_idx",
  },
  {
    name: "visits by time, latest first",
    read: (own) => listAppointments(own, { ...page, order: "latest" }),
    index: "appointments_company_id_starts_at_idx",
  },
  {
    name: "a person's visits",
    read: (own) => listAppointments(own, { ...page, contactId }),
    index: "appointments_company_id_contact_id_idx",
  },
  { name: "a provider's visits", read: ofProvider, index: "appointments_company_id_provider_id_idx" },
  {
    name: "visits in a status",
    read: (own) => listAppointments(own, { ...page, status: "booked" }),
    index: "appointments_company_id_status_idx",
  },
  { name: "a record", read: (own) => getRecord(own, contactId), index: "customer_records_pkey" },
  { name: "all customers", read: (own) => listCustomers(own, page), index: "customer_records_pkey" },
  {
    name: "an owner's customers",
    read: (own) => listCustomers(own, { ...page, ownerUserId }),
    index: "customer_records_owner_idx",
  },
  {
    name: "all customers of who sees only theirs",
    read: (own) => listCustomers(seesOwn(own), page),
    index: "customer_records_owner_idx",
  },
  { name: "repeat customers", read: (own) => listRepeatCustomers(own, page), index: "customer_records_repeat_idx" },
  {
    name: "follow-ups",
    read: (own) => listFollowUps(own, { ...page, daysThreshold: 30 }),
    index: "contact_inbox_company_id_last_contacted_at_idx",
  },
  {
    name: "follow-ups by own threshold",
    read: (own) => listFollowUps(own, page),
    index: "contact_inbox_company_id_last_contacted_at_idx",
  },
  {
    name: "who is due",
    read: (own) => listDueCustomers(own, page),
    index: "customer_records_due_from_on_idx",
    mostRows: 7_000,
  },
  {
    name: "who is overdue",
    read: (own) => listDueCustomers(own, { ...page, state: "overdue" }),
    index: "customer_records_due_until_on_idx",
  },
  {
    name: "an owner's repeat customers",
    read: (own) => listRepeatCustomers(own, { ...page, ownerUserId }),
    index: "customer_records_owner_came_idx",
  },
  {
    name: "repeat customers of who sees only theirs",
    read: (own) => listRepeatCustomers(seesOwn(own), page),
    index: "customer_records_owner_came_idx",
  },
  {
    name: "follow-ups of who sees only theirs",
    read: (own) => listFollowUps(seesOwn(own), { ...page, daysThreshold: 30 }),
    index: "contacts_company_id_owner_user_id_idx",
    // All of theirs are sorted: an order of each owner's would be one more index to write with every message.
    mostRows: 6_000,
  },
  {
    name: "an owner's customers who are due",
    read: (own) => listDueCustomers(own, { ...page, ownerUserId }),
    index: "customer_records_owner_due_from_on_idx",
  },
  {
    name: "an owner's customers who are overdue",
    read: (own) => listDueCustomers(seesOwn(own), { ...page, state: "overdue" }),
    index: "customer_records_owner_due_until_on_idx",
  },
  {
    name: "a person's points",
    read: (own) => listLoyaltyEntries(own, contactId, page),
    index: "loyalty_entries_company_id_contact_id_idx",
  },
  // Ten days of 20 providers, and up to three before, are booked half-hourly: all of them have to be looked at where nothing is kept.
  { name: "free slots", read: slots, index: "appointments_busy_idx", mostRows: 13_000 },
];

describe("what is read of visits, planned once for all values", () => {
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
