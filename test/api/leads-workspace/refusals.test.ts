import { describe, expect, test } from "vitest";
import { type Caller, workspaceApp } from "./workspace-app.ts";

const { app, signedIn } = await workspaceApp();
const url = "/api/crm/leads";

type Call = (who: Pick<Caller, "get" | "post" | "put" | "delete">, lead: string) => ReturnType<Caller["get"]>;

/** All of the document's endpoints. */
const endpoints: [string, Call][] = [
  ["GET /leads", (who) => who.get(url)],
  ["GET /leads/{id}", (who, lead) => who.get(`${url}/${lead}`)],
  ["POST /leads", (who) => who.post(url, { firstName: "Ana" })],
  ["PUT /leads/{id}", (who, lead) => who.put(`${url}/${lead}`, { territory: "EU" })],
  ["PUT /leads/{id}/status", (who, lead) => who.put(`${url}/${lead}/status?status=Contacted`)],
  ["DELETE /leads/{id}", (who, lead) => who.delete(`${url}/${lead}`)],
  ["GET /leads/{id}/emails", (who, lead) => who.get(`${url}/${lead}/emails`)],
  [
    "POST /leads/{id}/emails",
    (who, lead) => who.post(`${url}/${lead}/emails`, { to: "a@example.test", subject: "S", body: "B" }),
  ],
  ["GET /leads/{id}/calls", (who, lead) => who.get(`${url}/${lead}/calls`)],
  ["POST /leads/{id}/calls", (who, lead) => who.post(`${url}/${lead}/calls`, { duration: 1 })],
  ["GET /leads/{id}/tasks", (who, lead) => who.get(`${url}/${lead}/tasks`)],
  ["POST /leads/{id}/tasks", (who, lead) => who.post(`${url}/${lead}/tasks`, { title: "T" })],
  ["PUT /tasks/{id}", (who, task) => who.put(`/api/crm/tasks/${task}`, { title: "T" })],
  ["GET /leads/{id}/notes", (who, lead) => who.get(`${url}/${lead}/notes`)],
  ["POST /leads/{id}/notes", (who, lead) => who.post(`${url}/${lead}/notes`, { content: "C" })],
  ["POST /leads/{id}/convert-to-deal", (who, lead) => who.post(`${url}/${lead}/convert-to-deal`, {})],
];
const ofOne = endpoints.filter(([name]) => name.includes("{id}"));

const nobody = {
  get: (address: string) => app.inject({ method: "GET", url: address }),
  post: (address: string, body?: unknown) => sendAnonymously("POST", address, body),
  put: (address: string, body?: unknown) => sendAnonymously("PUT", address, body),
  delete: (address: string) => app.inject({ method: "DELETE", url: address }),
};

function sendAnonymously(method: "POST" | "PUT", address: string, body: unknown) {
  const headers = { "content-type": "application/json" };
  return app.inject({ method, url: address, headers, payload: JSON.stringify(body ?? {}) });
}

describe("who may", () => {
  test.each(endpoints)("%s wants to know who asks", async (_name, call) => {
    const answer = await call(nobody, "1");
    expect([answer.statusCode, answer.json()]).toEqual([
      401,
      { detail: expect.any(String), request_id: expect.any(String) },
    ]);
  });

  test.each(["salesperson", "secretariat"] as const)("a %s is refused everywhere", async (role) => {
    const me = await signedIn(role);
    for (const [name, call] of endpoints) {
      const answer = await call(me, "1");
      expect([name, answer.statusCode, answer.json().detail]).toEqual([name, 403, "Admin access required"]);
    }
  });

  test("a manager may as an admin may", async () => {
    const me = await signedIn("manager");
    const { lead_id } = await me.lead();
    expect((await me.get(`${url}/${lead_id}`)).statusCode).toBe(200);
  });
});

describe("what is not there", () => {
  test.each(ofOne)("%s gives 404 for another company's id, and for none", async (_name, call) => {
    const [mine, theirs] = [await signedIn(), await signedIn()];
    const lead = await theirs.lead({ email: "a@example.test" });
    const task = (await theirs.post(`${url}/${lead.lead_id}/tasks`, { title: "T" })).json();
    const foreign = _name.includes("/tasks/{id}") ? task.id : lead.id;
    for (const id of [foreign, "999999999"]) {
      const answer = await call(mine, id);
      expect([answer.statusCode, Object.keys(answer.json())]).toEqual([404, ["detail", "request_id"]]);
    }
    expect((await theirs.get(`${url}/${lead.id}`)).json()).toMatchObject({
      activitiesCount: 2,
      territory: "",
      status: "New",
    });
  });

  test.each(["LEAD-999", "LEAD-", "abc", "-1", "0", "'; drop table leads", "9007199254740993", "%00"])(
    "a lead called %s is not found",
    async (id) => {
      const me = await signedIn();
      expect((await me.get(`${url}/${encodeURIComponent(id)}`)).statusCode).toBe(404);
    },
  );
});

describe("a bad request", () => {
  test.each([
    ["nobody", {}, ["body", "firstName"]],
    ["a wrong e-mail", { firstName: "A", email: "nonsense" }, ["body", "email"]],
    ["a wrong phone", { firstName: "A", mobile: "call me" }, ["body", "mobile"]],
    ["a wrong status", { firstName: "A", status: "Hot" }, ["body", "status"]],
    ["a number for a name", { firstName: 7 }, ["body", "firstName"]],
    ["a revenue in words", { firstName: "A", annualRevenue: "a lot" }, ["body", "annualRevenue"]],
    ["a revenue beyond all numbers", '{"firstName":"A","annualRevenue":1e400}', ["body", "annualRevenue"]],
    ["an owner who is not there", { firstName: "A", leadOwner: 999_999 }, ["body", "leadOwner"]],
  ])("to create a lead with %s is told where", async (_name, body, loc) => {
    const me = await signedIn();
    const payload = typeof body === "string" ? body : JSON.stringify(body);
    const headers = { cookie: me.cookie, "content-type": "application/json" };
    const answer = await app.inject({ method: "POST", url, payload, headers });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().detail).toEqual([{ loc, msg: expect.any(String), type: expect.any(String) }]);
  });

  test("says what is missing as FastAPI does", async () => {
    const me = await signedIn();
    const { lead_id } = await me.lead();
    const missing = (loc: string[]) => [{ loc, msg: "Field required", type: "missing" }];
    expect((await me.post(`${url}/${lead_id}/notes`, {})).json().detail).toEqual(missing(["body", "content"]));
    expect((await me.post(`${url}/${lead_id}/tasks`, {})).json().detail).toEqual(missing(["body", "title"]));
    expect((await me.put(`${url}/${lead_id}/status`)).json().detail).toEqual(missing(["query", "status"]));
  });

  test.each(["page=0", "page=x", "limit=-1", "limit=x", "status=Hot"])("with ?%s is refused", async (query) => {
    const me = await signedIn();
    const answer = await me.get(`${url}?${query}`);
    expect([answer.statusCode, answer.json().detail[0].loc]).toEqual([422, ["query", query.split("=")[0]]]);
  });

  test.each([
    ["tasks", { title: "" }],
    ["tasks", { title: "T", status: "Someday" }],
    ["tasks", { title: "T", priority: "high" }],
    ["tasks", { title: "T", dueDate: "tomorrow" }],
    ["notes", { content: "  " }],
    ["calls", { duration: -1 }],
    ["calls", { type: "Smoke signal" }],
    ["calls", { recordingUrl: "javascript:alert(1)" }],
    ["emails", { subject: "S", body: "B", to: "nonsense" }],
    ["emails", { subject: "S" }],
    ["convert-to-deal", { useExistingContact: true, contactId: "abc" }],
    ["convert-to-deal", { useExistingOrg: true, organizationId: 999_999 }],
    ["convert-to-deal", { useExistingOrg: true }],
    ["convert-to-deal", { useExistingOrg: true, organizationId: "" }],
    ["convert-to-deal", { value: "a lot" }],
  ])("to %s with %o is a 422 and changes nothing", async (what, body) => {
    const me = await signedIn();
    const { lead_id } = await me.lead({ email: "a@example.test" });
    expect((await me.post(`${url}/${lead_id}/${what}`, body)).statusCode).toBe(422);
    expect((await me.get(`${url}/${lead_id}`)).json()).toMatchObject({ activitiesCount: 1, convertedToDeal: false });
  });

  test.each([
    ["tasks", { title: "T", assignedTo: 999_999 }, "assignedTo"],
    ["tasks", { title: "T", assignedTo: "9".repeat(30) }, "assignedTo"],
    ["calls", { phone: "1".repeat(200) }, "phone"],
    ["calls", { phone: 5 }, "phone"],
    ["notes", { content: " " }, "content"],
  ])("to %s with %o is told where in the words of the body", async (what, body, field) => {
    const me = await signedIn();
    const { lead_id } = await me.lead();
    const [problem, ...more] = (await me.post(`${url}/${lead_id}/${what}`, body)).json().detail;
    expect([problem.loc, more]).toEqual([["body", field], []]);
  });

  test("to leave nothing of a person to call or to write to is refused, as creating such a one is", async () => {
    const me = await signedIn();
    const { lead_id } = await me.lead({ email: "a@example.test" });
    const answer = await me.put(`${url}/${lead_id}`, { firstName: "", lastName: null, email: "" });
    expect([answer.statusCode, answer.json().detail[0].loc]).toEqual([422, ["body", "firstName"]]);
    expect((await me.put(`${url}/${lead_id}`, { firstName: "", lastName: "" })).statusCode).toBe(200);
  });

  test("for a task that no id can name is told that it is the path", async () => {
    const me = await signedIn();
    const answer = await me.put("/api/crm/tasks/abc", { title: "T" });
    expect([answer.statusCode, answer.json().detail[0].loc]).toEqual([422, ["path", "task_id"]]);
  });

  test.each(["leadId", "lead_id"])(
    "whose body names another lead by %s is refused, the same lead is not",
    async (field) => {
      const me = await signedIn();
      const { id, lead_id } = await me.lead();
      const other = await me.lead({ firstName: "Bo" });
      for (const said of [lead_id, id, Number(id), `lead_${id}`, null])
        expect((await me.post(`${url}/${lead_id}/notes`, { content: "C", [field]: said })).statusCode).toBe(200);
      for (const said of [other.lead_id, other.id, "nonsense"]) {
        const answer = await me.post(`${url}/${lead_id}/notes`, { content: "C", [field]: said });
        expect([answer.statusCode, answer.json().detail[0].loc]).toEqual([422, ["body", field]]);
      }
    },
  );

  test.each([
    ["broken JSON", "{", "application/json", 422],
    ["a list", "[]", "application/json", 422],
    ["a text", '"x"', "application/json", 422],
    ["null", "null", "application/json", 422],
    ["a form", "firstName=Ana", "application/x-www-form-urlencoded", 415],
    ["nothing", "", "application/json", 422],
  ])("that is %s is answered in this surface's words", async (_name, payload, type, status) => {
    const me = await signedIn();
    const answer = await app.inject({
      method: "POST",
      url,
      payload,
      headers: { "content-type": type, cookie: me.cookie },
    });
    expect([answer.statusCode, Object.keys(answer.json())]).toEqual([status, ["detail", "request_id"]]);
  });

  test("that is too large is refused", async () => {
    const me = await signedIn();
    expect((await me.post(url, { firstName: "x".repeat(2_000_000) })).statusCode).toBe(413);
  });
});

test("who has an open lead is refused with its code", async () => {
  const me = await signedIn();
  await me.lead({ email: "a@example.test" });
  const answer = await me.post(url, { firstName: "Again", email: "A@example.test" });
  expect([answer.statusCode, answer.json().detail]).toEqual([409, "This person has an open lead already: LEAD-001."]);
});
