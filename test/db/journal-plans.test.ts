import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordedStatements } from "../../bench/recorded-statements.ts";
import { clientConfig } from "../../server/db/connect.ts";
import type { Ctx } from "../../server/domain/context.ts";
import { measureStretch, readHorizon, readJournal } from "../../server/domain/events/read-journal.ts";
import { listDeliveries } from "../../server/domain/webhooks/list-deliveries.ts";
import { createWebhook } from "../../server/domain/webhooks/write-webhook.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";
import { explain, type PlanNode } from "./plan-nodes.ts";

const { db, ctx, createCompany } = await testDatabase();
let client: pg.Client;
let companyId: number;
let webhookId: number;

beforeAll(async () => {
  client = new pg.Client(clientConfig(db.address));
  await client.connect();
  companyId = await createCompany();
  const deps = { encryptionKey: Buffer.alloc(32, 1).toString("base64url"), faultOfUrl: () => undefined };
  const fields = { url: "https://example.com/", eventTypes: ["*"] };
  webhookId = (await createWebhook(ctx(companyId), fields, deps)).webhook.id;
  await rows(
    db,
    `insert into events (company_id, type, actor_kind, subject_kind, subject_id)
      select ${companyId}, 'note.created', 'system', 'note', n from generate_series(1, 20000) n`,
  );
  await rows(
    db,
    `insert into webhook_deliveries (company_id, endpoint_id, event_id, state)
      select ${companyId}, ${webhookId}, id, case when id % 1000 = 0 then 'failed' else 'delivered' end from events`,
  );
  await client.query("vacuum analyze events, webhook_deliveries");
  await client.query("set random_page_cost = 1.1; set jit = off; set max_parallel_workers_per_gather = 0");
});

afterAll(() => client.end());

const atTheEnd = { transactionId: 9_000_000_000n, eventId: 0 };
const stretch = { after: atTheEnd, before: 9_000_000_001n };

const reads: { name: string; read: (ctx: Ctx) => Promise<unknown>; mostRows: number }[] = [
  { name: "the horizon, when nothing is new", read: ({ db: reader }) => readHorizon(reader, atTheEnd), mostRows: 1 },
  {
    name: "the lines after it",
    read: ({ db: reader }) => readJournal(reader, { ...stretch, companyIds: [companyId], limit: 500 }),
    mostRows: 1,
  },
  {
    name: "the extent of what was missed",
    read: ({ db: reader }) => measureStretch(reader, { ...stretch, companyId, limit: 20_001 }),
    mostRows: 1,
  },
  { name: "the delivery log", read: (ctx) => listDeliveries(ctx, webhookId, { limit: 50 }), mostRows: 51 },
  {
    name: "what failed",
    read: (ctx) => listDeliveries(ctx, webhookId, { limit: 50, state: "failed" }),
    mostRows: 51,
  },
  {
    name: "what waits, when nothing does",
    read: (ctx) => listDeliveries(ctx, webhookId, { limit: 50, state: "queued" }),
    mostRows: 1,
  },
];

describe("whoever follows the journal or looks at its deliveries", () => {
  test.each(reads)("reads $name along an index", async ({ read, mostRows }) => {
    const statements = await recordedStatements(db, companyId, read);
    const nodes: PlanNode[] = [];
    for (const statement of statements) nodes.push(...(await explain(client, statement)));
    const large = nodes.filter(({ table }) => table === "events" || table === "webhook_deliveries");
    expect(large.length).toBeGreaterThan(0);
    expect(large.filter(({ kind }) => kind === "Seq Scan")).toEqual([]);
    expect(Math.max(...large.map(({ rowsRead }) => rowsRead))).toBeLessThanOrEqual(mostRows);
  });
});
