import { beforeEach, describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { startConversation } from "../../../server/domain/sends/start-conversation.ts";
import { envelope, nextId } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { write } from "./outbox-turns.ts";
import { type Thread, threads } from "./thread.ts";

const database = await testDatabase();
const { db } = database;
const { thread } = threads(database);
beforeEach(() => rows(db, "delete from outbound_sends"));

/** What a message to them is addressed to; every answer of the vendor may add the wa_id it knows. */
async function addressOf(one: Thread, waId?: string): Promise<string | undefined> {
  await rows(
    db,
    `update conversations set window_expires_at = now() + interval '1 day' where id = ${one.conversationId}`,
  );
  const vendor = fakeVendor((_call, serial) => ({
    kind: "accepted",
    providerId: `wamid.${nextId()}${serial}`,
    ...(waId === undefined ? {} : { waId }),
  }));
  await write(one);
  await sendDue(db, vendor);
  return vendor.calls[0]?.to.phone;
}

/** Somebody who never wrote. */
async function silent(phone: string): Promise<Thread> {
  const other = await thread();
  const { id: contactId } = await createContact(other.c, { name: "Ana", phone });
  const { id: conversationId } = await startConversation(other.c, { contactId });
  return { ...other, contactId, conversationId, phone };
}

describe("a message goes", () => {
  // The old number sorts after the new one, and before it.
  test.each([
    ["+34600999222", "+34600111222"],
    ["+34600111333", "+34600999333"],
  ])("to the number that a member put right, not to the wrong one: %s, %s", async (wrong, right) => {
    const one = await silent(wrong);
    await updateContact(one.c, one.contactId, { phone: right });
    expect(await addressOf(one)).toBe(right);
  });

  test("to it also where WhatsApp knew the wrong one, and nobody ever wrote from there", async () => {
    const one = await silent("+34600999444");
    expect(await addressOf(one, "34600999444")).toBe("+34600999444");
    await updateContact(one.c, one.contactId, { phone: "+34600111444" });
    expect(await addressOf(one)).toBe("+34600111444");
  });

  test("to where the person moved, whichever number is the larger", async () => {
    const one = await thread();
    const moved = `9197${one.phone.slice(4)}`;
    const system = { type: "user_changed_number", wa_id: moved, body: "Moved" };
    const message = { from: one.phone, id: nextId(), timestamp: "1795000000", type: "system", system };
    await deliver(db, envelope({ messages: [message] }, `sim-${one.companyId}`));
    expect(await addressOf(one)).toBe(`+${moved}`);
  });

  test("to where the person wrote from, whatever other number a member noted", async () => {
    const one = await thread();
    await updateContact(one.c, one.contactId, { phone: "+493012345678" });
    expect(await addressOf(one)).toBe(`+${one.phone}`);
  });

  test("as WhatsApp spells the number", async () => {
    const one = await silent("+5511987654321");
    expect(await addressOf(one, "551187654321")).toBe("+5511987654321");
    expect(await addressOf(one)).toBe("+551187654321");
  });
});
