import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { completeTask } from "../../../server/domain/tasks/update-task.ts";
import { personIn } from "../../factories/people.ts";
import { testApp } from "../../harness/test-app.ts";
import { salespersonCaller } from "./salesperson-caller.ts";

const app = await testApp();

async function somebody() {
  const me = await salespersonCaller(app);
  return { me, id: String(await personIn(app.db, me.companyId)) };
}

const titlesOf = (list: { title: string }[]) => list.map(({ title }) => title);

describe("actions", () => {
  test("come by due date, in every state, with those without one last", async () => {
    const { me, id } = await somebody();
    const make = (title: string, fields: object = {}) =>
      me.post("/crm/actions", { customerId: id, actionType: "phone_call", title, ...fields });
    await make("never");
    await make("late", { dueDate: "2024-01-02T00:00:00Z", priority: "urgent" });
    const done = (await make("done", { dueDate: "2024-01-01T00:00:00Z", status: "completed" })).body;
    expect(done.completedAt).not.toBeNull();
    await make("missed", { dueDate: "2024-01-03T00:00:00Z", status: "missed" });
    await make("cancelled", { dueDate: "2999-01-01", status: "cancelled" });
    await make("soon", { dueDate: "2999-01-02" });
    const list = async (query = "") => titlesOf((await me.get(`/crm/actions${query}`)).body);
    expect(await list()).toEqual(["done", "late", "missed", "cancelled", "soon", "never"]);
    expect(await list("?status=pending")).toEqual(["late", "soon", "never"]);
    expect(await list("?status=overdue")).toEqual(["late"]);
    expect(await list("?status=completed")).toEqual(["done"]);
    expect(await list(`?priority=urgent&customerId=contact_${id}`)).toEqual(["late"]);
    expect(await list("?search=SOON")).toEqual(["soon"]);
    const pending = (await me.get("/crm/actions/pending")).body;
    expect(titlesOf(pending)).toEqual(["late", "soon", "never"]);
    expect(pending).toMatchObject([
      { overdue: true, dueInSeconds: expect.any(Number), ageSeconds: expect.any(Number), status: "pending" },
      { overdue: false },
      { overdue: false, dueInSeconds: null },
    ]);
    expect(pending[0].dueInSeconds).toBeLessThan(0);
    expect(pending[1].dueInSeconds).toBeGreaterThan(0);
  });

  test("of somebody else are neither listed for a salesperson nor theirs to change", async () => {
    const { me, id } = await somebody();
    const [one, other] = await Promise.all(
      ["one", "other"].map(() => salespersonCaller(app, "salesperson", me.companyId)),
    );
    if (!one || !other) throw new Error("two salespeople are needed");
    const { body: action } = await one.post("/crm/actions", {
      customerId: id,
      actionType: "phone_call",
      title: "Call",
    });
    expect((await other.get("/crm/actions")).body).toEqual([]);
    for (const method of ["PUT", "PATCH"] as const)
      expect((await other.send(method, `/crm/actions/${action.id}`, { title: "Mine" })).status).toBe(404);
    expect((await one.put(`/crm/actions/${action.id}`, { title: "Call again" })).body).toMatchObject({
      title: "Call again",
    });
    expect((await me.put(`/crm/actions/${action.id}`, { status: "completed" })).status).toBe(200);
  });

  test("have defaults, keep what they are about, and reopen and complete once", async () => {
    const { me, id } = await somebody();
    const lead = (await me.post("/crm/leads", { customerId: id })).body;
    const action = await me.post("/crm/actions", {
      customerId: id,
      actionType: "email_sent",
      title: "Offer",
      relatedLeadId: lead.leadId,
      metadata: { callOutcome: "interested" },
    });
    expect(action.body).toMatchObject({
      status: "pending",
      priority: "medium",
      relatedLeadId: lead.id,
      relatedAppointmentId: null,
      metadata: { callOutcome: "interested" },
      customer: { id, name: "Ana" },
    });
    const url = `/crm/actions/task_${action.body.id}`;
    expect((await me.patch(url, { status: "pending" })).body.status).toBe("pending");
    const first = (await me.put(url, { status: "completed" })).body.completedAt;
    expect((await me.put(url, { status: "completed", title: "Offer sent" })).body.completedAt).toBe(first);
    expect((await me.put(url, { status: "pending" })).body).toMatchObject({ status: "pending", completedAt: null });
  });

  test("tell pages and totals in headers", async () => {
    const { me, id } = await somebody();
    for (const title of ["a", "b", "c"]) await me.post("/crm/actions", { customerId: id, actionType: "other", title });
    const whole = await me.get("/crm/actions");
    expect([whole.headers["x-total-count"], whole.headers.link]).toEqual(["3", undefined]);
    const first = await me.get("/crm/actions?limit=2&status=pending");
    expect(titlesOf(first.body)).toEqual(["a", "b"]);
    expect([first.headers["x-total-count"], first.headers.link]).toEqual([
      undefined,
      '</crm/actions?limit=2&status=pending&page=2>; rel="next"',
    ]);
    expect((await me.get("/crm/actions?limit=2&status=pending&page=1")).headers["x-total-count"]).toBe("3");
    const second = await me.get("/crm/actions?limit=2&status=pending&page=2");
    expect(titlesOf(second.body)).toEqual(["c"]);
    expect(second.headers).toMatchObject({
      "x-total-count": "3",
      link: '</crm/actions?limit=2&status=pending&page=1>; rel="prev"',
    });
    expect((await me.get("/crm/actions?limit=100000")).body).toHaveLength(3);
  });
});

describe("what is done here", () => {
  test("shows on the other surfaces, and what is done there shows here", async () => {
    const me = await salespersonCaller(app);
    const person = await createContact(me.ctx, { name: "Nora", stage: "new" });
    const id = String(person.id);
    const call = (await me.post("/crm/communications", { customerId: id, type: "call", durationSeconds: 90 })).body;
    await me.post("/crm/communications", { customerId: id, type: "note", notes: "Likes tea" });
    const action = (await me.post("/crm/actions", { customerId: id, actionType: "follow_up", title: "Ask" })).body;
    await me.post(`/crm/customers/${id}/tags`, { tagId: "vip-tag-id" });

    const chatbot = (await me.get(`/chatbot/api/crm/contact/contact_${id}/activities`)).body.data;
    expect(chatbot).toMatchObject([{ id: `activity_${call.id}`, activity_type: "call", duration_minutes: 1.5 }]);
    const tasks = (await me.get(`/chatbot/api/crm/contact/contact_${id}/tasks`)).body.data;
    expect(tasks).toMatchObject([{ id: `task_${action.id}`, title: "Ask", status: "pending" }]);
    const own = (await me.get(`/v1/contacts/${id}/communications`)).body.data;
    expect(own).toMatchObject([
      { type: "note", text: null, title: "Likes tea" },
      { id: Number(call.id), type: "call" },
    ]);
    expect((await me.get(`/v1/notes?contact_id=${id}`)).body.data).toMatchObject([{ body: "Likes tea" }]);
    expect((await me.get("/v1/calls")).body.data).toMatchObject([{ id: Number(call.id), duration_seconds: 90 }]);

    await me.post("/chatbot/api/crm/activity", { contact_id: id, activity_type: "demo", title: "Shown" });
    await me.post("/v1/calls", { contact_id: person.id, direction: "missed", status: "missed", phone: "+49 30 1" });
    await completeTask(me.ctx, Number(action.id));
    const file = (await me.get(`/crm/customers/${id}/record`)).body;
    expect(file.communications).toMatchObject([
      { type: "call", direction: "missed", phone: "+49 30 1" },
      { type: "meeting", subject: "Shown" },
      { type: "note" },
      { type: "call" },
    ]);
    expect(file.actions).toMatchObject([{ id: action.id, status: "completed" }]);
    expect(file.tags).toMatchObject([{ name: "VIP" }]);
  });

  test("is one lead, whose word moves the person through the funnel", async () => {
    const { me, id } = await somebody();
    const lead = (await me.post("/crm/leads", { customerId: id, source: "walk_in", status: "follow_up" })).body;
    expect(lead).toMatchObject({
      status: "contacted",
      source: "walk_in",
      customerId: id,
      firstName: expect.any(String),
    });
    const url = `/crm/leads/${lead.id}`;
    expect((await me.put(url, { status: "appointment_scheduled" })).body.status).toBe("qualified");
    expect((await me.get(`/v1/leads/${lead.id}`)).body.stage).toBe("qualified");
    expect((await me.patch(url, { status: "converted" })).body.status).toBe("converted");
    expect((await me.get(`/crm/customers/${id}/record`)).body.record.customerStatus).toBe("active");
    expect((await me.get("/crm/leads?status=converted")).body).toHaveLength(1);
  });

  test("stands below both prefixes", async () => {
    const { me, id } = await somebody();
    for (const prefix of ["/salesperson/crm", "/salesperson/api/crm", "/crm"])
      expect((await me.get(`${prefix}/customers/${id}/record/`)).status).toBe(200);
  });
});
