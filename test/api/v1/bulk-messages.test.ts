import { describe, expect, test } from "vitest";
import { count, rows } from "../../harness/rows.ts";
import { hello, messagingApp } from "./messaging-app.ts";

const { db, thread, person } = await messagingApp();

test("bulk gives one result per person, and who is named twice gets it once", async () => {
  const { me, contactId } = await thread();
  const other = await person(me.companyId);
  await rows(db, `update contacts set do_not_contact = true where id = ${other.contactId}`);
  const ids = [contactId, other.contactId, contactId, 999_999];
  const answer = await me.post("/v1/messages/bulk", { ...hello, contact_ids: ids }, { "idempotency-key": "bulk-1" });
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.json()).toMatchObject({
    queued: 1,
    skipped: 3,
    data: [
      { contact_id: contactId, outcome: "queued" },
      { outcome: "skipped", decision: { obstacle: "do_not_contact" } },
      { outcome: "skipped", reason: "Named twice in this list." },
      { outcome: "skipped", decision: { obstacle: "no_address" } },
    ],
  });
  await me.post("/v1/messages/bulk", { ...hello, contact_ids: ids }, { "idempotency-key": "bulk-1" });
  expect(await count(db, `outbound_sends where company_id = ${me.companyId}`)).toBe(1);
});

describe("bulk over several numbers", () => {
  async function withNumbers() {
    const { me, id, contactId } = await thread();
    const [home] = await rows<{ id: number }>(
      db,
      `select channel_account_id as id from conversations where id = ${id}`,
    );
    const cloud = async (name: string) => {
      const [made] = await rows<{ id: number }>(
        db,
        `insert into channel_accounts (company_id, provider, name, external_id, waba_id, business_id)
         values (${me.companyId}, 'whatsapp_cloud', '${name}', '${name}-${me.companyId}', '1', '2') returning id`,
      );
      return made?.id ?? 0;
    };
    const talk = (contact: number, account: number, expires: string) =>
      rows(
        db,
        `insert into conversations (company_id, contact_id, channel_account_id, last_message_at, last_inbound_at, window_expires_at)
         values (${me.companyId}, ${contact}, ${account}, now(), now(), now() + interval '${expires}') returning id`,
      );
    const bulk = async (contactIds: number[], body: object = {}) =>
      await me.post("/v1/messages/bulk", { ...hello, contact_ids: contactIds, ...body });
    return { me, contactId, simulated: home?.id ?? 0, cloud, talk, bulk };
  }

  test("takes for each person the number of their open window, else the company's, and names it", async () => {
    const { me, contactId, simulated, cloud, talk, bulk } = await withNumbers();
    const main = await cloud("main");
    const other = await person(me.companyId);
    await rows(db, `delete from conversations where id = ${other.id} returning id`);
    await talk(other.contactId, main, "1 hour");
    const third = await person(me.companyId);
    await rows(db, `update conversations set window_expires_at = now() - interval '1 hour' where id = ${third.id}`);
    const answer = await bulk([contactId, other.contactId, third.contactId, contactId]);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json().data).toMatchObject([
      { outcome: "queued", channel_account_id: simulated },
      { outcome: "queued", channel_account_id: main },
      { outcome: "skipped", channel_account_id: main, decision: { obstacle: "window_closed" } },
      { outcome: "skipped", channel_account_id: null, reason: "Named twice in this list." },
    ]);
    const named = await bulk([contactId], { channel_account_id: main });
    expect(named.json().data).toMatchObject([{ outcome: "skipped", channel_account_id: main }]);
  });

  test("of which none is the company's only one asks which, of people without a conversation", async () => {
    const { me, contactId, simulated, cloud, talk, bulk } = await withNumbers();
    const [one, two] = [await cloud("one"), await cloud("two")];
    const other = await person(me.companyId);
    await rows(db, `delete from conversations where id = ${other.id} returning id`);
    expect((await bulk([other.contactId])).statusCode).toBe(400);
    const mixed = await bulk([contactId, other.contactId]);
    expect(mixed.json().data).toMatchObject([
      { outcome: "queued", channel_account_id: simulated },
      {
        outcome: "skipped",
        channel_account_id: null,
        reason: expect.stringContaining("channel_account_id"),
        decision: null,
      },
    ]);
    await talk(other.contactId, two, "-1 hour");
    expect((await bulk([other.contactId])).json().data).toMatchObject([
      { channel_account_id: two, decision: { obstacle: "window_closed" } },
    ]);
    expect(one).not.toBe(two);
  });
});
