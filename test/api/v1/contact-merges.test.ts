import { describe, expect, test } from "vitest";
import { personIn } from "../../factories/people.ts";
import { v1App } from "./v1-app.ts";

const { db, caller } = await v1App();
const url = "/v1/contact-merges";

async function withPair() {
  const me = await caller();
  const kept = await personIn(db, me.companyId, { name: "Ana" });
  const merged = await personIn(db, me.companyId, { name: "Anna", position: "CFO" });
  return { me, kept, merged, body: { kept_contact_id: kept, merged_contact_id: merged } };
}

describe("merges of people", () => {
  test("are proposed, previewed, accepted and undone", async () => {
    const { me, kept, merged, body } = await withPair();
    const proposed = await me.post(url, { ...body, reason: "Same face" });
    expect([proposed.statusCode, proposed.headers.location]).toEqual([201, `${url}/${proposed.json().id}`]);
    expect(proposed.json()).toMatchObject({ status: "proposed", reason: "Same face", kept: { id: kept, name: "Ana" } });
    const { id } = proposed.json();
    expect((await me.get(`${url}/${id}/preview`)).json()).toMatchObject({
      kept_contact_id: kept,
      moves: { identities: 0, closes_lead: false },
      fields: [{ field: "position", before: null, after: "CFO" }],
    });
    expect((await me.post(`${url}/${id}/accept`)).json()).toMatchObject({
      status: "merged",
      merged: { deleted: true },
    });
    expect((await me.get(`/v1/contacts/${merged}`)).statusCode).toBe(404);
    expect((await me.post(`/v1/contacts/${merged}/restore`)).statusCode).toBe(409);
    expect((await me.post(`${url}/${id}/accept`)).statusCode).toBe(409);
    expect((await me.get(`${url}/${id}/preview`)).statusCode).toBe(409);
    expect((await me.post(`${url}/${id}/undo`)).json()).toMatchObject({ status: "undone" });
    expect((await me.post(`${url}/${id}/undo`)).statusCode).toBe(409);
    expect((await me.get(`/v1/contacts/${merged}`)).json()).toMatchObject({ name: "Anna", position: "CFO" });
  });

  test("are listed by status and person, in pages", async () => {
    const { me, kept, merged, body } = await withPair();
    const first = (await me.post(url, body)).json();
    await me.post(`${url}/${first.id}/dismiss`);
    const second = (await me.post(url, body)).json();
    expect((await me.get(`${url}?status=proposed`)).json().data).toMatchObject([{ id: second.id }]);
    expect((await me.get(`${url}?contact_id=${merged}&status=dismissed`)).json().data).toMatchObject([
      { id: first.id },
    ]);
    const page = (await me.get(`${url}?limit=1&contact_id=${kept}`)).json();
    expect(page.data).toMatchObject([{ id: second.id }]);
    expect((await me.get(`${url}?limit=1&cursor=${page.next_cursor}`)).json()).toMatchObject({
      data: [{ id: first.id }],
      next_cursor: null,
    });
    expect((await me.get(`${url}?status=perhaps`)).statusCode).toBe(400);
    expect((await me.get(`${url}/${second.id}`)).json()).toMatchObject({ id: second.id });
  });

  test("are proposed once, and never of one person with themselves", async () => {
    const { me, kept, body } = await withPair();
    const { id } = (await me.post(url, body)).json();
    const again = await me.post(url, body);
    expect([again.statusCode, again.json().existing_id]).toEqual([409, id]);
    expect((await me.post(url, { kept_contact_id: kept, merged_contact_id: kept })).statusCode).toBe(400);
    expect((await me.post(url, {})).statusCode).toBe(400);
  });

  test("are nobody's outside the company", async () => {
    const { me, body } = await withPair();
    const { id } = (await me.post(url, body)).json();
    const stranger = await caller();
    expect((await stranger.post(url, body)).statusCode).toBe(404);
    for (const word of ["accept", "dismiss", "undo"])
      expect((await stranger.post(`${url}/${id}/${word}`)).statusCode).toBe(404);
    expect((await stranger.get(`${url}/${id}`)).statusCode).toBe(404);
    expect((await stranger.get(`${url}/${id}/preview`)).statusCode).toBe(404);
    expect((await stranger.get(url)).json().data).toEqual([]);
  });
});
