import { describe, expect, test } from "vitest";
import { messagesOf } from "../../factories/messages.ts";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, caller } = await v1App();

async function withThread() {
  const me = await caller("secretariat");
  const contactId = await personIn(db, me.companyId, { name: "Ana", phone: "+15550100001" });
  await messagesOf(db, me.companyId, contactId, [
    { direction: "in", sentAt: "2026-11-20T10:00:00Z", intents: ["pricing"] },
    { direction: "out", sentAt: "2026-11-20T10:05:00Z" },
    { direction: "in", sentAt: "2026-11-20T10:10:00Z" },
  ]);
  // As the intake leaves it.
  await rows(
    db,
    `update conversations set last_message_at = '2026-11-20T10:10:00Z' where contact_id = ${contactId} returning id`,
  );
  const [conversation] = (await me.get("/v1/conversations")).json().data;
  return { me, contactId, conversation };
}

describe("conversations", () => {
  test("are listed with their person, by status and by person", async () => {
    const { me, contactId, conversation } = await withThread();
    expect(conversation).toMatchObject({
      contact_id: contactId,
      contact: { name: "Ana", phone: "+15550100001" },
      channel: { provider: "simulator" },
      status: "open",
      last_message_at: "2026-11-20T10:10:00Z",
    });
    expect((await me.get("/v1/conversations?status=open")).json().data).toHaveLength(1);
    expect((await me.get("/v1/conversations?status=closed")).json().data).toEqual([]);
    expect((await me.get(`/v1/conversations?contact_id=${contactId}`)).json().data).toHaveLength(1);
    expect((await me.get("/v1/conversations?status=asleep")).statusCode).toBe(400);
    expect((await me.get(`/v1/conversations/${conversation.id}`)).headers.etag).toMatch(/^"v1-0-\d+"$/);
  });

  test("of a deleted person are in no list, by whatever they are asked for, and still answer by id", async () => {
    const { me, contactId, conversation } = await withThread();
    await rows(db, `update contacts set deleted_at = now() where id = ${contactId}`);
    for (const query of ["", `?contact_id=${contactId}`, "?q=Ana", "?status=open", "?unread=true"])
      expect((await me.get(`/v1/conversations${query}`)).json().data, query).toEqual([]);
    expect((await me.get(`/v1/conversations/${conversation.id}`)).statusCode).toBe(200);
    await rows(db, `update contacts set deleted_at = null where id = ${contactId}`);
    expect((await me.get(`/v1/conversations?contact_id=${contactId}`)).json().data).toHaveLength(1);
  });

  test.each(["+4915115000004", "+49 151 1500 0004", "0151 15000004", "0049 151 15000004", "nikolas weber", "ni"])(
    "are found by their person: %s",
    async (q) => {
      const { companyId } = await caller();
      await rows(db, `update company_settings set default_country = 'DE' where company_id = ${companyId}`);
      const me = await caller("admin", companyId);
      const made = await me.post("/v1/contacts", { name: "Weber, Nikolas", phone: "0151 15000004" });
      const other = await me.post("/v1/contacts", { name: "Else", phone: "0151 15000005" });
      for (const { id } of [made.json(), other.json()])
        await messagesOf(db, companyId, id, [{ direction: "in", sentAt: "2026-11-20T10:00:00Z" }]);
      await rows(db, `update conversations set last_message_at = now() where company_id = ${companyId}`);
      const found = (await me.get(`/v1/conversations?q=${encodeURIComponent(q)}`)).json().data;
      expect(found).toMatchObject([{ contact: { name: "Weber, Nikolas" } }]);
      expect((await me.get("/v1/conversations?q=%20")).json().data).toHaveLength(2);
    },
  );

  test("without a message yet are listed by when they were begun, among the others", async () => {
    const me = await caller();
    const [channel] = await rows<{ id: number }>(
      db,
      `insert into channel_accounts (company_id, provider, name, external_id) values
        (${me.companyId}, 'whatsapp_cloud', 'front desk', 'front desk of ${me.companyId}') returning id`,
    );
    const begin = async (name: string, daysAgo: number, messaged: boolean) => {
      const contactId = (await me.post("/v1/contacts", { name })).json().id;
      if (messaged)
        await messagesOf(db, me.companyId, contactId, [{ direction: "in", sentAt: "2026-10-20T10:00:00Z" }]);
      else {
        const begun = await me.post("/v1/conversations", { contact_id: contactId, channel_account_id: channel?.id });
        expect(begun.statusCode).toBe(201);
      }
      const at = `now() - interval '${daysAgo} days'`;
      await rows(
        db,
        messaged
          ? `update conversations set last_message_at = ${at} where contact_id = ${contactId}`
          : `update conversations set created_at = ${at} where contact_id = ${contactId}`,
      );
    };
    await begin("Ana first", 4, false);
    await begin("Ana second", 3, true);
    await begin("Ana third", 2, false);
    await begin("Ana fourth", 1, true);
    for (const asked of ["", "status=open", "q=ana"]) {
      const names: string[] = [];
      for (let cursor = ""; ; ) {
        const page = (await me.get(`/v1/conversations?limit=1&${asked}${cursor}`)).json();
        names.push(...page.data.map(({ contact }: { contact: { name: string } }) => contact.name));
        if (page.next_cursor === null) break;
        cursor = `&cursor=${page.next_cursor}`;
      }
      expect(names).toEqual(["Ana fourth", "Ana third", "Ana second", "Ana first"]);
    }
    const waiting = (await me.get("/v1/conversations?unread=true")).json().data;
    expect(waiting.every(({ last_message_at: at }: { last_message_at: string | null }) => at !== null)).toBe(true);
    await rows(db, `update contacts set deleted_at = now() where company_id = ${me.companyId} and name = 'Ana third'`);
    expect((await me.get("/v1/conversations")).json().data).toHaveLength(3);
  });

  test("give their messages newest first, in pages", async () => {
    const { me, conversation } = await withThread();
    const url = `/v1/conversations/${conversation.id}/messages`;
    const first = (await me.get(`${url}?limit=2`)).json();
    expect(first.data.map((message: { sent_at: string }) => message.sent_at)).toEqual([
      "2026-11-20T10:10:00Z",
      "2026-11-20T10:05:00Z",
    ]);
    const second = (await me.get(`${url}?limit=2&cursor=${first.next_cursor}`)).json();
    expect(second).toMatchObject({ data: [{ direction: "in", intents: ["pricing"] }], next_cursor: null });
  });

  test("are read up to what was on the screen, and no further", async () => {
    const { me, contactId, conversation } = await withThread();
    await rows(db, `update conversations set unread_count = 2 where contact_id = ${contactId} returning id`);
    const url = `/v1/conversations/${conversation.id}/read`;
    expect((await me.post(url, { up_to: "2026-11-20T10:05:00Z" })).json()).toMatchObject({ unread_count: 1 });
    expect((await me.post(url, { up_to: "2026-11-20T09:00:00Z" })).json()).toMatchObject({ unread_count: 1 });
    expect((await me.post(url, { up_to: "2026-11-20T10:10:00Z" })).json()).toMatchObject({ unread_count: 0 });
    expect((await me.get(`/v1/contacts/${contactId}`)).json()).toMatchObject({ unread_count: 0 });
    expect((await me.post(url, { up_to: "soon" })).statusCode).toBe(400);
    expect((await (await caller()).post(url, { up_to: "2026-11-20T10:10:00Z" })).statusCode).toBe(404);
  });

  test("are nobody's outside the company", async () => {
    const { conversation } = await withThread();
    const stranger = await caller();
    expect((await stranger.get(`/v1/conversations/${conversation.id}`)).statusCode).toBe(404);
    expect((await stranger.get(`/v1/conversations/${conversation.id}/messages`)).statusCode).toBe(404);
    expect((await stranger.get("/v1/conversations")).json().data).toEqual([]);
  });
});
