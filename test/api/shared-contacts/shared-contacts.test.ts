import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { setSubscription } from "../../../server/domain/accounts/subscription.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { listOf, objectOf } from "../../../shared/json.ts";
import { rows } from "../../harness/rows.ts";
import { type Answer, chatbotApp } from "../chatbot/chatbot-app.ts";

const chatbot = await chatbotApp();
const caller = await chatbot.caller();

const setLastMessage = prepared<{ id: number; at: string }>()(
  (_db, arg) => sql<never>`
    update contact_inbox set last_chat_at = ${arg("at")}::timestamptz, unread_chat_count = 2 where contact_id = ${arg("id")}::bigint`,
);

beforeAll(async () => {
  const people = [
    { name: "Ana", leadScore: 10, phone: "+919876543210", email: "ana@example.com" },
    { name: "Bob", leadScore: 30, stage: "qualified" as const },
    { name: "Cleo", leadScore: 20, stage: "qualified" as const },
  ];
  for (const [index, person] of people.entries()) {
    const { id } = await createContact(caller.ctx, person);
    if (index < 2) await chatbot.db.run(setLastMessage({ id, at: `2026-11-2${index}T10:00:00Z` }));
  }
});

function namesIn({ body }: Answer): string {
  return listOf(body.data)
    .map((item) => String(objectOf(item)?.name))
    .join(" ");
}

describe("GET /api/crm/contacts at the root", () => {
  test("carries the fields of both dialects", async () => {
    const answer = await caller.get("/api/crm/contacts?search=ana");
    expect(answer.status).toBe(200);
    const item = listOf(answer.body.data)[0];
    const id = objectOf(item)?._id;
    expect(answer.body).toEqual({
      status: "success",
      success: true,
      data: [
        {
          id: `contact_${String(id)}`,
          _id: expect.stringMatching(/^\d+$/),
          name: "Ana",
          phone_number: "919876543210_s_whatsapp_net",
          phone: "+919876543210",
          email: "ana@example.com",
          company: null,
          position: null,
          lead_status: "new",
          lead_score: 10,
          source: null,
          notes: null,
          last_contacted_at: null,
          next_follow_up_at: null,
          lastMessageAt: "2026-11-20T10:00:00Z",
          unreadCount: 2,
          avatar: null,
          created_at: expect.any(String),
          createdAt: expect.any(String),
        },
      ],
      pagination: { limit: 50, offset: 0, skip: 0, count: 1, total: 1, pages: 1 },
    });
  });

  const defaults: [string, number, string][] = [
    ["", 50, "Bob Ana Cleo"],
    ["limit=2", 2, "Bob Ana"],
    ["skip=0", 50, "Bob Ana Cleo"],
    ["order=-1", 50, "Bob Ana Cleo"],
    ["order=1", 50, "Cleo Ana Bob"],
    ["sort=name&order=1", 50, "Ana Bob Cleo"],
    ["sort=name", 50, "Cleo Bob Ana"],
    ["sort=createdAt&order=1", 50, "Ana Bob Cleo"],
    ["sort=lead_score&order=1", 50, "Ana Cleo Bob"],
    ["offset=0", 20, "Bob Cleo Ana"],
    ["status=qualified", 20, "Bob Cleo"],
    ["status=qualified&limit=10", 10, "Bob Cleo"],
    ["limit=20&offset=0&status=qualified", 20, "Bob Cleo"],
    ["limit=500", 100, "Bob Ana Cleo"],
    ["skip=1&limit=1", 1, "Ana"],
    ["offset=1&limit=1", 1, "Cleo"],
    ["search=o&status=qualified", 50, "Bob Cleo"],
    ["search=bob&offset=0", 50, "Bob"],
  ];
  test.each(defaults)("with ?%s gives %i a page: %s", async (query, limit, names) => {
    const answer = await caller.get(`/api/crm/contacts?${query}`);
    expect(answer.body.pagination).toMatchObject({ limit });
    expect(namesIn(answer)).toBe(names);
  });

  test("counts all, and the pages they make", async () => {
    const { body } = await caller.get("/api/crm/contacts?limit=2&skip=2");
    expect(body.pagination).toEqual({ limit: 2, offset: 2, skip: 2, count: 1, total: 3, pages: 2 });
  });

  const union = {
    status: "error",
    success: false,
    message: expect.any(String),
    detail: expect.any(String),
    request_id: expect.any(String),
  };
  test.each(["skip=-1", "limit=x", "sort=shoe", "order=2", "status=warm"])(
    "with ?%s is 400 in both dialects",
    async (query) => {
      expect(await caller.get(`/api/crm/contacts?${query}`)).toMatchObject({ status: 400, body: union });
    },
  );

  test("wants a token, and unknown addresses below /api/crm are refused in both dialects", async () => {
    expect(await chatbot.anonymous({ method: "GET", url: "/api/crm/contacts" })).toMatchObject({
      status: 401,
      body: union,
    });
    expect(await caller.get("/api/crm/nothing")).toMatchObject({ status: 404, body: union });
  });
});

describe("what whatsapp's document demands of GET /api/crm/contacts", () => {
  const refused = (message: string) => ({ status: "error", success: false, message, detail: message });
  const whatsapp = ["skip=0", "search=ana", "sort=name", "order=1", "skip=0&offset=0"];
  const chatbots = ["offset=0", "status=new", "offset=0&limit=5"];

  test.each(["", ...whatsapp, ...chatbots])("without a subscription ?%s is 403", async (query) => {
    const lapsed = await chatbot.caller();
    await setSubscription(lapsed.ctx, { status: "canceled" });
    const answer = await lapsed.get(`/api/crm/contacts?${query}`);
    expect(answer).toMatchObject({ status: 403, body: refused("Subscription required") });
  });

  test("while WABA or business are unknown, whatsapp waits and chatbot does not", async () => {
    const pending = await chatbot.caller();
    await rows(
      chatbot.db,
      `insert into channel_accounts (company_id, provider, name, external_id)
        values (${pending.ctx.companyId}, 'whatsapp_cloud', 'Number', '556')`,
    );
    for (const query of whatsapp)
      expect(await pending.get(`/api/crm/contacts?${query}`), query).toMatchObject({
        status: 400,
        body: refused("WABA not fully synced"),
      });
    for (const query of ["", "limit=5", ...chatbots])
      expect(await pending.get(`/api/crm/contacts?${query}`), query).toMatchObject({ status: 200 });
    await rows(chatbot.db, "update channel_accounts set waba_id = '1', business_id = '2' where external_id = '556'");
    expect(await pending.get("/api/crm/contacts?skip=0")).toMatchObject({ status: 200 });
  });

  test("the hours are counted where whatsapp is spoken, by a bare request too", async () => {
    for (const query of ["", "limit=5", ...whatsapp])
      expect((await caller.get(`/api/crm/contacts?${query}`)).headers["ratelimit-policy"]).toMatch(
        /^"contacts";q=500;/,
      );
    for (const query of chatbots)
      expect((await caller.get(`/api/crm/contacts?${query}`)).headers["ratelimit-policy"]).toMatch(/^"default"/);
  });
});

describe("POST /api/crm/contacts at the root", () => {
  test("answers both dialects", async () => {
    const answer = await caller.post("/api/crm/contacts", {
      name: "Dora",
      phone: "+919812345678",
      tags: ["vip", "customer"],
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        status: "success",
        success: true,
        message: "Contact created successfully",
        contact_id: expect.stringMatching(/^contact_\d+$/),
        data: { name: "Dora", phone: "+919812345678", tags: ["vip", "customer"], lead_status: "new" },
      },
    });
    const again = await caller.post("/api/crm/contacts", { phone: "+91 98123 45678" });
    const { _id } = objectOf(answer.body.data) ?? {};
    const duplicate = { status: "error", success: false, message: again.body.message, detail: again.body.message };
    expect(again).toMatchObject({ status: 400, body: { ...duplicate, existing_id: _id } });
  });

  test("is counted by the hour together with the lists", async () => {
    const one = await chatbot.caller();
    const left = ({ headers }: Answer) => Number(/"contacts";r=(\d+)/.exec(String(headers.ratelimit))?.[1]);
    const before = left(await one.get("/api/crm/contacts"));
    const answer = await one.post("/api/crm/contacts", { name: "Ana" });
    expect(answer.headers["ratelimit-policy"]).toMatch(/^"contacts";q=500;/);
    expect(left(answer)).toBe(before - 1);
  });

  test("waits until WABA and business are known", async () => {
    const pending = await chatbot.caller();
    await rows(
      chatbot.db,
      `insert into channel_accounts (company_id, provider, name, external_id)
        values (${pending.ctx.companyId}, 'whatsapp_cloud', 'Number', '557') returning id`,
    );
    const message = "WABA not fully synced";
    expect(await pending.post("/api/crm/contacts", { name: "Ana" })).toMatchObject({
      status: 400,
      body: { status: "error", success: false, message, detail: message },
    });
    await rows(chatbot.db, "update channel_accounts set waba_id = '1', business_id = '2' where external_id = '557'");
    expect(await pending.post("/api/crm/contacts", { name: "Ana" })).toMatchObject({ status: 201 });
  });

  test("without a subscription is 403", async () => {
    const lapsed = await chatbot.caller();
    await setSubscription(lapsed.ctx, { status: "canceled" });
    expect(await lapsed.post("/api/crm/contacts", { name: "Ana" })).toMatchObject({ status: 403 });
  });

  test("refuses a name of blanks in both dialects", async () => {
    for (const name of [" ", "\t\u00a0"])
      expect(await caller.post("/api/crm/contacts", { name, phone: "+919812345699" })).toMatchObject({
        status: 400,
        body: { status: "error", success: false },
      });
  });

  test("takes the field names of the other dialects", async () => {
    const fields = {
      mobile: "+919812300000",
      organization: "Acme",
      jobTitle: "CTO",
      firstName: "Ana",
      last_name: "Lee",
    };
    const answer = await caller.post("/api/crm/contacts", { ...fields, nextFollowUp: "2030-01-01T00:00:00Z" });
    expect(answer.body.data).toMatchObject({
      ...{ name: "Ana Lee", phone: "+919812300000", company: "Acme", position: "CTO" },
      next_follow_up_at: "2030-01-01T00:00:00Z",
    });
  });
});
