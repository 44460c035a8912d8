import { expect, test } from "vitest";
import type { SendOutcome } from "../../../server/domain/sends/channel-sender.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { envelope, nextId } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { type FakeVendor, fakeVendor, sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { write } from "./outbox-turns.ts";
import { statusOf, type Thread, threads } from "./thread.ts";

const database = await testDatabase();
const { db } = database;
const { thread } = threads(database);

const seconds = Math.floor(Date.now() / 1_000);

/** What somebody did with one of our messages in the phone app. */
function echo(one: Thread, content: JsonObject, at = seconds): Promise<void> {
  const message = { from: "1", to: one.phone, id: nextId(), timestamp: String(at), ...content };
  return deliver(db, envelope({ message_echoes: [message] }, `sim-${one.companyId}`, "smb_message_echoes"));
}

const edited = (id: string, body: string): JsonObject => ({
  type: "edit",
  edit: { original_message_id: id, message: { type: "text", text: { body } } },
});
const revoked = (id: string): JsonObject => ({ type: "revoke", revoke: { original_message_id: id } });

const preview = async ({ conversationId }: Thread) =>
  (await rows(db, `select last_message_text as text from conversations where id = ${conversationId}`))[0];

/** Sends one; `meanwhile` happens before the vendor's answer is noted. */
async function sending(meanwhile: (one: Thread, id: string, callback: string) => Promise<unknown>, lost = false) {
  const one = await thread();
  const { message } = await write(one, "Hello");
  const id = `wamid.E${message.id}`;
  const vendor: FakeVendor = fakeVendor(async (call): Promise<SendOutcome> => {
    await meanwhile(one, id, call.callbackId);
    return lost ? { kind: "unknown", why: "No answer." } : { kind: "accepted", providerId: id };
  });
  await sendDue(db, vendor);
  return { one, id, callback: vendor.calls[0]?.callbackId ?? "", message: () => statusOf(one, message.id) };
}

test("an edit of a message of ours that comes before the vendor's answer is made once its name is known", async () => {
  const { one, message } = await sending((one, id) => echo(one, edited(id, "Hello again")));
  expect(await message()).toMatchObject({ text: "Hello again", status: "accepted" });
  expect((await message()).editedAt).not.toBeNull();
  expect(await preview(one)).toEqual({ text: "Hello again" });
  expect(await count(db, "early_message_changes")).toBe(0);
  expect(await count(db, `events where company_id = ${one.companyId} and type = 'message.edited'`)).toBe(1);
});

test("a deletion that comes so early takes it back", async () => {
  const { one, message } = await sending((one, id) => echo(one, revoked(id)));
  expect(await message()).toMatchObject({ text: null });
  expect(await preview(one)).toEqual({ text: null });
});

test("a message whose answer was lost gets its edit with the first status that names it", async () => {
  const { one, id, callback, message } = await sending((one, id) => echo(one, edited(id, "Changed")), true);
  expect(await message()).toMatchObject({ text: "Hello", status: "unknown" });
  const status = { id, status: "delivered", timestamp: String(seconds), recipient_id: one.phone };
  await deliver(
    db,
    envelope({ statuses: [{ ...status, biz_opaque_callback_data: callback }] }, `sim-${one.companyId}`),
  );
  expect(await message()).toMatchObject({ text: "Changed", status: "delivered" });
  expect(await count(db, "early_message_changes")).toBe(0);
});

test("an edit and the answer worked on at once lose nothing", async () => {
  for (let turn = 0; turn < 10; turn += 1) {
    let told: Promise<void> = Promise.resolve();
    const { message } = await sending(async (one, id) => {
      told = echo(one, edited(id, "Changed"));
    });
    await told;
    expect(await message()).toMatchObject({ text: "Changed" });
  }
  expect(await count(db, "early_message_changes")).toBe(0);
});
