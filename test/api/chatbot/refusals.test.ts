import { describe, expect, test } from "vitest";
import { createApiKey } from "../../../server/domain/accounts/create-api-key.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { chatbotApp } from "./chatbot-app.ts";

const chatbot = await chatbotApp();
const caller = await chatbot.caller();
const stranger = await chatbot.caller();
const contact = await createContact(stranger.ctx, { name: "Foreign" });
const deal = await createDeal(stranger.ctx, { contactId: contact.id, title: "Foreign" });
const task = await createTask(stranger.ctx, { contactId: contact.id, title: "Foreign" });

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
const ofOne: [Method, string, object?][] = [
  ["GET", "/api/crm/contact/:contact"],
  ["PUT", "/api/crm/contact/:contact", { notes: "x" }],
  ["DELETE", "/api/crm/contact/:contact"],
  ["GET", "/api/crm/contact/:contact/deals"],
  ["GET", "/api/crm/contact/:contact/tasks"],
  ["GET", "/api/crm/contact/:contact/activities"],
  ["POST", "/api/crm/lead-score/:contact"],
  ["GET", "/api/crm/deal/:deal"],
  ["PUT", "/api/crm/deal/:deal", { title: "Mine" }],
  ["DELETE", "/api/crm/deal/:deal"],
  ["GET", "/api/crm/task/:task"],
  ["PUT", "/api/crm/task/:task", { title: "Mine" }],
  ["PUT", "/api/crm/task/:task", { status: "completed" }],
  ["POST", "/api/crm/task/:task/complete"],
  ["PATCH", "/api/crm/task/:task/complete"],
  ["DELETE", "/api/crm/task/:task"],
];
const ofMany: [Method, string, object?][] = [
  ["GET", "/chatbot/api/crm/contacts"],
  ["POST", "/chatbot/api/crm/contacts", { name: "A" }],
  ["GET", "/api/crm/contacts/search?q=a"],
  ["POST", "/api/crm/contact", { name: "A" }],
  ["GET", "/api/crm/deals"],
  ["POST", "/api/crm/deals", { contact_id: 1, title: "A" }],
  ["GET", "/api/crm/tasks"],
  ["POST", "/api/crm/tasks", { contact_id: 1, title: "A" }],
  ["POST", "/api/crm/activity", { contact_id: 1, activity_type: "call", title: "A" }],
];

function send(method: Method, url: string, body?: object) {
  switch (method) {
    case "GET":
      return caller.get(url);
    case "POST":
      return caller.post(url, body);
    case "PUT":
      return caller.put(url, body);
    case "PATCH":
      return caller.patch(url, body);
    case "DELETE":
      return caller.delete(url);
  }
}

const problem = { status: "error", message: expect.any(String), request_id: expect.any(String) };

describe("a row of another company", () => {
  const ids = { ":contact": contact.id, ":deal": deal.id, ":task": task.id };
  test.each(ofOne)("is not there for %s %s", async (method, url, body) => {
    const path = url.replace(/:(contact|deal|task)/, (word) =>
      String(Object.entries(ids).find(([name]) => name === word)?.[1]),
    );
    const answer = await send(method, path, body);
    expect(answer).toMatchObject({ status: 404, body: problem });
  });

  test("cannot be written about", async () => {
    const bodies: [string, object][] = [
      ["/api/crm/deals", { contact_id: contact.id, title: "A" }],
      ["/api/crm/tasks", { contact_id: contact.id, title: "A" }],
      ["/api/crm/tasks", { deal_id: deal.id, title: "A" }],
      ["/api/crm/activity", { contact_id: contact.id, activity_type: "call", title: "A" }],
    ];
    for (const [url, body] of bodies) expect((await caller.post(url, body)).status).toBe(404);
  });
});

describe("an id that is none", () => {
  const wrong = ["abc", "0", "-1", "1.5", "task_", "lead_1", "99999999999999999999", "%00", "1%20or%201=1"];
  test.each(ofOne)("is 400 for %s %s", async (method, url, body) => {
    for (const id of wrong) {
      const answer = await send(method, url.replace(/:(contact|deal|task)/, id), body);
      expect(answer).toMatchObject({ status: 400, body: problem });
    }
  });

  test("in the spelling of another kind is 400", async () => {
    expect((await caller.get("/api/crm/contact/deal_1")).status).toBe(400);
    expect((await caller.get("/api/crm/deals?contact_id=deal_1")).status).toBe(400);
  });

  test("that could be one, but is nobody's, is 404", async () => {
    expect((await caller.get("/api/crm/contact/contact_9007199254740991")).status).toBe(404);
  });
});

describe("a caller", () => {
  test.each([...ofOne, ...ofMany])("without a token gets 401 for %s %s", async (method, url) => {
    const path = url.replace(/:(contact|deal|task)/, "1");
    expect(await chatbot.anonymous({ method, url: path })).toMatchObject({ status: 401, body: problem });
    const headers = { authorization: "Bearer nonsense" };
    expect(await chatbot.anonymous({ method, url: path, headers })).toMatchObject({ status: 401, body: problem });
  });

  test("whose key may only read gets 403 for writing", async () => {
    const reader = await chatbot.caller(["read"]);
    expect((await reader.get("/api/crm/deals")).status).toBe(200);
    expect(await reader.post("/api/crm/contact", { name: "A" })).toMatchObject({ status: 403, body: problem });
  });

  test("is told the rate limit with every answer", async () => {
    const { headers } = await caller.get("/api/crm/deals");
    expect(headers["ratelimit-policy"]).toMatch(/q=\d+;w=60/);
    expect(headers.ratelimit).toMatch(/r=\d+;t=\d+/);
  });
});

describe("a request that cannot be read", () => {
  const token = { "content-type": "application/json" };
  test.each([
    ["broken JSON", '{"name":', token, 400],
    ["no JSON at all", "name=A", { "content-type": "text/plain" }, 415],
    ["a form", "name=A", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["a name of blanks", '{"name":" \\t ","phone_number":"+15550100777"}', token, 400],
    ["a poisoned prototype", '{"__proto__":{"admin":true},"name":"A"}', token, 201],
    ["a body too large", JSON.stringify({ notes: "x".repeat(1_100_000) }), token, 413],
  ])("for %s", async (_what, payload, headers, status) => {
    const { authorization } = await credentials();
    const options = {
      method: "POST",
      url: "/api/crm/contact",
      payload,
      headers: { ...headers, authorization },
    } as const;
    const answer = await chatbot.anonymous(options);
    expect(answer.status).toBe(status);
    if (status >= 400) expect(answer.body).toEqual(problem);
  });

  test("for an unknown address below /chatbot speaks this dialect", async () => {
    expect(await caller.get("/chatbot/api/crm/nothing")).toMatchObject({ status: 404, body: problem });
    expect(await caller.patch("/chatbot/api/crm/deals")).toMatchObject({ status: 404, body: problem });
  });
});

async function credentials(): Promise<{ authorization: string }> {
  const { key } = await createApiKey(caller.ctx, { name: "raw" });
  return { authorization: `Bearer ${key}` };
}
