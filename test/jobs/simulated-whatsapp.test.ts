import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openChannels } from "../../server/channels/registry.ts";
import { playMessages } from "../../server/channels/simulator/play-messages.ts";
import { acceptWebhook } from "../../server/channels/whatsapp-cloud/accept-webhook.ts";
import { signBody } from "../../server/channels/whatsapp-cloud/signature.ts";
import { createDeliveryStore } from "../../server/domain/conversations/store-delivery.ts";
import { queueMessage } from "../../server/domain/sends/queue-message.ts";
import { readOnPhone } from "../../server/domain/simulator/read-messages.ts";
import { simulatedAccountOf } from "../../server/domain/simulator/simulated-account.ts";
import { findPhone } from "../../server/domain/simulator/simulated-phone.ts";
import { makeFail } from "../../server/domain/simulator/simulator-failures.ts";
import { changeSimulatorSettings } from "../../server/domain/simulator/simulator-settings.ts";
import { startInboundWorker } from "../../server/jobs/inbound-worker.ts";
import { startOutboxWorker } from "../../server/jobs/outbox-worker.ts";
import { startSimulatorWorker } from "../../server/jobs/simulator-worker.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const appSecret = "secret of the whole way";
const dataDir = await mkdtemp(join(tmpdir(), "rapport-simulated-"));
const channels = openChannels({
  db,
  encryptionKey: Buffer.alloc(32, 7).toString("base64url"),
  appSecret,
  graphUrl: "http://127.0.0.1:9",
  dataDir,
});
const onError = () => {};
const inbound = startInboundWorker(db, { pollMs: 20, onError });
const simulator = startSimulatorWorker(db, { appSecret, pollMs: 20, onStored: inbound.wake, onError });
const outbox = startOutboxWorker(db, { senderOf: channels.senderOf, pollMs: 20, reviewMs: 50, onError });
afterAll(async () => {
  await outbox.stop();
  await simulator.stop();
  await inbound.stop();
  channels.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** Somebody who wrote to a new company, whose answers are on their way as fast as can be. */
async function conversation() {
  const companyId = await createCompany();
  const here = ctx(companyId);
  const account = await simulatedAccountOf(db, companyId);
  if (!account) throw new Error("no simulated number");
  await changeSimulatorSettings(here, { sentAfterMs: 0, deliveredAfterMs: 10, readAfterMs: 3_600_000 });
  const store = createDeliveryStore(db, inbound.wake);
  await playMessages(here, account, {
    person: { name: "Ana", phone: "+14155550150" },
    messages: [{ type: "text", body: { body: "Hello" }, sentAt: new Date() }],
    post: (body) => acceptWebhook({ appSecret, store }, body, signBody(appSecret, body)),
  });
  const found = () => rows<{ id: number }>(db, `select id from conversations where company_id = ${companyId}`);
  await expect.poll(async () => (await found()).length).toBe(1);
  const conversationId = (await found())[0]?.id ?? 0;
  return {
    here,
    say: async (text: string) => {
      const content = { type: "text" as const, text };
      const { message } = await queueMessage(here, { conversationId, content, origin: "user" });
      const status = () => rows<{ status: string }>(db, `select status from messages where id = ${message.id}`);
      return async () => (await status())[0]?.status;
    },
  };
}

test("a message leaves by the outbox, arrives on the phone, and its ticks come back by the webhook", async () => {
  const { here, say } = await conversation();
  const status = await say("Hi Ana");
  await expect.poll(status).toBe("delivered");
  const phone = await findPhone(here, { waId: "14155550150" });
  await readOnPhone(here, phone?.id ?? 0);
  await expect.poll(status).toBe("read");
});

test("an answer that got lost is made good by the statuses, and nothing is sent twice", async () => {
  const { here, say } = await conversation();
  await makeFail(here, { kind: "timeout_after_acceptance", count: 1 });
  const status = await say("Once");
  await expect.poll(status).toBe("delivered");
  const sent = `select id from simulator_messages where company_id = ${here.companyId} and author = 'business'`;
  expect(await rows(db, sent)).toHaveLength(1);
});

test("what WhatsApp does not deliver has failed, with its reason", async () => {
  const { here, say } = await conversation();
  await makeFail(here, { kind: "131026", count: 1 });
  await expect.poll(await say("Nobody there")).toBe("failed");
});
