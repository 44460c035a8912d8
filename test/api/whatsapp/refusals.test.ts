import { describe, expect, test } from "vitest";
import { setSubscription } from "../../../server/domain/accounts/subscription.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";
import { answerOf, type Caller, newestConversation, whatsappCaller, withoutHourlyLimit } from "./whatsapp-caller.ts";

const harness = await testApp();
const caller = await whatsappCaller(harness);
const stranger = await whatsappCaller(harness);
await withoutHourlyLimit(harness, caller.companyId);
const contact = await createContact(stranger.ctx, { name: "Foreign" });
await stranger.hears("Hello");
const conversation = await newestConversation(stranger);

type Method = "GET" | "POST" | "PUT" | "DELETE";
const ofOne: [Method, string, object?][] = [
  ["GET", "/api/crm/contacts/:contact"],
  ["PUT", "/api/crm/contacts/:contact", { notes: "x" }],
  ["DELETE", "/api/crm/contacts/:contact"],
  ["GET", "/api/crm/conversation/:conversation"],
  ["POST", "/api/crm/conversation/:conversation/close"],
  ["POST", "/api/crm/conversation/:conversation/reopen"],
  ["POST", "/api/crm/conversation/:conversation/read"],
  ["POST", "/api/crm/conversation/:conversation/reply", { text: "Hello" }],
];
const ofMany: [Method, string, object?][] = [
  ["GET", "/api/crm/dashboard"],
  ["GET", "/whatsapp/api/crm/contacts"],
  ["POST", "/whatsapp/api/crm/contacts", { name: "A" }],
  ["POST", "/api/crm/contacts/import", { contacts: [{ name: "A" }] }],
  ["GET", "/api/crm/conversations"],
  ["GET", "/api/crm/analytics"],
];
const afterSync = [...ofOne, ...ofMany].filter(([, url]) => url !== "/api/crm/dashboard");

const problem = (message: unknown = expect.any(String)) => ({
  success: false,
  message,
  request_id: expect.any(String),
});

function send(who: Caller, method: Method, url: string, body?: object) {
  if (method === "GET") return who.get(url);
  if (method === "PUT") return who.put(url, body);
  return method === "POST" ? who.post(url, body) : who.delete(url);
}

function filled(url: string, id: string | number): string {
  return url.replace(/:(contact|conversation)/, String(id));
}

describe("a row of another company", () => {
  test.each(ofOne)("is not there for %s %s", async (method, url, body) => {
    const id = url.includes(":contact") ? contact.id : conversation;
    const answer = await send(caller, method, filled(url, id), body);
    const entity = url.includes(":contact") ? "Contact" : "Conversation";
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual(problem(`${entity} not found`));
  });
});

describe("an id", () => {
  test.each(ofOne)("that is none is 400 for %s %s", async (method, url, body) => {
    for (const id of ["abc", "0", "-1", "1.5", "lead_1", "99999999999999999999", "%00", "1%20or%201=1"]) {
      const answer = await send(caller, method, filled(url, id), body);
      expect(answer).toMatchObject({ status: 400, body: problem() });
    }
  });

  test("is taken in every spelling of its own kind", async () => {
    for (const id of [contact.id, `contact_${contact.id}`, `contact_0${contact.id}`])
      expect((await stranger.get(`/api/crm/contacts/${id}`)).status).toBe(200);
    expect((await stranger.get(`/api/crm/conversation/conversation_${conversation}`)).status).toBe(200);
  });
});

describe("a caller", () => {
  test.each([...ofOne, ...ofMany])("without a token gets 401 for %s %s", async (method, url) => {
    for (const headers of [{}, { authorization: "Bearer nonsense" }]) {
      const answer = await answerOf(harness.app, { method, url: filled(url, 1), headers });
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual(problem("Unauthorized"));
    }
  });

  test.each([...ofOne, ...ofMany])("without a subscription gets 403 for %s %s", async (method, url, body) => {
    const lapsed = await whatsappCaller(harness);
    await setSubscription(lapsed.ctx, { status: "canceled" });
    const answer = await send(lapsed, method, filled(url, 1), body);
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual(problem("Subscription required"));
  });

  test("of the secretariat, or with a key that only reads, reads and does not write", async () => {
    const { companyId } = caller;
    const limited = [
      await whatsappCaller(harness, { companyId, role: "secretariat" }),
      await whatsappCaller(harness, { companyId, scopes: ["read"] }),
    ];
    for (const one of limited) {
      expect((await one.get("/api/crm/dashboard")).status).toBe(200);
      expect(await one.post("/whatsapp/api/crm/contacts", { name: "A" })).toMatchObject({
        status: 403,
        body: problem(),
      });
    }
  });

  test.each([
    ["/api/crm/dashboard", 100],
    ["/api/crm/analytics", 100],
    ["/api/crm/conversations", 500],
    ["/whatsapp/api/crm/contacts", 500],
    ["/api/crm/contacts?skip=0", 500],
    ["/api/crm/contacts", 500],
  ])("may ask %s so often in an hour: %d", async (url, limit) => {
    const one = await whatsappCaller(harness);
    const first = await one.get(url);
    const resource = /crm\/(\w+)/.exec(url)?.[1];
    expect(first.headers["ratelimit-policy"]).toMatch(
      new RegExp(`^"${resource}";q=${limit};w=3600, "default";q=\\d+;w=60$`),
    );
    expect(first.headers.ratelimit).toMatch(new RegExp(`^"${resource}";r=${limit - 1};t=\\d+, "default";`));
    await rows(harness.db, `update rate_limits set used = ${limit} where key like 'hour %of ${one.companyId}'`);
    let refused = await one.get(url);
    // A process takes a hundredth of the limit at a time.
    for (let left = limit / 100; left > 1; left -= 1) refused = await one.get(url);
    expect(refused).toMatchObject({
      status: 429,
      body: { success: false, message: expect.stringContaining("an hour") },
    });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.headers.ratelimit).toMatch(new RegExp(`^"${resource}";r=0;t=\\d+`));
    expect((await whatsappCaller(harness, { companyId: one.companyId }).then((other) => other.get(url))).status).toBe(
      200,
    );
  });

  test("of chatbot's parameters is not counted by the hour on the shared path", async () => {
    const { headers } = await caller.get("/api/crm/contacts?offset=0");
    expect(headers["ratelimit-policy"]).toMatch(/^"default"/);
  });
});

describe("a company whose number waits for the ids of WABA and business", async () => {
  const pending = await whatsappCaller(harness);
  await rows(
    harness.db,
    `insert into channel_accounts (company_id, provider, name, external_id, waba_id)
     values (${pending.companyId}, 'whatsapp_cloud', 'Number', '555', '1211735840550044')`,
  );

  test("sees on the dashboard how far it is", async () => {
    expect(await pending.get("/api/crm/dashboard")).toMatchObject({
      status: 200,
      body: {
        success: true,
        data: {
          account: { wabaId: "1211735840550044", businessId: null, syncStatus: "pending", lastSync: null },
          phoneNumbers: { total: 1 },
        },
      },
    });
  });

  test.each(afterSync)("gets 400 for %s %s", async (method, url, body) => {
    const answer = await send(pending, method, filled(url, 1), body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual(problem("WABA not fully synced"));
  });

  test("is served once both are known", async () => {
    await rows(harness.db, `update channel_accounts set business_id = '123456789' where external_id = '555'`);
    for (const url of ["/whatsapp/api/crm/contacts", "/api/crm/conversations", "/api/crm/analytics"])
      expect((await pending.get(url)).status).toBe(200);
    const account = { wabaId: "1211735840550044", businessId: "123456789", syncStatus: "synced" };
    expect(await pending.get("/api/crm/dashboard")).toMatchObject({ body: { data: { account } } });
  });
});

describe("a request that cannot be read", () => {
  const json = { "content-type": "application/json" };
  test.each([
    ["broken JSON", '{"name":', json, 400],
    ["text", "name=A", { "content-type": "text/plain" }, 415],
    ["a form", "name=A", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["a name that is a number", '{"name":1}', json, 400],
    ["a name of blanks", '{"name":" \\t ","phone":"+15550100777"}', json, 400],
    ["tags that are no list", '{"tags":"vip"}', json, 400],
    ["nothing to know the person by", "{}", json, 400],
    ["a phone that is none", '{"phone":"12"}', json, 400],
    ["an e-mail that is none", '{"email":"x"}', json, 400],
    ["an empty tag", '{"name":"A","tags":[" "]}', json, 400],
    ["a body too large", JSON.stringify({ notes: "x".repeat(1_100_000) }), json, 413],
  ])("for %s", async (_what, payload, headers, status) => {
    const { authorization } = await harness.headers("admin", caller.companyId).then((known) => ({ ...known }));
    const options = { method: "POST", url: "/whatsapp/api/crm/contacts", payload } as const;
    const answer = await answerOf(harness.app, {
      ...options,
      headers: { ...headers, authorization: authorization ?? "" },
    });
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual(problem());
  });

  test.each([
    "/api/crm/conversations?status=pending",
    "/api/crm/conversations?limit=-1",
    "/api/crm/conversations?limit=ten",
    "/api/crm/conversations?skip=-5",
    "/api/crm/conversations?skip=99999999999",
    "/api/crm/analytics?days=0",
    "/api/crm/analytics?days=x",
    "/api/crm/analytics?days=-30",
    "/whatsapp/api/crm/contacts?sort=password",
    "/whatsapp/api/crm/contacts?order=2",
  ])("is 400 for %s", async (url) => {
    expect(await caller.get(url)).toMatchObject({ status: 400, body: problem() });
  });

  test("a limit above the maximum is cut, and so is a period", async () => {
    expect(await caller.get("/api/crm/conversations?limit=5000")).toMatchObject({
      body: { pagination: { limit: 100 } },
    });
    expect(await caller.get("/whatsapp/api/crm/contacts?limit=0")).toMatchObject({
      body: { data: [], pagination: { pages: 0 } },
    });
    expect(await caller.get("/api/crm/analytics?days=100000")).toMatchObject({
      body: { data: { period: "Last 365 days" } },
    });
  });

  test("an unknown address below /whatsapp speaks this dialect", async () => {
    expect(await caller.get("/whatsapp/api/crm/nothing")).toMatchObject({ status: 404, body: problem() });
  });
});

describe("a duplicate", () => {
  test("is 400 and names who is there", async () => {
    const first = await caller.post("/whatsapp/api/crm/contacts", { name: "A", phone: "+919876543299" });
    expect(first.status).toBe(201);
    const spelled = await caller.post("/whatsapp/api/crm/contacts", { name: "B", phone: "+91 98765 43299" });
    expect(spelled).toMatchObject({
      status: 400,
      body: { success: false, existing_id: expect.stringMatching(/^\d+$/) },
    });
  });
});
