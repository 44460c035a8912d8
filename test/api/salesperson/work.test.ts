import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { completeTask } from "../../../server/domain/tasks/update-task.ts";
import { personIn } from "../../factories/people.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { rows } from "../../harness/rows.ts";
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
    expect(await list("?status=overdue")).toEqual(["late", "missed"]);
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
    expect(first.headers).toMatchObject({
      "x-total-count": "3",
      link: '</crm/actions?limit=2&status=pending&page=2>; rel="next"',
    });
    const second = await me.get("/crm/actions?limit=2&status=pending&page=2");
    expect(titlesOf(second.body)).toEqual(["c"]);
    expect(second.headers).toMatchObject({
      "x-total-count": "3",
      link: '</crm/actions?limit=2&status=pending&page=1>; rel="prev"',
    });
    expect((await me.get("/crm/actions?limit=100000")).body).toHaveLength(3);
  });
});

describe("communications", () => {
  test("are planned, moved, completed and cancelled", async () => {
    const { me, id } = await somebody();
    const plan = { customerId: id, type: "meeting", status: "scheduled", scheduledAt: "2999-01-01T10:00:00Z" };
    const meeting = (await me.post("/crm/communications", plan)).body;
    expect(meeting).toMatchObject({ ...plan, subject: "Meeting", direction: "outgoing" });
    const url = `/crm/communications/${meeting.id}`;
    expect((await me.patch(url, { scheduledAt: "2999-02-01T10:00:00Z" })).body.scheduledAt).toBe(
      "2999-02-01T10:00:00Z",
    );
    expect((await me.put(url, { status: "completed", durationSeconds: 1800 })).body).toMatchObject({
      status: "completed",
      durationSeconds: 1800,
    });
    expect((await me.patch(url, { status: "cancelled" })).body.status).toBe("cancelled");
  });

  test("are listed newest first by type and by days, the last one included", async () => {
    const { me, id } = await somebody();
    for (const [type, day] of [
      ["call", "01"],
      ["email", "02"],
      ["note", "03"],
    ])
      await me.post("/crm/communications", {
        customerId: id,
        type,
        subject: day,
        occurredAt: `2026-02-${day}T23:30:00Z`,
      });
    const list = async (query = "") =>
      (await me.get(`/crm/customers/${id}/communications${query}`)).body.map((one: { subject: string }) => one.subject);
    expect(await list()).toEqual(["03", "02", "01"]);
    expect(await list("?type=call")).toEqual(["01"]);
    expect(await list("?startDate=2026-02-02&endDate=2026-02-02")).toEqual(["02"]);
    expect(await list("?endDate=2026-02-02T23:29:59Z")).toEqual(["01"]);
    expect(await list("?limit=1&page=2")).toEqual(["02"]);
  });

  test("of a note give back what it says, with or without a subject", async () => {
    const { me, id } = await somebody();
    const note = { customerId: id, type: "note" };
    const bare = await me.post("/crm/communications", { ...note, notes: "Likes tea" });
    expect([bare.status, bare.body]).toMatchObject([201, { subject: "Likes tea", notes: "Likes tea" }]);
    await me.post("/crm/communications", { ...note, subject: "Drinks", notes: "Likes tea" });
    expect((await me.get(`/crm/customers/${id}/communications`)).body).toMatchObject([
      { subject: "Drinks", notes: "Likes tea" },
      { subject: "Likes tea", notes: "Likes tea" },
    ]);
  });

  test("that were missed by their direction or by their status were missed by both", async () => {
    const { me, id } = await somebody();
    for (const said of [{ direction: "missed" }, { status: "missed" }])
      expect((await me.post("/crm/communications", { customerId: id, type: "call", ...said })).body).toMatchObject({
        direction: "missed",
        status: "missed",
      });
    expect((await me.get("/crm/analytics/salesperson")).body.communications).toMatchObject({
      calls: 2,
      missedCalls: 2,
    });
  });

  test("and tags say at once who wrote them, by the mail address where no name is known", async () => {
    const { me, id } = await somebody();
    await rows(app.db, `update users set first_name = '', last_name = '' where id = ${me.userId} returning id`);
    const { email } = (await me.get("/auth/me")).body.user;
    expect((await me.post("/crm/communications", { customerId: id, type: "call" })).body.salespersonName).toBe(email);
    expect((await me.post(`/crm/customers/${id}/tags`, { tagId: "VIP" })).body.addedByName).toBe(email);
    expect((await me.get("/crm/tags/VIP/customers")).body[0].tag.addedByName).toBe(email);
  });

  test("show the messages of the person's conversations", async () => {
    const me = await salespersonCaller(app, "admin", app.companyId);
    await app.receive(textBody({ text: "Hello there", phoneNumberId: `sim-${app.companyId}` }));
    const [person] = await rows(app.db, `select id from contacts where company_id = ${app.companyId}`);
    expect((await me.get(`/crm/customers/${Number(person?.id)}/communications?type=whatsapp`)).body).toMatchObject([
      { id: expect.stringMatching(/^message_\d+$/), type: "whatsapp", direction: "incoming", notes: "Hello there" },
    ]);
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
