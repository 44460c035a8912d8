import { describe, expect, test } from "vitest";
import { messagesOf } from "../../factories/messages.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { eventTypes } from "../../factories/rows.ts";
import { count } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, caller } = await v1App();

const byNumber = (one: number, other: number) => one - other;

async function withPeople(howMany = 3) {
  const me = await caller();
  const ids: number[] = [];
  for (let index = 0; index < howMany; index += 1)
    ids.push(
      (
        await me.post("/v1/contacts", { name: `P${index}`, phone: `+3460000${String(1000 + index)}`, stage: "new" })
      ).json().id,
    );
  const bulk = (body: object) => me.post("/v1/contacts/bulk", { ids, ...body });
  const undo = (id: number) => me.post(`/v1/change-sets/${id}/undo`);
  const person = async (id = 0) => (await me.get(`/v1/contacts/${id}`)).json();
  return { me, ids, bulk, undo, person };
}

describe("a bulk change of people", () => {
  test("sets the owner and is undone", async () => {
    const { me, ids, bulk, undo, person } = await withPeople();
    const owner = await memberOf(db, me.companyId, "salesperson");
    await me.patch(`/v1/contacts/${ids[0]}`, { owner_user_id: owner });
    const done = await bulk({ action: "set_owner", owner_user_id: owner });
    expect(done.statusCode, done.body).toBe(200);
    expect(done.json()).toMatchObject({
      kind: "contacts.set_owner",
      changed_count: 2,
      has_more: false,
      changes: [
        { id: ids[0], result: "unchanged" },
        { id: ids[1], result: "changed", before: { owner_user_id: null }, after: { owner_user_id: owner } },
        { id: ids[2], result: "changed" },
      ],
      undo: null,
    });
    expect(await person(ids[2])).toMatchObject({ owner_user_id: owner });
    const undone = await undo(done.json().id);
    expect(undone.json().undo).toEqual([
      { id: ids[1], result: "undone", reason: null },
      { id: ids[2], result: "undone", reason: null },
    ]);
    expect(await person(ids[2])).toMatchObject({ owner_user_id: null });
    expect(await person(ids[0])).toMatchObject({ owner_user_id: owner });
    expect((await undo(done.json().id)).statusCode).toBe(409);
    expect((await me.get("/v1/change-sets")).json().data).toMatchObject([{ id: done.json().id, changed_count: 2 }]);
  });

  test("moves people and their leads through the funnel, and back where nobody moved them since", async () => {
    const { me, ids, bulk, undo, person } = await withPeople();
    const done = (await bulk({ action: "set_stage", stage: "customer" })).json();
    expect(await person(ids[0])).toMatchObject({ stage: "customer", temperature: "customer" });
    expect(
      await count(db, `leads where company_id = ${me.companyId} and closed_at is not null and stage = 'customer'`),
    ).toBe(3);
    await me.patch(`/v1/contacts/${ids[1]}`, { stage: "lost" });
    expect((await undo(done.id)).json().undo).toMatchObject([
      { result: "undone" },
      { result: "skipped", reason: "Changed since." },
      { result: "undone" },
    ]);
    expect(await person(ids[0])).toMatchObject({ stage: "new" });
    expect(await person(ids[1])).toMatchObject({ stage: "lost" });
    expect(await count(db, `leads where company_id = ${me.companyId} and closed_at is null`)).toBe(2);
    expect(await count(db, `leads where company_id = ${me.companyId}`)).toBe(3);
  });

  test("puts tags on and takes them off", async () => {
    const { me, ids, bulk, undo } = await withPeople();
    const tag = (await me.post("/v1/tags", { name: "VIP" })).json();
    const tagged = () => count(db, `contact_tags where company_id = ${me.companyId}`);
    await me.post(`/v1/contacts/${ids[0]}/tags`, { tag_id: tag.id });
    const added = (await bulk({ action: "add_tag", tag_id: tag.id })).json();
    expect([added.changed_count, await tagged()]).toEqual([2, 3]);
    await me.delete(`/v1/contacts/${ids[1]}/tags/${tag.id}`);
    expect((await undo(added.id)).json().undo).toMatchObject([{ result: "skipped" }, { result: "undone" }]);
    expect(await tagged()).toBe(1);
    const removed = (await bulk({ action: "remove_tag", tag_id: tag.id })).json();
    expect([removed.changed_count, await tagged()]).toEqual([1, 0]);
    await me.delete(`/v1/tags/${tag.id}`);
    expect((await undo(removed.id)).json().undo).toMatchObject([
      { result: "skipped", reason: "The tag was deleted since." },
    ]);
  });

  test("deletes and restores", async () => {
    const { me, ids, bulk, undo } = await withPeople();
    const living = async () => (await me.get("/v1/contacts")).json().data.length;
    const deleted = (await bulk({ action: "delete" })).json();
    expect(await living()).toBe(0);
    // Somebody new has one of their numbers by now.
    await me.post(`/v1/contacts/${ids[0]}/restore`);
    await me.patch(`/v1/contacts/${ids[0]}`, { phone: "+34600001001" });
    expect((await undo(deleted.id)).json().undo).toMatchObject([
      { result: "skipped", reason: "Restored since." },
      { result: "skipped", reason: `contact_${ids[0]} has their phone or mail address by now.` },
      { result: "undone" },
    ]);
    expect(await living()).toBe(2);
    await bulk({ action: "delete" });
    const restored = (await bulk({ ids: [ids[2]], action: "restore" })).json();
    expect(restored).toMatchObject({ changed_count: 1 });
    expect((await undo(restored.id)).json().undo).toMatchObject([{ result: "undone" }]);
    expect(await living()).toBe(0);
  });

  test("sets do-not-contact by a filter", async () => {
    const { me, ids, bulk, person } = await withPeople();
    await me.patch(`/v1/contacts/${ids[1]}`, { stage: "qualified" });
    const done = (
      await bulk({ ids: undefined, filter: { stage: "new" }, action: "set_do_not_contact", do_not_contact: true })
    ).json();
    expect(done).toMatchObject({ changed_count: 2, has_more: false });
    expect(await person(ids[0])).toMatchObject({ do_not_contact: true });
    expect(await person(ids[1])).toMatchObject({ do_not_contact: false });
  });

  test("says of people who are not there that they are not", async () => {
    const { ids, bulk } = await withPeople(1);
    const stranger = await caller();
    const theirs = await personIn(db, stranger.companyId);
    const done = (await bulk({ ids: [...ids, theirs, 999_999_999], action: "set_stage", stage: "lost" })).json();
    expect(done.changes).toMatchObject([
      { result: "changed" },
      { id: theirs, result: "skipped", reason: "There is no such person." },
      { result: "skipped" },
    ]);
  });

  test("refuses nonsense", async () => {
    const { me, ids, bulk } = await withPeople(1);
    const stranger = await memberOf(db, (await caller()).companyId, "admin");
    for (const body of [
      {},
      { action: "explode" },
      { action: "set_stage" },
      { action: "set_stage", stage: "won" },
      { action: "set_owner" },
      { action: "set_owner", owner_user_id: stranger },
      { ids: [], action: "delete" },
      { ids: Array.from({ length: 1_001 }, (_, index) => index + 1), action: "delete" },
      { ids: undefined, action: "delete" },
      { ids: undefined, filter: {}, action: "delete" },
      { filter: { stage: "new" }, action: "delete" },
    ])
      expect((await bulk(body)).statusCode, JSON.stringify(body)).toBe(400);
    expect((await bulk({ action: "add_tag", tag_id: 999_999 })).statusCode).toBe(404);
    expect((await me.get(`/v1/contacts/${ids[0]}`)).statusCode).toBe(200);
  });

  test("is one change when it runs twice at once, and undone once", async () => {
    const { bulk, undo } = await withPeople();
    const [one, other] = await Promise.all([
      bulk({ action: "set_stage", stage: "lost" }),
      bulk({ action: "set_stage", stage: "lost" }),
    ]);
    expect([one.json().changed_count, other.json().changed_count].toSorted(byNumber)).toEqual([0, 3]);
    const done = one.json().changed_count === 3 ? one.json() : other.json();
    const undone = await Promise.all([undo(done.id), undo(done.id)]);
    expect(undone.map(({ statusCode }) => statusCode).toSorted(byNumber)).toEqual([200, 409]);
  });

  test("is nobody's outside the company", async () => {
    const { bulk } = await withPeople(1);
    const { id } = (await bulk({ action: "set_stage", stage: "lost" })).json();
    const stranger = await caller();
    expect((await stranger.get(`/v1/change-sets/${id}`)).statusCode).toBe(404);
    expect((await stranger.post(`/v1/change-sets/${id}/undo`)).statusCode).toBe(404);
    expect((await stranger.get("/v1/change-sets")).json().data).toEqual([]);
  });

  test("of a thousand is one transaction", async () => {
    const me = await caller();
    const rows = Array.from({ length: 1_000 }, (_, index) => `('P${index}')`).join(",");
    await db.run({
      name: "",
      text: `insert into contacts (company_id, name) select ${me.companyId}, v.n from (values ${rows}) v(n)`,
      values: [],
    });
    const done = await me.post("/v1/contacts/bulk", {
      filter: { stage: "new" },
      action: "set_stage",
      stage: "qualified",
    });
    expect(done.json()).toMatchObject({ changed_count: 1_000 });
    const undone = (await me.post(`/v1/change-sets/${done.json().id}/undo`)).json();
    expect(undone.undo.filter(({ result }: { result: string }) => result === "undone")).toHaveLength(1_000);
  });
});

describe("a bulk change of conversations", () => {
  test("closes, assigns and takes back what still stands", async () => {
    const me = await caller();
    const userId = await memberOf(db, me.companyId, "salesperson");
    for (const name of ["Ana", "Ben"])
      await messagesOf(db, me.companyId, await personIn(db, me.companyId, { name }), [
        { direction: "in", sentAt: "2026-11-20T10:00:00Z" },
      ]);
    await db.run({
      name: "",
      text: `update conversations set last_message_at = now() where company_id = ${me.companyId}`,
      values: [],
    });
    const ids: number[] = (await me.get("/v1/conversations")).json().data.map(({ id }: { id: number }) => id);
    const bulk = (body: object) => me.post("/v1/conversations/bulk", { ids: [...ids, 999_999], ...body });
    const assigned = (await bulk({ action: "assign", user_id: userId })).json();
    expect(assigned.changes).toMatchObject([{ result: "changed" }, { result: "changed" }, { result: "skipped" }]);
    const closed = (await bulk({ action: "close" })).json();
    expect(closed).toMatchObject({ kind: "conversations.close", changed_count: 2 });
    expect((await bulk({ action: "close" })).json()).toMatchObject({ changed_count: 0 });
    await me.post(`/v1/conversations/${ids[0]}/reopen`);
    expect((await me.post(`/v1/change-sets/${closed.id}/undo`)).json().undo).toMatchObject([
      { id: ids[0], result: "skipped", reason: "Changed since." },
      { id: ids[1], result: "undone" },
    ]);
    expect((await me.get(`/v1/conversations/${ids[1]}`)).json()).toMatchObject({ status: "open", closed_at: null });
    await me.post(`/v1/change-sets/${assigned.id}/undo`);
    expect((await me.get(`/v1/conversations/${ids[1]}`)).json()).toMatchObject({ assignee_user_id: null });
    expect(await eventTypes(db, me.companyId)).toContain("conversation.change_undone");
    expect((await bulk({ action: "assign" })).statusCode).toBe(400);
    const stranger = await bulk({ action: "assign", user_id: 999_999 });
    expect([stranger.statusCode, stranger.json().errors[0].pointer]).toEqual([400, "#/user_id"]);
    expect((await bulk({ action: "snooze" })).statusCode).toBe(400);
    expect((await bulk({ ids: [], action: "close" })).statusCode).toBe(400);
  });
});
