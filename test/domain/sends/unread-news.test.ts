import { beforeEach, describe, expect, test } from "vitest";
import type { Delivery } from "../../../server/domain/conversations/store-delivery.ts";
import { createDeliveryStore } from "../../../server/domain/conversations/store-delivery.ts";
import { getSend } from "../../../server/domain/sends/get-send.ts";
import type { NewSend } from "../../../server/domain/sends/new-send.ts";
import { queueMessage } from "../../../server/domain/sends/queue-message.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { drain } from "../../harness/deliver.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { statusOf, type Thread, threads } from "./thread.ts";

const database = await testDatabase();
const { db } = database;
const { thread, person } = threads(database);
beforeEach(async () => {
  await rows(db, "delete from outbound_sends");
  await rows(db, "delete from inbound_deliveries");
});

/** A body as the webhook route stores it, read by nobody yet. */
async function arrives(body: Buffer | string, provider: Delivery["provider"] = "whatsapp_cloud"): Promise<void> {
  const store = createDeliveryStore(db, () => {});
  await store({ provider, companyId: null, body: Buffer.from(body), receivedAt: new Date() });
}

const says = (one: Thread, text: string, phone = one.phone) =>
  JSON.stringify(textBody({ text, phone, phoneNumberId: `sim-${one.companyId}` }));

async function offer(one: Thread, send: Partial<NewSend> = {}): Promise<number> {
  const content = { type: "text", text: "Ten percent off" } as const;
  const wanted = {
    conversationId: one.conversationId,
    content,
    purpose: "marketing",
    origin: "user",
    ...send,
  } as const;
  return (await queueMessage(one.c, wanted)).message.id;
}

describe("a word that is stored and not read yet", () => {
  test("holds marketing to who wrote it, and STOP ends it once it is read", async () => {
    const one = await thread();
    const vendor = fakeVendor();
    const id = await offer(one);
    await arrives(says(one, "STOP"));
    await sendDue(db, vendor);
    expect(vendor.calls).toHaveLength(0);
    expect(await statusOf(one, id)).toMatchObject({ status: "queued" });
    expect((await getSend(one.c, id))?.waitingReason).toContain("still being read");
    await drain(db);
    await sendDue(db, vendor, () => new Date(Date.now() + 10_000));
    expect(vendor.calls.filter(({ content }) => JSON.stringify(content).includes("Ten percent"))).toHaveLength(0);
    expect(await statusOf(one, id)).toMatchObject({ status: "cancelled" });
  });

  test("that is another one lets marketing go when it is read", async () => {
    const one = await thread();
    const id = await offer(one);
    await arrives(says(one, "Tell me more"));
    await sendDue(db, fakeVendor());
    expect(await statusOf(one, id)).toMatchObject({ status: "queued" });
    await drain(db);
    await sendDue(db, fakeVendor(), () => new Date(Date.now() + 10_000));
    expect(await statusOf(one, id)).toMatchObject({ status: "accepted" });
  });

  test("holds neither others nor answers", async () => {
    const one = await thread();
    const other = await person(one);
    const answer = await offer(one, { purpose: "service", content: { type: "text", text: "At nine" } });
    const toOther = await offer(other);
    await arrives(says(one, "STOP"));
    await sendDue(db, fakeVendor());
    expect(await statusOf(one, answer)).toMatchObject({ status: "accepted" });
    expect(await statusOf(other, toOther)).toMatchObject({ status: "accepted" });
  });

  test("is known under the country's other spelling, and from a gateway", async () => {
    const one = await thread();
    await rows(
      db,
      `update contact_identities set value = '5521987654321' where contact_id = ${one.contactId} and kind = 'wa_id'`,
    );
    const id = await offer(one, { origin: "campaign" });
    await arrives(JSON.stringify({ data: { key: { remoteJid: "552187654321@s.whatsapp.net" } } }), "whatsapp_gateway");
    await sendDue(db, fakeVendor());
    expect(await statusOf(one, id)).toMatchObject({ status: "queued" });
  });

  test("is known by a person's user id, where there is no number", async () => {
    const one = await thread();
    await rows(
      db,
      `insert into contact_identities (company_id, contact_id, kind, value) values (${one.companyId}, ${one.contactId}, 'user_id', 'IN.13491208655302741918')`,
    );
    const id = await offer(one);
    await arrives(JSON.stringify({ messages: [{ from_user_id: "IN.13491208655302741918" }] }));
    await sendDue(db, fakeVendor());
    expect(await statusOf(one, id)).toMatchObject({ status: "queued" });
  });

  test("among more bodies than are looked into holds all marketing", async () => {
    const one = await thread();
    const id = await offer(one);
    await Promise.all(Array.from({ length: 201 }, (_, index) => arrives(JSON.stringify({ index }))));
    await sendDue(db, fakeVendor());
    expect(await statusOf(one, id)).toMatchObject({ status: "queued" });
  });
});
