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
