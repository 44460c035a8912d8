import { describe, expect, test } from "vitest";
import { v1App } from "./v1-app.ts";

const { caller } = await v1App();

const ana = {
  name: "Ana López",
  phone: "+5511912345678",
  email: "ana@example.test",
  company: "Tech Corp",
  stage: "qualified",
};

type Page = { data: { id: number; title: string }[]; next_cursor: string | null };

async function withAna(fields: object = {}) {
  const me = await caller("salesperson");
  const answer = await me.post("/v1/contacts", { ...ana, ...fields });
  return { me, answer, person: answer.json(), url: `/v1/contacts/${answer.json().id}` };
}

describe("POST /v1/contacts", () => {
  test("adds a person with organization, tags and an open lead", async () => {
    const { me, answer, person, url } = await withAna({ tags: ["VIP"], position: "CTO" });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({ location: url });
    expect(person).toMatchObject({
      name: "Ana López",
      first_name: "Ana",
      last_name: "López",
      phone: "+5511912345678",
      company: "Tech Corp",
      stage: "qualified",
      temperature: "qualified",
      lead_score: 0,
      country: "BR",
    });
    expect((await me.get(`${url}/tags`)).json().data).toMatchObject([{ name: "VIP" }]);
    expect((await me.get(`/v1/leads?contact_id=${person.id}`)).json().data).toMatchObject([
      { code: "LEAD-001", stage: "qualified", contact_name: "Ana López" },
    ]);
  });

  test("refuses whom the company knows already, by any variant of the number", async () => {
    const { me, person } = await withAna();
    const again = await me.post("/v1/contacts", { name: "A.", phone: "+55 11 1234-5678" });
    const same = await me.post("/v1/contacts", { name: "A.", email: "ANA@example.test" });
    expect(same.statusCode).toBe(409);
    expect(same.json()).toMatchObject({ type: "/v1/problems#duplicate", existing_id: person.id });
    expect([201, 409]).toContain(again.statusCode);
  });

  test.each([
    [{}, "#/name"],
    [{ name: "a", email: "no mail" }, "#/email"],
    [{ name: "a", phone: "12" }, "#/phone"],
    [{ name: "a", stage: "hot" }, "#/stage"],
    [{ name: "a", lead_score: 101 }, "#/lead_score"],
    [{ name: "a", next_follow_up_at: "soon" }, "#/next_follow_up_at"],
    [{ name: "a", organization_id: 999999 }, "#/organization_id"],
    [{ name: "a", owner_user_id: 999999 }, "#/owner_user_id"],
    [{ name: "x".repeat(501) }, "#/name"],
  ])("refuses %o", async (body, pointer) => {
    const me = await caller();
    const answer = await me.post("/v1/contacts", body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer }]);
  });

  test.each([
    ['{"name":', 400],
    ['{"name":" \\t ","phone":"+15550100777"}', 400],
    ["[]", 400],
    ['"text"', 400],
    ["null", 400],
  ])("refuses the body %s", async (payload, status) => {
    const { me } = await withAna();
    const answer = await me.post("/v1/contacts", undefined, { "content-type": "application/json" });
    expect(answer.statusCode).toBe(400);
    const raw = await me.raw("POST", "/v1/contacts", payload);
    expect(raw.statusCode).toBe(status);
    expect(raw.headers["content-type"]).toContain("application/problem+json");
  });

  test.each(["\u0000", "", " ", "\u0001\u0007", "\u200b", " \u2060\ufeff ", "\u3164"])(
    "refuses %j, which nobody sees, as a name",
    async (name) => {
      const me = await caller();
      for (const body of [{ name }, { first_name: name }]) {
        const answer = await me.post("/v1/contacts", body);
        expect(answer.statusCode).toBe(400);
        expect(answer.json().errors[0].pointer).toBe("#/name");
      }
    },
  );

  test("keeps strange text as it is, without what no database can keep", async () => {
    const me = await caller();
    const answer = await me.post("/v1/contacts", {
      name: "田中さん 🙃 \u0000<script>' OR 1=1; --",
      notes: "Ω≈ç√∫˜µ≤≥÷",
    });
    expect(answer.json()).toMatchObject({ name: "田中さん 🙃 <script>' OR 1=1; --", notes: "Ω≈ç√∫˜µ≤≥÷" });
  });
});

describe("GET /v1/contacts", () => {
  test("searches, filters and sorts", async () => {
    const { me, person } = await withAna({ tags: ["VIP"], lead_score: 50 });
    const ben = (await me.post("/v1/contacts", { name: "Ben Ódor", lead_score: 90 })).json();
    const names = async (query: string) =>
      (await me.get(`/v1/contacts?${query}`)).json().data.map((each: { name: string }) => each.name);
    expect(await names("")).toEqual(["Ben Ódor", "Ana López"]);
    expect(await names("sort=lead_score")).toEqual(["Ben Ódor", "Ana López"]);
    expect(await names("sort=name")).toEqual(["Ana López", "Ben Ódor"]);
    expect(await names("q=lopez")).toEqual(["Ana López"]);
    expect(await names("q=odor")).toEqual(["Ben Ódor"]);
    expect(await names("q=912345678")).toEqual(["Ana López"]);
    expect(await names("stage=qualified")).toEqual(["Ana López"]);
    expect(await names("temperature=new")).toEqual(["Ben Ódor"]);
    expect(await names(`organization_id=${person.organization_id}`)).toEqual(["Ana López"]);
    const [tag] = (await me.get("/v1/tags")).json().data;
    expect(await names(`tag_id=${tag.id}`)).toEqual(["Ana López"]);
    expect((await me.get("/v1/search?q=ben")).json().contacts).toMatchObject([{ id: ben.id }]);
    expect((await me.get("/v1/search")).statusCode).toBe(400);
  });

  test.each(["created_at", "lead_score", "last_message_at", "name"])("pages by %s to the end", async (sort) => {
    const { me } = await withAna();
    for (const name of ["B", "C", "D"]) await me.post("/v1/contacts", { name, lead_score: 10 });
    const all = (await me.get(`/v1/contacts?sort=${sort}`)).json().data.map((each: { id: number }) => each.id);
    const paged: number[] = [];
    for (let url: string | null = `/v1/contacts?sort=${sort}&limit=1`; url !== null; ) {
      const page: Page = (await me.get(url)).json();
      paged.push(...page.data.map((each) => each.id));
      url = page.next_cursor === null ? null : `/v1/contacts?sort=${sort}&limit=1&cursor=${page.next_cursor}`;
    }
    expect(paged).toEqual(all);
    expect(paged).toHaveLength(4);
  });

  test("refuses a cursor of another order", async () => {
    const { me } = await withAna();
    await me.post("/v1/contacts", { name: "B" });
    const { next_cursor: cursor } = (await me.get("/v1/contacts?limit=1")).json();
    expect((await me.get(`/v1/contacts?sort=name&cursor=${cursor}`)).statusCode).toBe(400);
    expect((await me.get(`/v1/contacts?q=ana&cursor=${cursor}`)).statusCode).toBe(400);
  });
});

describe("one person", () => {
  test("is edited by a merge patch at the version named", async () => {
    const { me, url, person } = await withAna({ position: "CTO" });
    const answer = await me.patch(
      url,
      { position: null, company: "Other", stage: "customer" },
      { "if-match": `"v${person.version}"` },
    );
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ position: null, company: "Other", stage: "customer", name: "Ana López" });
    expect(answer.headers.etag).toBe(`"v${answer.json().version}"`);
    expect((await me.patch(url, { name: "x" }, { "if-match": `"v${person.version}"` })).statusCode).toBe(412);
    expect((await me.patch(url, { stage: "hot" })).statusCode).toBe(400);
    const { etag } = (await me.get(url)).headers;
    expect((await me.get(url, { "if-none-match": String(etag) })).statusCode).toBe(304);
  });

  test("is deleted and restored", async () => {
    const { me, url } = await withAna();
    expect((await me.delete(url)).statusCode).toBe(204);
    expect((await me.get(url)).statusCode).toBe(404);
    expect((await me.patch(url, { name: "x" })).statusCode).toBe(404);
    expect((await me.post(`${url}/restore`)).json()).toMatchObject({ name: "Ana López" });
    expect((await me.get(url)).statusCode).toBe(200);
  });

  test("is tagged and untagged", async () => {
    const { me, url } = await withAna();
    const tagged = await me.post(`${url}/tags`, { name: "Warm", notes: "met at the fair" });
    expect(tagged.json().data).toMatchObject([{ name: "Warm", notes: "met at the fair" }]);
    const tagId = tagged.json().data[0].tag_id;
    expect((await me.post(`${url}/tags`, { tag_id: tagId })).json().data).toHaveLength(1);
    expect((await me.post(`${url}/tags`, {})).statusCode).toBe(400);
    expect((await me.post(`${url}/tags`, { tag_id: 999999 })).statusCode).toBe(404);
    expect((await me.delete(`${url}/tags/${tagId}`)).statusCode).toBe(204);
    expect((await me.get(`${url}/tags`)).json().data).toEqual([]);
  });

  test("has a score that explains itself", async () => {
    const { me, url } = await withAna();
    expect((await me.get(`${url}/score`)).json()).toMatchObject({ lead_score: 0, breakdown: {}, computed_at: null });
    const scored = await me.post(`${url}/score`);
    expect(scored.json()).toMatchObject({
      lead_score: 35,
      band: "cold",
      breakdown: { email: 20, company: 15, position: 0 },
    });
    expect((await me.get(`${url}/score`)).json()).toEqual(scored.json());
    expect((await me.get(url)).json()).toMatchObject({ lead_score: 35 });
  });

  test("has a timeline", async () => {
    const { me, url, person } = await withAna();
    await me.post("/v1/tasks", { contact_id: person.id, title: "Call" });
    const types = async (query: string) =>
      (await me.get(`${url}/timeline?${query}`)).json().data.map((event: { type: string }) => event.type);
    expect(await types("")).toEqual(["task.created", "lead.created", "contact.created"]);
    expect(await types("types=lead.created, contact.created")).toEqual(["lead.created", "contact.created"]);
    const first = (await me.get(`${url}/timeline?limit=1`)).json();
    expect(first.data[0]).toMatchObject({
      actor: { kind: "api_key" },
      subject: { kind: "task" },
      contact_id: person.id,
    });
    expect(await types(`limit=1&cursor=${first.next_cursor}`)).toEqual(["lead.created"]);
  });

  test("is nobody's outside the company", async () => {
    const { url } = await withAna();
    const stranger = await caller();
    const answers = await Promise.all([
      stranger.get(url),
      stranger.patch(url, { name: "mine" }),
      stranger.delete(url),
      stranger.post(`${url}/restore`),
      stranger.get(`${url}/tags`),
      stranger.post(`${url}/tags`, { name: "mine" }),
      stranger.get(`${url}/score`),
      stranger.post(`${url}/score`),
      stranger.get(`${url}/timeline`),
    ]);
    expect(answers.map((answer) => answer.statusCode)).toEqual(Array(9).fill(404));
  });
});
