import { describe, expect, test } from "vitest";
import { listOf, objectOf } from "../../../shared/json.ts";
import { testApp } from "../../harness/test-app.ts";
import { type Caller, whatsappCaller } from "./whatsapp-caller.ts";

const harness = await testApp();
const list = "/whatsapp/api/crm/contacts";

async function created(caller: Caller, body: object): Promise<string> {
  const answer = await caller.post(list, body);
  expect(answer.status).toBe(201);
  return `/api/crm/contacts/${String(objectOf(answer.body.data ?? null)?._id)}`;
}

async function names(caller: Caller, query: string): Promise<string> {
  const { body } = await caller.get(`${list}?${query}`);
  return listOf(body.data ?? null)
    .map((item) => String(objectOf(item)?.name))
    .join(" ");
}

describe("a contact", () => {
  test("keeps what a change leaves out, and loses what is null", async () => {
    const caller = await whatsappCaller(harness);
    const path = await created(caller, { name: "Ana", email: "ana@example.test", tags: ["vip"], notes: "met in Goa" });
    const first = await caller.put(path, { name: "Ana Maria" });
    expect(first.body.data).toMatchObject({
      name: "Ana Maria",
      email: "ana@example.test",
      tags: ["vip"],
      notes: "met in Goa",
    });
    const second = await caller.put(path, { email: null, notes: null, tags: [] });
    expect(second.body.data).toMatchObject({ name: "Ana Maria", email: null, tags: [], notes: null });
    const read = await caller.get(path);
    expect(read.body).toEqual({
      success: true,
      data: {
        _id: path.split("/").at(-1),
        name: "Ana Maria",
        phone: null,
        email: null,
        tags: [],
        notes: null,
        lastMessageAt: null,
        unreadCount: 0,
        avatar: null,
        createdAt: expect.stringMatching(/Z$/),
      },
    });
  });

  test("has exactly one caller's tags when two replace them at once", async () => {
    const caller = await whatsappCaller(harness);
    const path = await created(caller, { name: "Ana" });
    const sets = [
      ["a", "b"],
      ["c", "d"],
    ];
    await Promise.all(sets.map((tags) => caller.put(path, { tags })));
    expect(sets).toContainEqual(objectOf((await caller.get(path)).body.data ?? null)?.tags);
  });

  test("is gone when it is deleted, from the counts too", async () => {
    const caller = await whatsappCaller(harness);
    const path = await created(caller, { name: "Ana" });
    expect(await caller.delete(path)).toMatchObject({
      status: 200,
      body: { success: true, message: "Contact deleted successfully" },
    });
    expect(await caller.get(path)).toMatchObject({ status: 404, body: { message: "Contact not found" } });
    expect((await caller.delete(path)).status).toBe(404);
    const data = { contacts: { total: 0, active: 0, lastWeekGrowth: "+0" } };
    expect(await caller.get("/api/crm/dashboard")).toMatchObject({ body: { data } });
    expect((await caller.get(list)).body.pagination).toMatchObject({ total: 0 });
  });
});

describe("the list of contacts", async () => {
  const caller = await whatsappCaller(harness);
  for (const name of ["Bob", "Ana", "Cleo"]) await created(caller, { name });
  await caller.hears("Hello", { name: "Dan" });

  test.each([
    ["", "Dan Cleo Ana Bob"],
    ["order=1", "Bob Ana Cleo Dan"],
    ["sort=name&order=1", "Ana Bob Cleo Dan"],
    ["sort=createdAt&order=-1", "Dan Cleo Ana Bob"],
    ["sort=createdAt&order=asc", "Bob Ana Cleo Dan"],
    ["search=cle", "Cleo"],
    ["search=nobody", ""],
    ["limit=2&skip=1", "Cleo Ana"],
  ])("with %s is: %s", async (query, expected) => {
    expect(await names(caller, query)).toBe(expected);
  });

  test("says how many there are and how many pages", async () => {
    expect((await caller.get(`${list}?limit=3`)).body.pagination).toEqual({ total: 4, limit: 3, skip: 0, pages: 2 });
    expect((await caller.get(`${list}?search=cle`)).body.pagination).toEqual({
      total: 1,
      limit: 50,
      skip: 0,
      pages: 1,
    });
  });
});
