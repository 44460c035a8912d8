import { describe, expect, test } from "vitest";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import type { Role } from "../../../server/domain/context.ts";
import { createLead } from "../../../server/domain/leads/create-lead.ts";
import { addContactTag } from "../../../server/domain/tags/contact-tag.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { personIn } from "../../factories/people.ts";
import { testApp } from "../../harness/test-app.ts";
import { type Caller, type Method, salespersonCaller } from "./salesperson-caller.ts";

const app = await testApp();
const me = await salespersonCaller(app);

async function everythingOf(owner: Caller) {
  const customer = await personIn(app.db, owner.companyId);
  return {
    customer,
    action: (await createTask(owner.ctx, { contactId: customer, title: "Foreign" })).id,
    communication: (await logActivity(owner.ctx, { contactId: customer, activityType: "call", title: "Foreign" })).id,
    lead: (await createLead(owner.ctx, { contactId: customer })).id,
    customerTag: (await addContactTag(owner.ctx, customer, { name: "VIP" })).tag.id,
  };
}

const mine = await everythingOf(me);
const stranger = await everythingOf(await salespersonCaller(app));

type Route = [Method, string, object?];

const ofOne: Route[] = [
  ["GET", "/crm/customers/:customer/record"],
  ["PUT", "/crm/customers/:customer/record", { notes: "x" }],
  ["GET", "/crm/customers/:customer/communications"],
  ["POST", "/crm/customers/:customer/tags", { tagId: "VIP" }],
  ["PUT", "/crm/actions/:action", { title: "x" }],
  ["PATCH", "/crm/actions/:action", { status: "pending" }],
  ["PUT", "/crm/communications/:communication", { notes: "x" }],
  ["PATCH", "/crm/communications/:communication", { notes: "x" }],
  ["PATCH", "/crm/leads/:lead", { notes: "x" }],
  ["PUT", "/crm/leads/:lead", { status: "lost" }],
  ["DELETE", "/crm/customer-tags/:customerTag"],
];

const ofMany: Route[] = [
  ["POST", "/crm/communications", { customerId: mine.customer, type: "call" }],
  ["POST", "/crm/actions", { customerId: mine.customer, actionType: "other", title: "x" }],
  ["GET", "/crm/actions"],
  ["GET", "/crm/actions/pending"],
  ["GET", "/crm/tags/VIP/customers"],
  ["GET", "/crm/customers/repeat"],
  ["GET", "/crm/customers/follow-up"],
  ["POST", "/crm/leads", { firstName: "A" }],
  ["GET", "/crm/leads"],
  ["GET", "/crm/analytics/salesperson"],
];

function at(url: string, ids: Record<string, number>): string {
  return url.replace(/:(\w+)/, (_all, name) => String(ids[name]));
}

const refusal = (statusCode: number, message: unknown = expect.any(String)) => ({
  status: statusCode,
  body: { statusCode, message, error: expect.any(String), request_id: expect.any(String) },
});

describe("a row of another company", () => {
  test.each(ofOne)("is not there for %s %s", async (method, url, body) => {
    expect(await me.send(method, at(url, stranger), body)).toMatchObject(refusal(404));
  });

  test("cannot be written about", async () => {
    const { customer, lead } = stranger;
    const bodies: [string, object][] = [
      ["/crm/communications", { customerId: customer, type: "call" }],
      ["/crm/actions", { customerId: customer, actionType: "other", title: "x" }],
      ["/crm/actions", { customerId: mine.customer, relatedLeadId: lead, actionType: "other", title: "x" }],
      ["/crm/leads", { customerId: customer }],
    ];
    for (const [url, body] of bodies) expect(await me.post(url, body)).toMatchObject(refusal(404));
    expect((await me.get(`/crm/actions?customerId=${customer}`)).body).toEqual([]);
  });
});

describe("whoever does not sign in", () => {
  test.each([...ofOne, ...ofMany])("is refused %s %s", async (method, url, body) => {
    const answer = await app.app.inject({ method, url: at(url, mine), ...(body ? { payload: body } : {}) });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ statusCode: 401, message: "Unauthorized", error: "Unauthorized" });
  });
});

describe("roles", () => {
  const closed = [
    "PUT /crm/customers/:customer/record",
    "POST /crm/customers/:customer/tags",
    "DELETE /crm/customer-tags/:customerTag",
    "GET /crm/tags/VIP/customers",
    "GET /crm/customers/repeat",
    "GET /crm/analytics/salesperson",
  ];

  test.each([...ofOne, ...ofMany])("the secretariat's %s %s", async (method, url, body) => {
    const secretary = await salespersonCaller(app, "secretariat", me.companyId);
    const { status } = await secretary.send(method, at(url, mine), body);
    if (closed.includes(`${method} ${url}`)) expect(status).toBe(403);
    else expect([200, 201]).toContain(status === 400 && url === "/crm/leads" ? 201 : status);
  });

  test("salespeople see their own actions, customers and figures, managers and admins all", async () => {
    const boss = await salespersonCaller(app, "admin");
    const [ana, ben] = [
      await salespersonCaller(app, "salesperson", boss.companyId),
      await salespersonCaller(app, "salesperson", boss.companyId),
    ];
    for (const { userId } of [ana, ben]) {
      const customerId = await personIn(app.db, boss.companyId);
      await boss.put(`/crm/customers/${customerId}/record`, { assignedSalesId: userId });
      const action = { customerId, actionType: "phone_call", title: "Call" };
      // Whoever writes for others means whose customer it is.
      expect((await boss.post("/crm/actions", action)).body.assignedSalesId).toBe(String(userId));
    }
    const seen = async (who: Caller, query = "") => [
      (await who.get(`/crm/actions${query}`)).body.length,
      (await who.get(`/crm/actions/pending${query}`)).body.length,
      (await who.get(`/crm/customers/follow-up${query}`)).body.length,
      (await who.get(`/crm/analytics/salesperson${query}`)).body.actions.total,
    ];
    expect(await seen(ana)).toEqual([1, 1, 1, 1]);
    expect(await seen(ana, `?assignedSalesId=${ben.userId}`)).toEqual([1, 1, 1, 1]);
    expect((await ana.get("/crm/actions")).body[0].assignedSalesId).toBe(String(ana.userId));
    const roles: Role[] = ["manager", "admin", "secretariat"];
    for (const role of roles) {
      const who = await salespersonCaller(app, role, boss.companyId);
      expect((await who.get("/crm/actions")).body).toHaveLength(2);
    }
    expect(await seen(boss)).toEqual([2, 2, 2, 2]);
    expect(await seen(boss, `?assignedSalesId=${ben.userId}`)).toEqual([1, 1, 1, 1]);
  });
});

describe("bad input", () => {
  const bad: Route[] = [
    ["POST", "/crm/communications", {}],
    ["POST", "/crm/communications", { customerId: mine.customer, type: "letter" }],
    ["POST", "/crm/communications", { customerId: mine.customer, type: "call", direction: "sideways" }],
    ["POST", "/crm/communications", { customerId: mine.customer, type: "call", durationSeconds: -1 }],
    ["POST", "/crm/communications", { customerId: mine.customer, type: "call", scheduledAt: "soon" }],
    ["POST", "/crm/communications", { customerId: "me", type: "call" }],
    ["POST", "/crm/communications", { customerId: mine.customer, type: "call", recordingUrl: "javascript:alert(1)" }],
    ["POST", "/crm/communications", []],
    ["POST", "/crm/actions", { customerId: mine.customer, actionType: "dance", title: "x" }],
    ["POST", "/crm/actions", { customerId: mine.customer, actionType: "other", title: " " }],
    ["POST", "/crm/actions", { customerId: mine.customer, actionType: "other", title: "x", dueDate: "2024-02-30" }],
    ["POST", "/crm/actions", { customerId: mine.customer, actionType: "other", title: "x", metadata: [] }],
    ["PUT", "/crm/actions/x", { title: "x" }],
    ["PUT", `/crm/actions/${mine.action}`, { status: "done" }],
    ["GET", "/crm/actions?status=backlog"],
    ["GET", "/crm/actions?limit=0"],
    ["GET", "/crm/actions?limit=-1"],
    ["GET", "/crm/actions?limit=many"],
    ["GET", "/crm/actions?page=0"],
    ["GET", "/crm/actions?page=99999999999"],
    ["GET", "/crm/actions?customerId=x"],
    ["GET", "/crm/customers/follow-up?daysThreshold=-1"],
    ["GET", "/crm/customers/follow-up?daysThreshold=x"],
    ["GET", `/crm/customers/${mine.customer}/communications?type=letter`],
    ["GET", `/crm/customers/${mine.customer}/communications?startDate=yesterday`],
    ["GET", `/crm/customers/${mine.customer}/communications?startDate=2024-02-02&endDate=2024-02-01`],
    ["GET", "/crm/customers/abc/record"],
    ["PUT", `/crm/customers/${mine.customer}/record`, { customerStatus: "dead" }],
    ["PUT", `/crm/customers/${mine.customer}/record`, { preferences: "morning" }],
    ["POST", `/crm/customers/${mine.customer}/tags`, {}],
    ["POST", `/crm/customers/${mine.customer}/tags`, { tagId: " " }],
    ["POST", "/crm/leads", {}],
    ["POST", "/crm/leads", { firstName: "A", status: "asleep" }],
    ["POST", "/crm/leads", { firstName: "A", estimatedValue: -1 }],
    ["POST", "/crm/leads", { firstName: "A", phone: "12" }],
    ["GET", "/crm/leads?status=asleep"],
    ["GET", "/crm/analytics/salesperson?startDate=x"],
    ["GET", "/crm/analytics/salesperson?startDate=2024-02-02&endDate=2024-02-01"],
  ];
  test.each(bad)("%s %s %j is told in an array", async (method, url, body) => {
    const answer = await me.send(method, url, body);
    expect(answer).toMatchObject(refusal(400, expect.any(Array)));
    expect(answer.body.error).toBe("Bad Request");
  });

  test.each<[string, object, string]>([
    ["/crm/communications", { customerId: mine.customer, type: "call", subject: "s".repeat(501) }, "subject"],
    ["/crm/communications", { customerId: mine.customer, type: "call", durationSeconds: 1e15 }, "durationSeconds"],
    ["/crm/communications", { customerId: mine.customer, type: "call", from: 5 }, "from"],
    ["/crm/actions", { customerId: mine.customer, actionType: "other", title: "x", description: 5 }, "description"],
  ])("to %s with %o is told in the words of the body", async (url, body, field) => {
    expect((await me.post(url, body)).body.message).toEqual([expect.stringMatching(new RegExp(`^${field} must`))]);
  });

  test("broken JSON and other types of content are refused in the same shape", async () => {
    const headers = await app.headers("admin", me.companyId);
    const send = (payload: string, type: string) =>
      app.app.inject({ method: "POST", url: "/crm/leads", payload, headers: { ...headers, "content-type": type } });
    const broken = await send("{", "application/json");
    expect([broken.statusCode, broken.json()]).toMatchObject([400, { statusCode: 400, error: "Bad Request" }]);
    const other = await send("<a/>", "text/xml");
    expect([other.statusCode, other.json()]).toMatchObject([415, { statusCode: 415 }]);
  });

  test("an unknown path below /crm is told in this dialect", async () => {
    for (const url of ["/crm/nothing", "/salesperson/crm/nothing", "/salesperson/nothing"])
      expect(await me.get(url)).toMatchObject(refusal(404));
  });

  test("a tag and a lead that are not there", async () => {
    expect(await me.get("/crm/tags/999999/customers")).toMatchObject(refusal(404, "Tag not found"));
    expect(await me.get("/crm/tags/nobody/customers")).toMatchObject(refusal(404, "Tag not found"));
    expect(await me.patch("/crm/leads/LEAD-999", {})).toMatchObject(refusal(404, "Lead not found"));
    expect(await me.get("/crm/customers/999999/record")).toMatchObject(refusal(404, "Customer not found"));
  });
});
