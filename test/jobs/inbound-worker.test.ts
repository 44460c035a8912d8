import { expect, test } from "vitest";
import { createDeliveryStore } from "../../server/domain/conversations/store-delivery.ts";
import { startInboundWorker } from "../../server/jobs/inbound-worker.ts";
import { batchSize } from "../../server/jobs/process-inbound.ts";
import { textBody } from "../factories/whatsapp-body.ts";
import { count } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, createCompany } = await testDatabase();

test("a backlog of more than two batches is worked off, several batches at once, each message once", async () => {
  await createCompany("main");
  const bodies = Array.from({ length: 2 * batchSize + 50 }, (_, index) =>
    textBody({ phone: `9197000000${String(index % 90).padStart(2, "0")}`, text: `b ${index}` }),
  );
  const store = createDeliveryStore(db, () => {});
  const receivedAt = new Date();
  await Promise.all(
    bodies.map((body) =>
      store({ provider: "whatsapp_cloud", companyId: null, body: Buffer.from(JSON.stringify(body)), receivedAt }),
    ),
  );
  const errors: unknown[] = [];
  const worker = startInboundWorker(db, { pollMs: 50, onError: (error) => errors.push(error) });
  await expect.poll(() => count(db, "inbound_deliveries where state = 'received'")).toBe(0);
  await worker.stop();
  expect(errors).toEqual([]);
  expect(await count(db, "messages where text like 'b %'")).toBe(bodies.length);
  expect(await count(db, "contacts where phone like '+9197000000%'")).toBe(90);
});
