import { expect, test } from "vitest";
import { messageBody, nextId, textBody } from "../factories/whatsapp-body.ts";
import { deliver } from "../harness/deliver.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, createCompany } = await testDatabase();
await createCompany("main");

const revoked = (phone: string, id: string) =>
  messageBody({ phone, type: "revoke", content: { original_message_id: id } });

const shown = async (phone: string) =>
  (
    await rows(
      db,
      `select v.last_message_type as type, v.last_message_text as text from conversations v
       join contacts c on c.company_id = v.company_id and c.id = v.contact_id where c.phone = '+${phone}'`,
    )
  )[0];

test("a deleted last message is shown as such on its conversation, until another one comes", async () => {
  const phone = "14155554001";
  const id = nextId();
  const content = { id: "9", mime_type: "image/jpeg", caption: "Look" };
  await deliver(db, messageBody({ phone, id, type: "image", content }));
  expect(await shown(phone)).toEqual({ type: "image", text: "Look" });
  await deliver(db, revoked(phone, id));
  expect(await shown(phone)).toEqual({ type: "revoked", text: null });
  await deliver(db, textBody({ phone, text: "again" }));
  expect(await shown(phone)).toEqual({ type: "text", text: "again" });
});

test("a deleted earlier message leaves the last one shown", async () => {
  const phone = "14155554002";
  const id = nextId();
  await deliver(db, textBody({ phone, id, text: "first", at: new Date(Date.now() - 5_000) }));
  await deliver(db, textBody({ phone, text: "second" }));
  await deliver(db, revoked(phone, id));
  expect(await shown(phone)).toEqual({ type: "text", text: "second" });
});

test("a picture whose deletion came before it reads as deleted", async () => {
  const phone = "14155554003";
  const picture = (id: string) =>
    messageBody({ phone, id, type: "image", content: { id: "9", mime_type: "image/jpeg" } });
  const [first, second] = [nextId(), nextId()];
  await deliver(db, revoked(phone, first));
  await deliver(db, picture(first));
  expect(await shown(phone)).toEqual({ type: "revoked", text: null });
  await deliver(db, revoked(phone, second), picture(second));
  expect(await shown(phone)).toEqual({ type: "revoked", text: null });
});
