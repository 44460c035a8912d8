import { describe, expect, test } from "vitest";
import { messagesOf } from "../../factories/messages.ts";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, caller, browser } = await v1App();
const url = "/v1/quick-replies";
const hours = {
  shortcut: "Hours",
  title: "Opening hours",
  text: "Hello {{first_name|there}}, we open at nine. {{agent_first_name}}",
};

async function withReply() {
  const me = await caller();
  const made = await me.post(url, hours);
  const contactId = await personIn(db, me.companyId, { name: "Ana García", company: "Acme" });
  await messagesOf(db, me.companyId, contactId, [{ direction: "in", sentAt: "2026-11-20T10:00:00Z" }]);
  const [thread] = await rows<{ id: number }>(db, `select id from conversations where contact_id = ${contactId}`);
  return { me, made, reply: made.json(), contactId, conversationId: thread?.id ?? 0 };
}

describe("quick replies", () => {
  test("are made, listed, edited and deleted", async () => {
    const { me, made, reply } = await withReply();
    expect([made.statusCode, made.headers.location]).toEqual([201, `${url}/${reply.id}`]);
    expect(reply).toMatchObject({
      shortcut: "hours",
      title: "Opening hours",
      language: null,
      used_count: 0,
      version: 1,
    });
    await me.post(url, { shortcut: "bye", title: "Bye", text: "Bye!", language: "en" });
    expect((await me.get(url)).json().data).toMatchObject([{ shortcut: "bye" }, { shortcut: "hours" }]);
    const edited = await me.patch(
      `${url}/${reply.id}`,
      { title: "When we are open", language: "pt_BR" },
      { "if-match": '"v1"' },
    );
    expect(edited.json()).toMatchObject({ title: "When we are open", text: hours.text, language: "pt_BR", version: 2 });
    expect((await me.patch(`${url}/${reply.id}`, { title: "x" }, { "if-match": '"v1"' })).statusCode).toBe(412);
    expect((await me.get(`${url}/${reply.id}`)).headers.etag).toBe('"v2"');
    expect((await me.delete(`${url}/${reply.id}`)).statusCode).toBe(204);
    expect((await me.get(`${url}/${reply.id}`)).statusCode).toBe(404);
    expect((await me.delete(`${url}/${reply.id}`)).statusCode).toBe(404);
  });

  test("have a shortcut of their own, whoever is faster", async () => {
    const { me, reply } = await withReply();
    const again = await me.post(url, { ...hours, shortcut: "/HÓURS" });
    expect([again.statusCode, again.json().existing_id]).toEqual([409, reply.id]);
    const other = (await me.post(url, { ...hours, shortcut: "other" })).json();
    expect((await me.patch(`${url}/${other.id}`, { shortcut: "hours" })).statusCode).toBe(409);
    const racers = await Promise.all([1, 2, 3].map(() => me.post(url, { ...hours, shortcut: "race" })));
    expect(racers.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([201, 409, 409]);
    expect((await (await caller()).post(url, hours)).statusCode).toBe(201);
  });

  test("are refused with nonsense", async () => {
    const { me, reply } = await withReply();
    for (const body of [
      {},
      { ...hours, shortcut: "two words" },
      { ...hours, shortcut: "x".repeat(51) },
      { ...hours, shortcut: "a", title: " " },
      { ...hours, shortcut: "a", text: "Hi {{password}}" },
      { ...hours, shortcut: "a", text: "x".repeat(4_097) },
    ])
      expect((await me.post(url, body)).statusCode, JSON.stringify(body)).toBe(400);
    expect((await me.patch(`${url}/${reply.id}`, { text: "{{nothing}}" })).statusCode).toBe(400);
  });

  test("are written for a person and counted", async () => {
    const { me, reply, conversationId, contactId } = await withReply();
    const mia = await browser(me.companyId, "salesperson");
    const render = async (who = mia) =>
      (await who.post(`${url}/${reply.id}/render`, { conversation_id: conversationId })).json();
    expect(await render()).toEqual({ text: "Hello Ana, we open at nine. Mia", missing: [] });
    await me.patch(`/v1/contacts/${contactId}`, { name: "" });
    expect(await render()).toEqual({ text: "Hello there, we open at nine. Mia", missing: [] });
    await me.patch(`/v1/contacts/${contactId}`, { name: "{{email}}" });
    expect(await render()).toMatchObject({ text: "Hello {{email}}, we open at nine. Mia" });
    const byKey = (await me.post(`${url}/${reply.id}/render`, { conversation_id: conversationId })).json();
    expect(byKey).toEqual({ text: "Hello {{email}}, we open at nine.", missing: ["agent_first_name"] });
    expect((await me.get(`${url}/${reply.id}`)).json()).toMatchObject({ used_count: 4, version: 1 });
    expect((await me.post(`${url}/${reply.id}/render`, {})).statusCode).toBe(400);
    expect((await me.post(`${url}/${reply.id}/render`, { conversation_id: 999_999 })).statusCode).toBe(404);
  });

  test("are nobody's outside the company", async () => {
    const { reply, conversationId } = await withReply();
    const stranger = await caller();
    expect((await stranger.get(`${url}/${reply.id}`)).statusCode).toBe(404);
    expect((await stranger.patch(`${url}/${reply.id}`, { title: "x" })).statusCode).toBe(404);
    expect((await stranger.delete(`${url}/${reply.id}`)).statusCode).toBe(404);
    expect((await stranger.post(`${url}/${reply.id}/render`, { conversation_id: conversationId })).statusCode).toBe(
      404,
    );
    expect((await stranger.get(url)).json().data).toEqual([]);
  });
});
