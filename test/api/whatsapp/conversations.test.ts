import { describe, expect, test } from "vitest";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { restoreContact } from "../../../server/domain/contacts/restore-contact.ts";
import { snoozeConversation } from "../../../server/domain/conversations/snooze-conversation.ts";
import { listOf, objectOf } from "../../../shared/json.ts";
import { messagesOf } from "../../factories/messages.ts";
import { rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";
import { type Answer, newestConversation, whatsappCaller } from "./whatsapp-caller.ts";

const harness = await testApp();

function textsIn({ body }: Answer, key: string): string {
  const data = listOf(body.data ?? null);
  return data.map((item) => String(objectOf(item)?.[key])).join(" ");
}

function thread(answer: Answer): string {
  return listOf(objectOf(answer.body.data ?? null)?.messages ?? null)
    .map((item) => String(objectOf(item)?.text))
    .join(" ");
}

describe("the list of conversations", async () => {
  const caller = await whatsappCaller(harness);
  for (const [index, name] of ["Ana", "Bob", "Cleo", "Dan"].entries())
    await caller.hears(`from ${name}`, {
      phone: `91987654321${index}`,
      name,
      at: new Date(Date.now() - 60_000 * (9 - index)),
    });
  const ids = listOf((await caller.get("/api/crm/conversations")).body.data ?? null).map((item) =>
    Number(objectOf(item)?._id),
  );
  const [dan = 0, cleo = 0, bob = 0] = ids;
  await caller.post(`/api/crm/conversation/${dan}/close`);
  await snoozeConversation(caller.ctx, bob, "2099-01-01T00:00:00Z");

  test("is split into open, with what is put aside, and closed", async () => {
    const open = await caller.get("/api/crm/conversations?status=open");
    expect(textsIn(open, "contactName")).toBe("Cleo Bob Ana");
    expect(textsIn(open, "status")).toBe("open open open");
    expect(open.body.pagination).toEqual({ total: 3, limit: 50, skip: 0 });
    const closed = await caller.get("/api/crm/conversations?status=closed");
    expect(textsIn(closed, "contactName")).toBe("Dan");
    expect(closed.body.pagination).toMatchObject({ total: 1 });
    const data = { conversations: { total: 4, open: 3, closed: 1, activeRate: 75 } };
    expect(await caller.get("/api/crm/dashboard")).toMatchObject({ body: { data } });
  });

  test("is read in pages", async () => {
    for (const filter of ["", "status=open&"]) {
      const whole = textsIn(await caller.get(`/api/crm/conversations?${filter}`), "contactName").split(" ");
      const pages = [];
      for (const skip of whole.keys())
        pages.push(textsIn(await caller.get(`/api/crm/conversations?${filter}limit=1&skip=${skip}`), "contactName"));
      expect(pages).toEqual(whole);
      expect((await caller.get(`/api/crm/conversations?${filter}skip=${whole.length}`)).body.data).toEqual([]);
    }
    expect(await caller.get("/api/crm/conversations?skip=50000")).toMatchObject({
      body: { data: [], pagination: { total: 4 } },
    });
  });

  test("leaves out deleted people, and takes them back", async () => {
    const head = await caller.get(`/api/crm/conversation/${cleo}`);
    const contactId = Number(objectOf(objectOf(head.body.data ?? null)?.conversation ?? null)?.contactId);
    await deleteContact(caller.ctx, contactId);
    expect(await caller.get("/api/crm/conversations")).toMatchObject({ body: { pagination: { total: 3 } } });
    expect((await caller.get(`/api/crm/conversation/${cleo}`)).status).toBe(404);
    await restoreContact(caller.ctx, contactId);
    expect(await caller.get("/api/crm/conversations")).toMatchObject({ body: { pagination: { total: 4 } } });
  });
});

describe("one conversation", async () => {
  const caller = await whatsappCaller(harness);
  await caller.hears("one", { at: new Date(Date.now() - 60_000) });
  await caller.hears("two");
  const conversation = await newestConversation(caller);
  const path = `/api/crm/conversation/${conversation}`;

  test("is closed, reopened by hand and by a message, and read", async () => {
    expect(await caller.post(`${path}/close`)).toMatchObject({
      status: 200,
      body: { success: true, data: { status: "closed" } },
    });
    expect(await caller.post(`${path}/reopen`)).toMatchObject({
      body: { data: { _id: conversation, status: "open", unreadCount: 2 } },
    });
    expect(await caller.post(`${path}/read`)).toMatchObject({ body: { data: { unreadCount: 0 } } });
    await caller.post(`${path}/close`);
    await caller.hears("three");
    expect(await caller.get("/api/crm/conversations")).toMatchObject({
      body: { data: [{ status: "open", lastMessage: "three", unreadCount: 1 }] },
    });
  });

  test("gives its newest messages first in pages, and within a page in order", async () => {
    expect(thread(await caller.get(path))).toBe("one two three");
    const newest = await caller.get(`${path}?limit=2`);
    expect(thread(newest)).toBe("two three");
    expect(newest.body.data).toMatchObject({ total: 3 });
    expect(thread(await caller.get(`${path}?limit=2&skip=2`))).toBe("one");
  });

  test("is filtered by direction in either spelling", async () => {
    const before = await caller.get(`${path}?direction=inbound`);
    expect(before.body.data).toMatchObject({ total: 3 });
    expect((await caller.get(`${path}?direction=incoming`)).body).toEqual(before.body);
    expect((await caller.get(`${path}?direction=outbound`)).body.data).toMatchObject({ total: 0, messages: [] });
  });

  test.each([
    ["queued", "pending"],
    ["unknown", "pending"],
    ["accepted", "sent"],
    ["sent", "sent"],
    ["delivered", "delivered"],
    ["read", "read"],
    ["played", "read"],
    ["failed", "failed"],
    ["cancelled", "failed"],
  ])("calls an outgoing message that is %s %s", async (status, word) => {
    await rows(
      harness.db,
      `insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, origin, type, status, sent_at)
       select company_id, id, contact_id, channel_account_id, 'out', 'user', 'image', '${status}', now()
       from conversations where id = ${conversation}`,
    );
    const { body } = await caller.get(`${path}?direction=outgoing&limit=1`);
    expect(body.data).toMatchObject({ messages: [{ text: "[image]", direction: "outgoing", status: word }] });
  });

  test("calls a deleted picture deleted, in the thread and in the list", async () => {
    await rows(
      harness.db,
      `insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, origin, type, sent_at, revoked_at)
       select company_id, id, contact_id, channel_account_id, 'in', 'person', 'image', now(), now()
       from conversations where id = ${conversation}`,
    );
    await rows(
      harness.db,
      `update conversations set last_message_type = 'revoked', last_message_text = null where id = ${conversation}`,
    );
    const { body } = await caller.get(`${path}?direction=incoming&limit=1`);
    expect(body.data).toMatchObject({ messages: [{ text: "[deleted]" }] });
    const listed = await caller.get("/api/crm/conversations?limit=50");
    expect(listed.body.data).toMatchObject([{ _id: conversation, lastMessage: "[deleted]" }]);
  });
});

describe("analytics", () => {
  test("count by the company's days, and give the mean time to an answer in seconds", async () => {
    const caller = await whatsappCaller(harness);
    await rows(
      harness.db,
      `update company_settings set time_zone = 'America/New_York' where company_id = ${caller.companyId}`,
    );
    const created = await caller.post("/whatsapp/api/crm/contacts", { name: "Ana" });
    const contactId = Number(objectOf(created.body.data ?? null)?._id);
    const midnight = newYorkMidnight();
    const at = (minutes: number) => new Date(midnight + minutes * 60_000).toISOString();
    await messagesOf(harness.db, caller.companyId, contactId, [
      { direction: "in", sentAt: at(-30) },
      { direction: "in", sentAt: at(-10) },
      { direction: "out", sentAt: at(-9.5) },
      { direction: "in", sentAt: at(-2_000) },
      { direction: "out", sentAt: at(-1_999) },
      { direction: "in", sentAt: at(0) },
    ]);
    const { body } = await caller.get("/api/crm/analytics?days=2");
    const [today, yesterday] = [day(midnight), day(midnight - 3_600_000)];
    expect(body.data).toEqual({
      messageTrend: [
        { _id: today, count: 1, sent: 0, received: 1 },
        { _id: yesterday, count: 3, sent: 1, received: 2 },
      ],
      avgResponseTime: Math.round((20.5 * 60 + 30) / 2),
      contactGrowth: [{ _id: today, count: 1 }],
      period: "Last 2 days",
    });
  });
});

/** The last midnight in New York, also on a day of 23 or 25 hours. */
function newYorkMidnight(): number {
  const quarterMs = 900_000;
  let start = Math.floor(Date.now() / quarterMs) * quarterMs;
  while (day(start - quarterMs) === day(start)) start -= quarterMs;
  return start;
}

function day(time: number): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(time);
}
