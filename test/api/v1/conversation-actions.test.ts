import { describe, expect, test } from "vitest";
import { wakeConversations } from "../../../server/domain/conversations/wake-conversations.ts";
import { messagesOf } from "../../factories/messages.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { eventsIn } from "../../factories/rows.ts";
import { rows } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, caller, browser } = await v1App();

async function withThread() {
  const me = await caller();
  const contactId = await personIn(db, me.companyId, { name: "Ana" });
  await messagesOf(db, me.companyId, contactId, [{ direction: "in", sentAt: "2026-11-20T10:00:00Z" }]);
  await rows(
    db,
    `update conversations set last_message_at = '2026-11-20T10:00:00Z' where contact_id = ${contactId} returning id`,
  );
  const [{ id }] = (await me.get("/v1/conversations")).json().data;
  const acts = async () =>
    (await eventsIn(db, me.companyId)).filter(({ type }) => type.startsWith("conversation.")).map(({ type }) => type);
  return { me, contactId, id, url: `/v1/conversations/${id}`, acts };
}

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString();

describe("a conversation", () => {
  test("is assigned to a member and taken back, and the same again changes nothing", async () => {
    const { me, url, acts } = await withThread();
    const userId = await memberOf(db, me.companyId, "salesperson");
    const first = await me.post(`${url}/assign`, { user_id: userId });
    expect([first.statusCode, first.json().assignee_user_id]).toEqual([200, userId]);
    const again = await me.post(`${url}/assign`, { user_id: userId });
    expect(again.headers.etag).toBe(first.headers.etag);
    expect((await me.post(`${url}/assign`, { user_id: null })).json().assignee_user_id).toBeNull();
    expect(await acts()).toEqual(["conversation.assigned", "conversation.assigned"]);
    const [event] = (await eventsIn(db, me.companyId)).slice(-1);
    expect(event).toMatchObject({ before: { assigneeUserId: userId }, after: { assigneeUserId: null } });
  });

  test("is not assigned to a stranger or to nonsense", async () => {
    const { url, me } = await withThread();
    const other = await caller();
    const stranger = await memberOf(db, other.companyId, "admin");
    const refused = await me.post(`${url}/assign`, { user_id: stranger });
    expect([refused.statusCode, refused.json().errors[0].pointer]).toEqual([400, "#/user_id"]);
    expect((await me.post(`${url}/assign`, {})).statusCode).toBe(400);
    expect((await me.post(`${url}/assign`, { user_id: "x" })).statusCode).toBe(400);
  });

  test("sleeps until its time and is woken once", async () => {
    const { me, url, id, acts } = await withThread();
    const until = tomorrow();
    expect((await me.post(`${url}/snooze`, { until })).json()).toMatchObject({ status: "snoozed" });
    await me.post(`${url}/snooze`, { until });
    expect((await me.get("/v1/conversations?status=snoozed")).json().data).toHaveLength(1);
    expect(await wakeConversations(db, new Date(), 10)).toBe(0);
    const later = new Date(Date.now() + 2 * 86_400_000);
    const woken = await Promise.all([wakeConversations(db, later, 10), wakeConversations(db, later, 10)]);
    expect(woken.toSorted((one, other) => one - other)).toEqual([0, 1]);
    expect((await me.get(`/v1/conversations/${id}`)).json()).toMatchObject({ status: "open", snoozed_until: null });
    expect(await acts()).toEqual(["conversation.snoozed", "conversation.woken"]);
    expect((await me.post(`${url}/snooze`, { until: "2020-01-01T00:00:00Z" })).statusCode).toBe(400);
    expect((await me.post(`${url}/snooze`, { until: "soon" })).statusCode).toBe(400);
  });

  test("is closed and taken up again", async () => {
    const { me, url, acts } = await withThread();
    const closed = (await me.post(`${url}/close`)).json();
    expect(closed).toMatchObject({ status: "closed" });
    expect(closed.closed_at).not.toBeNull();
    expect((await me.post(`${url}/close`)).json()).toEqual(closed);
    expect((await me.post(`${url}/reopen`)).json()).toMatchObject({ status: "open", closed_at: null });
    expect((await me.post(`${url}/reopen`)).json()).toMatchObject({ status: "open" });
    expect(await acts()).toEqual(["conversation.closed", "conversation.reopened"]);
  });

  test("stays closed when it is read", async () => {
    const { me, url } = await withThread();
    await me.post(`${url}/close`);
    expect((await me.post(`${url}/read`, { up_to: "2026-11-20T10:00:00Z" })).json()).toMatchObject({
      status: "closed",
    });
  });

  test("has its bot switched off and on", async () => {
    const { me, url, acts } = await withThread();
    expect((await me.patch(url, { bot_enabled: false })).json()).toMatchObject({ bot_enabled: false });
    expect((await me.patch(url, { bot_enabled: false })).json()).toMatchObject({ bot_enabled: false });
    expect((await me.patch(url, {})).json()).toMatchObject({ bot_enabled: false });
    expect((await me.patch(url, { bot_enabled: "perhaps" })).statusCode).toBe(400);
    expect(await acts()).toEqual(["conversation.bot_switched"]);
  });

  test("is edited by who has seen its newest version", async () => {
    const { me, url } = await withThread();
    const { etag } = (await me.get(url)).headers;
    const first = await me.post(`${url}/close`, undefined, { "if-match": String(etag) });
    expect(first.statusCode).toBe(200);
    expect((await me.post(`${url}/reopen`, undefined, { "if-match": String(etag) })).statusCode).toBe(412);
  });

  test("changes once when two do the same at once", async () => {
    const { me, url, acts } = await withThread();
    const answers = await Promise.all([1, 2, 3, 4].map(() => me.post(`${url}/close`)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    expect(await acts()).toEqual(["conversation.closed"]);
  });

  test("is nobody's outside the company", async () => {
    const { url } = await withThread();
    const stranger = await caller();
    expect((await stranger.post(`${url}/close`)).statusCode).toBe(404);
    expect((await stranger.post(`${url}/reopen`)).statusCode).toBe(404);
    expect((await stranger.post(`${url}/assign`, { user_id: null })).statusCode).toBe(404);
    expect((await stranger.post(`${url}/snooze`, { until: tomorrow() })).statusCode).toBe(404);
    expect((await stranger.patch(url, { bot_enabled: false })).statusCode).toBe(404);
  });
});

describe("the inbox", () => {
  test("shows what is mine, nobody's, somebody's and unread", async () => {
    const { me, url, contactId } = await withThread();
    const mia = await browser(me.companyId, "salesperson");
    const count = async (query: string) => (await mia.get(`/v1/conversations?${query}`)).json().data.length;
    expect([await count("mine=true"), await count("unassigned=true"), await count("unread=true")]).toEqual([0, 1, 0]);
    await me.post(`${url}/assign`, { user_id: mia.userId });
    await rows(db, `update conversations set unread_count = 1 where contact_id = ${contactId} returning id`);
    expect([await count("mine=true"), await count("unassigned=true"), await count("unread=true")]).toEqual([1, 0, 1]);
    expect(await count(`assignee_user_id=${mia.userId}&status=open&unread=true`)).toBe(1);
    expect(await count(`assignee_user_id=${mia.userId + 1}`)).toBe(0);
    expect(await count("mine=true&status=closed")).toBe(0);
    expect(await count(`contact_id=${contactId}&unassigned=true`)).toBe(0);
    expect((await me.get("/v1/conversations?mine=true")).statusCode).toBe(400);
  });
});
