import { describe, expect, test } from "vitest";
import { personIn } from "../../factories/people.ts";
import { eventTypes } from "../../factories/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, caller } = await v1App();

type Page = { data: { id: number; title: string }[]; next_cursor: string | null };

async function person() {
  const me = await caller("salesperson");
  const contactId = await personIn(db, me.companyId, { company: "Tech Corp" });
  const deal = (await me.post("/v1/deals", { contact_id: contactId, title: "Licence", value: 50000 })).json();
  return { me, contactId, deal };
}

describe("tasks", () => {
  test("are added, listed, completed once, edited, deleted and restored", async () => {
    const { me, contactId, deal } = await person();
    const made = await me.post("/v1/tasks", {
      deal_id: deal.id,
      title: "Call",
      priority: "high",
      due_at: "2020-01-01T00:00:00Z",
    });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({
      contact_id: contactId,
      status: "todo",
      state: "overdue",
      priority: "high",
      contact: { name: "Ana", company: "Tech Corp" },
      deal: { title: "Licence", value: 50000, stage: "prospecting" },
    });
    const url = `/v1/tasks/${made.json().id}`;
    expect((await me.get("/v1/tasks?status=overdue&priority=high")).json().data).toHaveLength(1);
    const done = await me.post(`${url}/complete`, { outcome: "reached" });
    expect(done.json()).toMatchObject({ status: "done", state: "done", outcome: "reached", version: 2 });
    const again = await me.post(`${url}/complete`);
    expect(again.json()).toEqual(done.json());
    expect((await me.post(`${url}/complete`, { outcome: 5 })).statusCode).toBe(400);
    expect((await me.patch(url, { status: "todo", due_at: null }, { "if-match": '"v2"' })).json()).toMatchObject({
      completed_at: null,
      due_at: null,
      state: "open",
    });
    expect((await me.patch(url, { title: "x" }, { "if-match": '"v2"' })).statusCode).toBe(412);
    expect((await me.get(url, { "if-none-match": '"v3"' })).statusCode).toBe(304);
    expect((await me.delete(url)).statusCode).toBe(204);
    expect((await me.get(url)).statusCode).toBe(404);
    expect((await me.post(`${url}/restore`)).json()).toMatchObject({ title: "Call" });
  });

  test("page from dated ones into undated ones", async () => {
    const { me } = await person();
    for (const due_at of [null, "2030-01-02T00:00:00Z", "2030-01-01T00:00:00Z", null]) {
      await me.post("/v1/tasks", { title: String(due_at), due_at });
    }
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: Page = (await me.get(`/v1/tasks?status=open&limit=1${cursor ? `&cursor=${cursor}` : ""}`)).json();
      seen.push(...page.data.map((task) => task.title));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(["2030-01-01T00:00:00Z", "2030-01-02T00:00:00Z", "null", "null"]);
  });

  test.each([
    [{}, "#/title"],
    [{ title: "a", priority: "now" }, "#/priority"],
    [{ title: "a", due_at: "tomorrow" }, "#/due_at"],
    [{ title: "a", contact_id: "x" }, "#/contact_id"],
    [{ title: "a", assignee_user_id: 999999 }, "#/assignee_user_id"],
  ])("refuse %o", async (body, pointer) => {
    const { me } = await person();
    const answer = await me.post("/v1/tasks", body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer }]);
  });

  test("refuse a deal of another person, and one that is not there", async () => {
    const { me, deal } = await person();
    const contact_id = await personIn(db, me.companyId);
    expect((await me.post("/v1/tasks", { title: "a", contact_id, deal_id: deal.id })).statusCode).toBe(400);
    expect((await me.post("/v1/tasks", { title: "a", deal_id: 999999 })).statusCode).toBe(404);
  });
});

describe("activities", () => {
  test("are logged with an exact duration, listed, corrected and deleted", async () => {
    const { me, contactId, deal } = await person();
    const body = {
      contact_id: contactId,
      deal_id: deal.id,
      activity_type: "call",
      title: "Discovery",
      duration_minutes: 0.33,
    };
    const made = await me.post("/v1/activities", body);
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ duration_minutes: 0.33, deal: { title: "Licence", stage: "prospecting" } });
    const url = `/v1/activities/${made.json().id}`;
    expect((await me.get(`/v1/activities?contact_id=${contactId}&activity_type=call`)).json().data).toHaveLength(1);
    expect((await me.patch(url, { outcome: "positive", duration_minutes: null })).json()).toMatchObject({
      outcome: "positive",
      duration_minutes: null,
      version: 2,
    });
    expect((await me.patch(url, { outcome: "x" }, { "if-match": '"v1"' })).statusCode).toBe(412);
    expect((await me.get(url)).headers.etag).toBe('"v2"');
    expect((await me.delete(url)).statusCode).toBe(204);
    expect((await me.get(url)).statusCode).toBe(404);
  });

  test.each([
    [{ title: "a", activity_type: "call" }, "#/contact_id"],
    [{ contact_id: 1, title: "a", activity_type: "dance" }, "#/activity_type"],
    [{ contact_id: 1, title: "a", activity_type: "call", duration_minutes: -1 }, "#/duration_minutes"],
  ])("refuse %o", async (body, pointer) => {
    const { me } = await person();
    const answer = await me.post("/v1/activities", body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer }]);
  });
});

describe("notes", () => {
  test("are written, listed by what they are on, edited and deleted", async () => {
    const { me, contactId, deal } = await person();
    const made = await me.post("/v1/notes", { deal_id: deal.id, body: "Prefers mornings" });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ contact_id: contactId, deal_id: deal.id, body: "Prefers mornings" });
    const url = `/v1/notes/${made.json().id}`;
    expect((await me.get(`/v1/notes?contact_id=${contactId}`)).json().data).toHaveLength(1);
    expect((await me.get(`/v1/notes?deal_id=${deal.id}`)).json().data).toHaveLength(1);
    expect((await me.patch(url, { body: "Evenings" }, { "if-match": '"v1"' })).json()).toMatchObject({
      body: "Evenings",
    });
    expect((await me.patch(url, { body: "x" }, { "if-match": '"v1"' })).statusCode).toBe(412);
    expect((await me.patch(url, { body: " " })).statusCode).toBe(400);
    expect((await me.get(url)).statusCode).toBe(200);
    expect((await me.delete(url)).statusCode).toBe(204);
    expect((await me.post("/v1/notes", { body: "about nobody" })).statusCode).toBe(400);
  });
});

describe("deleted activities and notes", () => {
  test.each([
    ["activities", "activity", { activity_type: "call", title: "Call" }],
    ["notes", "note", { body: "Prefers mornings" }],
  ])("come back with POST /v1/%s/{id}/restore", async (list, kind, fields) => {
    const { me, contactId } = await person();
    const made = (await me.post(`/v1/${list}`, { contact_id: contactId, ...fields })).json();
    const url = `/v1/${list}/${made.id}`;
    await me.delete(url);
    expect((await me.get(url)).statusCode).toBe(404);
    expect((await me.post(`${url}/restore`)).json()).toMatchObject({ ...fields, version: 3 });
    expect((await me.post(`${url}/restore`)).json()).toMatchObject({ version: 3 });
    expect((await me.get(url)).statusCode).toBe(200);
    const stranger = await caller("salesperson");
    expect((await stranger.post(`${url}/restore`)).statusCode).toBe(404);
    expect((await eventTypes(db, me.companyId)).filter((type) => type === `${kind}.restored`)).toHaveLength(1);
  });
});
