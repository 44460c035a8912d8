import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { objectOf, textOf } from "../../../shared/json.ts";
import { testApp } from "../../harness/test-app.ts";
import { newestConversation, whatsappCaller } from "./whatsapp-caller.ts";

const harness = await testApp();
const caller = await whatsappCaller(harness, { companyId: harness.companyId });
const contracts = process.env.RAPPORT_CONTRACTS ?? join(import.meta.dirname, "../../../../shared/contracts");
const document = join(contracts, "whatsapp-crm.md");
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const id = expect.stringMatching(/^\d+$/);

beforeAll(async () => {
  await createContact(caller.ctx, { name: "John Doe", phone: "+919876543211", email: "john@example.com" });
  await caller.hears("Hi, I need help", { phone: "919876543211", name: "John Doe" });
});

describe("the document's requests", () => {
  test("GET /api/crm/dashboard", async () => {
    const answer = await caller.get("/api/crm/dashboard");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      success: true,
      data: {
        account: {
          name: "main",
          wabaId: `sim-${caller.companyId}`,
          businessId: expect.anything(),
          syncStatus: "synced",
          lastSync: time,
        },
        phoneNumbers: {
          total: 1,
          list: [{ id, number: "+1 555 010 0000", isActive: true, quality: "green", verified: true }],
        },
        contacts: { total: 1, active: 1, lastWeekGrowth: "+1" },
        conversations: { total: 1, open: 1, closed: 0, activeRate: 100 },
        messages: { total: 1, sent: 0, received: 1, today: expect.any(Number), avgPerDay: 0 },
        recent: {
          conversations: [
            { _id: id, contactName: "John Doe", status: "open", lastMessage: "Hi, I need help", lastMessageAt: time },
          ],
          topContacts: [{ id, name: "John Doe", messages: 1, phone: "+919876543211" }],
        },
      },
    });
  });

  test("GET /api/crm/contacts", async () => {
    const query = "search=john&sort=lastMessageAt&order=-1&limit=50&skip=0";
    const item = {
      _id: id,
      name: "John Doe",
      phone: "+919876543211",
      email: "john@example.com",
      lastMessageAt: time,
      unreadCount: 1,
      avatar: null,
    };
    const alone = await caller.get(`/whatsapp/api/crm/contacts?${query}`);
    expect(alone.body).toEqual({
      success: true,
      data: [item],
      pagination: { total: 1, limit: 50, skip: 0, pages: 1 },
    });
    const shared = await caller.get(`/api/crm/contacts?${query}`);
    expect(shared.body).toMatchObject({
      success: true,
      data: [item],
      pagination: { total: 1, limit: 50, skip: 0, pages: 1 },
    });
  });

  test.each(["/api/crm/contacts", "/whatsapp/api/crm/contacts"])("POST %s, then PUT", async (path) => {
    const phone = path === "/api/crm/contacts" ? "+919876543212" : "+919876543213";
    const email = `jane${phone.slice(-2)}@example.com`;
    const created = await caller.post(path, { name: "Jane Doe", phone, email, tags: ["vip", "customer"] });
    expect(created.status).toBe(201);
    const data = { _id: id, name: "Jane Doe", phone, email, tags: ["vip", "customer"], accountId: id, createdAt: time };
    if (path.startsWith("/whatsapp")) expect(created.body).toEqual({ success: true, data });
    else expect(created.body).toMatchObject({ success: true, data });
    const updated = await caller.put(`/api/crm/contacts/${textOf(objectOf(created.body.data)?._id)}`, {
      name: "Jane Doe Jr",
      email: `jr.${email}`,
      tags: ["vip", "premium"],
      notes: "Premium customer since Jan 2026",
    });
    expect(updated).toMatchObject({ status: 200 });
    expect(updated.body).toEqual({
      success: true,
      data: {
        _id: objectOf(created.body.data)?._id,
        name: "Jane Doe Jr",
        email: `jr.${email}`,
        tags: ["vip", "premium"],
        notes: "Premium customer since Jan 2026",
      },
    });
  });

  test("GET /api/crm/conversations", async () => {
    const { body } = await caller.get("/api/crm/conversations?status=open&limit=50&skip=0");
    expect(body).toEqual({
      success: true,
      data: [
        {
          _id: id,
          contactId: id,
          contactName: "John Doe",
          status: "open",
          lastMessage: "Hi, I need help",
          lastMessageAt: time,
          unreadCount: 1,
        },
      ],
      pagination: { total: 1, limit: 50, skip: 0 },
    });
  });

  test("GET /api/crm/conversation/:conversationId", async () => {
    const conversation = await newestConversation(caller);
    const { body } = await caller.get(`/api/crm/conversation/${conversation}?limit=50&skip=0`);
    expect(body).toEqual({
      success: true,
      data: {
        conversation: { _id: conversation, contactId: id, contactName: "John Doe", status: "open", createdAt: time },
        messages: [{ _id: id, text: "Hi, I need help", direction: "incoming", timestamp: time, status: "delivered" }],
        total: 1,
      },
    });
  });

  test("GET /api/crm/analytics", async () => {
    const { body } = await caller.get("/api/crm/analytics?days=30");
    const day = expect.stringMatching(/^\d{4}-\d\d-\d\d$/);
    expect(body).toEqual({
      success: true,
      data: {
        messageTrend: [{ _id: day, count: 1, sent: 0, received: 1 }],
        avgResponseTime: 0,
        contactGrowth: [{ _id: day, count: expect.any(Number) }],
        period: "Last 30 days",
      },
    });
  });
});

describe.skipIf(!existsSync(document))(
  "the document's JavaScript as printed (skipped without ../shared/contracts)",
  () => {
    const blocks = existsSync(document)
      ? [...readFileSync(document, "utf8").matchAll(/```javascript\n([\s\S]*?)```/g)].map(([, code]) => code ?? "")
      : [];

    test("finds dashboard, contacts and a new contact, and reads the sync status", async () => {
      expect(blocks).toHaveLength(2);
      const password = "a long password of the tests";
      await createUser(caller.ctx, { email: "owner@example.test", role: "admin", password });
      const address = await harness.listen();
      const signedIn = await fetch(`${address}/api/auth/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email: "owner@example.test", password }),
      });
      const token = textOf(objectOf(await signedIn.json())?.token) ?? "";
      const [usage = "", sync = ""] = blocks;
      const used = await run(usage, address, token, "({ dashboard, contacts, newContact })");
      expect(used).toMatchObject({
        dashboard: { success: true, data: { conversations: { total: 1 } } },
        contacts: { success: true, data: [{ name: "John Doe" }] },
        newContact: { success: true, data: { name: "Jane Doe", phone: "+919876543210", tags: ["customer"] } },
      });
      expect(await run(sync, address, token, "crm")).toMatchObject({ data: { account: { syncStatus: "synced" } } });
    });
  },
);

/** The sample with what a reader puts in: their address, and their token where the sample leaves it out. */
function run(code: string, address: string, token: string, result: string): Promise<unknown> {
  const readers = (url: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    const given = headers.get("authorization") ?? "Bearer YOUR_JWT_TOKEN";
    headers.set("authorization", given.replace("YOUR_JWT_TOKEN", token));
    return fetch(new URL(url.replace("http://localhost:5000", address), address), { ...init, headers });
  };
  return runInNewContext(`(async () => { ${code}\nreturn ${result}; })()`, {
    fetch: readers,
    console: { log: () => {} },
  });
}
