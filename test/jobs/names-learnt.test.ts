import { describe, expect, test } from "vitest";
import { createContact } from "../../server/domain/contacts/create-contact.ts";
import { getContact } from "../../server/domain/contacts/get-contact.ts";
import { createDeliveryStore } from "../../server/domain/conversations/store-delivery.ts";
import { listTimeline } from "../../server/domain/events/list-timeline.ts";
import { gatewayEvent, withKey } from "../channels/whatsapp-gateway/gateway-bodies.ts";
import { envelope, nextId, textBody } from "../factories/whatsapp-body.ts";
import { deliver, drain } from "../harness/deliver.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx: ctxOf, createCompany } = await testDatabase();
const companyId = await createCompany("main");
const ctx = ctxOf(companyId);

const personOf = async (phone: string) =>
  (
    await rows(
      db,
      `select id, name, first_name, last_name, search_text from contacts where company_id = ${companyId} and phone = '${phone}'`,
    )
  )[0];

const echo = (to: string) =>
  envelope(
    {
      message_echoes: [
        {
          from: "15550783881",
          to,
          id: nextId(),
          timestamp: "1749416383",
          type: "text",
          text: { body: "Hello from us" },
        },
      ],
    },
    undefined,
    "smb_message_echoes",
  );

describe("a person without a name", () => {
  test("whom the business wrote first is named by the profile of their answer, in the journal and in the search", async () => {
    await deliver(db, echo("14155553000"));
    expect(await personOf("+14155553000")).toMatchObject({ name: "" });
    await deliver(db, textBody({ phone: "14155553000", name: "Zoë Quist Vandermeer", text: "ok" }));
    const person = await personOf("+14155553000");
    expect(person).toMatchObject({ name: "Zoë Quist Vandermeer", first_name: "Zoë", last_name: "Quist Vandermeer" });
    expect(person?.search_text).toMatch(/^zoe quist vandermeer .*14155553000/);
    const { items } = await listTimeline(ctx, Number(person?.id), { limit: 50 });
    expect(items.filter(({ type }) => type === "contact.updated")).toMatchObject([
      { before: { name: "" }, after: { name: "Zoë Quist Vandermeer" } },
    ]);
  });

  test("is named within one batch too", async () => {
    await deliver(db, echo("14155553009"), textBody({ phone: "14155553009", name: "Same Batch", text: "ok" }));
    expect(await personOf("+14155553009")).toMatchObject({ name: "Same Batch" });
  });

  test("whom a surface made from a number is named by their first message", async () => {
    const { id } = await createContact(ctx, { phone: "+14155553001" });
    await deliver(db, textBody({ phone: "14155553001", name: "Named Later", text: "ok" }));
    expect(await getContact(ctx, id)).toMatchObject({ name: "Named Later", firstName: "Named", lastName: "Later" });
  });

  test("known from the phone's history is named by the phone's address book", async () => {
    const thread = {
      id: "14155553002",
      messages: [
        {
          from: "14155553002",
          id: nextId(),
          timestamp: "1740000000",
          type: "text",
          text: { body: "Hi" },
          history_context: { status: "READ" },
        },
      ],
    };
    const metadata = { phase: 0, chunk_order: 1, progress: 55 };
    await deliver(db, envelope({ history: [{ metadata, threads: [thread] }] }, undefined, "history"));
    expect(await personOf("+14155553002")).toMatchObject({ name: "" });
    const contact = { full_name: "Ada Book", first_name: "Ada", phone_number: "+1 415-555-3002" };
    const sync = { type: "contact", contact, action: "add", metadata: { timestamp: "1740000000" } };
    await deliver(db, envelope({ state_sync: [sync] }, undefined, "smb_app_state_sync"));
    expect(await personOf("+14155553002")).toMatchObject({ name: "Ada Book" });
  });

  test("whom a gateway's phone wrote first is named by their push name", async () => {
    const remoteJid = "919876500177@s.whatsapp.net";
    await gateway(withKey({ remoteJid, fromMe: true, id: "3EB0G1" }));
    expect(await personOf("+919876500177")).toMatchObject({ name: "" });
    await gateway(withKey({ remoteJid, id: "3EB0G2" }, { pushName: "Asha Push" }));
    expect(await personOf("+919876500177")).toMatchObject({ name: "Asha Push" });
    await gateway(gatewayEvent("contacts.update", [{ id: remoteJid, notify: "Another Name" }]));
    expect(await personOf("+919876500177")).toMatchObject({ name: "Asha Push" });
  });
});

test("a name that stands is never overwritten, whoever gave it", async () => {
  const { id } = await createContact(ctx, { name: "Given By Hand", phone: "+14155553004" });
  await deliver(db, textBody({ phone: "14155553004", name: "🌸profile🌸", text: "ok" }));
  expect(await getContact(ctx, id)).toMatchObject({ name: "Given By Hand" });
  await deliver(db, textBody({ phone: "14155553005", name: "ana", text: "Hi, my name is Ana Lopez" }));
  await deliver(db, textBody({ phone: "14155553005", name: "🌸ana🌸", text: "ok" }));
  expect(await personOf("+14155553005")).toMatchObject({ name: "Ana Lopez" });
});

async function gateway(body: unknown): Promise<void> {
  const store = createDeliveryStore(db, () => {});
  const bytes = Buffer.from(JSON.stringify(body));
  await store({ provider: "whatsapp_gateway", companyId, body: bytes, receivedAt: new Date() });
  await drain(db);
}
