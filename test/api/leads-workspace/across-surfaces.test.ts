import { describe, expect, test } from "vitest";
import { type Caller, workspaceApp } from "./workspace-app.ts";

const { signedIn } = await workspaceApp();
const url = "/api/crm/leads";

async function withLead() {
  const me = await signedIn();
  const { id, lead_id } = await me.lead({ email: "john@example.test", mobile: "+14155550123" });
  const lead = (await me.get(`${url}/${lead_id}`)).json();
  const read = async (what: string) => (await me.get(`${url}/${lead_id}/${what}`)).json();
  const write = async (what: string, body: object) => {
    const answer = await me.post(`${url}/${lead_id}/${what}`, body);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json();
  };
  return { me, id, lead_id, contactId: String(lead.contactId), read, write };
}

async function v1(me: Caller, address: string) {
  const answer = await me.get(`/v1/${address}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}

describe("a task", () => {
  test("made here stands on chatbot and v1, and what they change is read here", async () => {
    const { me, contactId, read, write } = await withLead();
    const { id } = await write("tasks", { title: "Call back", assignedTo: "Ann Else" });
    expect(await read("tasks")).toMatchObject([
      {
        id,
        title: "Call back",
        status: "Backlog",
        priority: "Medium",
        assignedTo: "Ann Else",
        dueDate: null,
        description: "",
      },
    ]);
    expect((await me.get(`/api/crm/contact/${contactId}/tasks`)).json().data).toMatchObject([
      { id: `task_${id}`, status: "pending" },
    ]);
    await me.post(`/api/crm/task/${id}/complete`);
    expect(await read("tasks")).toMatchObject([{ status: "Done" }]);
    await me.patch(`/v1/tasks/${id}`, { status: "in_progress", priority: "urgent" });
    expect(await read("tasks")).toMatchObject([{ status: "In Progress", priority: "Urgent" }]);
  });

  test("made on chatbot is listed here and counts", async () => {
    const { me, lead_id, contactId, read } = await withLead();
    await me.post("/api/crm/tasks", { contact_id: contactId, title: "From chatbot", priority: "high" });
    expect(await read("tasks")).toMatchObject([
      { title: "From chatbot", status: "Backlog", priority: "High", createdBy: "Shariq Ansari" },
    ]);
    expect((await me.get(`${url}/${lead_id}`)).json()).toMatchObject({
      activitiesCount: 2,
      activities: [{ type: "created" }, { type: "task_created", description: "Task created: From chatbot" }],
    });
  });

  test.each(["Backlog", "Todo", "In Progress", "Done", "Canceled"])("can be %s", async (status) => {
    const { me, read, write } = await withLead();
    const { id } = await write("tasks", { title: "T", dueDate: "2030-01-25T14:00:00" });
    const answer = await me.put(`/api/crm/tasks/task_${id}`, { status });
    expect(answer.json()).toEqual({ message: "Task updated successfully", id });
    expect(await read("tasks")).toMatchObject([{ status, title: "T", dueDate: "2030-01-25T14:00:00Z" }]);
  });

  test("is edited in what a PUT says, and only for its own lead", async () => {
    const { me, lead_id, read, write } = await withLead();
    const other = await me.lead({ firstName: "Bo" });
    const { id } = await write("tasks", { title: "T", description: "D", assignedTo: "Shariq Ansari", priority: "Low" });
    await me.put(`/api/crm/tasks/${id}`, {
      leadId: lead_id,
      title: "U",
      priority: "Urgent",
      assignedTo: "",
      dueDate: "",
    });
    expect(await read("tasks")).toMatchObject([
      { title: "U", description: "D", priority: "Urgent", assignedTo: "", dueDate: null },
    ]);
    expect((await me.put(`/api/crm/tasks/${id}`, { leadId: other.lead_id, title: "V" })).statusCode).toBe(422);
    expect((await me.put("/api/crm/tasks/abc", { title: "V" })).statusCode).toBe(422);
  });
});

describe("a call", () => {
  test.each([
    ["Outbound Call", { direction: "outgoing", status: "completed" }, { from: "Shariq Ansari", to: "John Doe" }],
    ["Inbound Call", { direction: "incoming", status: "completed" }, { from: "John Doe", to: "Shariq Ansari" }],
    ["Missed Call", { direction: "missed", status: "missed" }, { from: "John Doe", to: "Shariq Ansari" }],
  ])("%s is that call on v1, and is read as it was written", async (type, stored, shown) => {
    const { me, lead_id, read, write } = await withLead();
    const { id } = await write("calls", { type, duration: 12.5, notes: "Wants two", timestamp: "2025-01-20T10:00:00" });
    expect(await read("calls")).toMatchObject([
      {
        id,
        lead_id,
        type,
        ...shown,
        duration: 12.5,
        phone: "+14155550123",
        notes: "Wants two",
        timestamp: "2025-01-20T10:00:00Z",
      },
    ]);
    expect(await v1(me, `activities/${id}`)).toMatchObject({ activity_type: "call", ...stored });
  });

  test("logged on chatbot is listed here with its minutes in seconds", async () => {
    const { me, contactId, read } = await withLead();
    const call = { contact_id: contactId, activity_type: "call", title: "Rang", duration_minutes: 3 };
    expect((await me.post("/api/crm/activity", call)).statusCode).toBe(201);
    expect(await read("calls")).toMatchObject([
      { type: "Outbound Call", duration: 180, to: "John Doe", loggedBy: "Shariq Ansari" },
    ]);
  });
});

describe("a note", () => {
  test("written here is one on v1, and one of v1 is read here", async () => {
    const { me, contactId, read, write } = await withLead();
    const { id } = await write("notes", { title: "Call notes", content: "Discussed" });
    expect(await v1(me, `notes/${id}`)).toMatchObject({
      contact_id: Number(contactId),
      body: "Discussed",
      title: "Call notes",
    });
    await me.post("/v1/notes", { contact_id: Number(contactId), body: "From v1" });
    expect(await read("notes")).toMatchObject([
      { title: "", content: "From v1", createdBy: "Shariq Ansari" },
      { title: "Call notes", content: "Discussed" },
    ]);
  });
});

describe("a mail", () => {
  test("waits where no account is connected, says why, and goes to several", async () => {
    const { read, write } = await withLead();
    const sent = await write("emails", {
      to: "a@example.test, b@example.test",
      cc: ["c@example.test"],
      subject: "Hello",
      body: "Text",
    });
    expect(sent).toMatchObject({
      message: "Email queued",
      status: "queued",
      statusReason: expect.stringMatching(/\w/),
    });
    expect(await read("emails")).toMatchObject([
      {
        id: sent.id,
        to: "a@example.test, b@example.test",
        cc: "c@example.test",
        bcc: null,
        subject: "Hello",
        body: "Text",
        status: "queued",
      },
    ]);
  });

  test("goes to the lead's own address where none is said, and nowhere where there is none", async () => {
    const { me, read, write } = await withLead();
    await write("emails", { subject: "Hello", body: "Text" });
    expect(await read("emails")).toMatchObject([{ to: "john@example.test" }]);
    const { lead_id } = await me.lead({ firstName: "Bo" });
    const answer = await me.post(`${url}/${lead_id}/emails`, { subject: "Hello", body: "Text" });
    expect([answer.statusCode >= 400 && answer.statusCode < 500, typeof answer.json().detail]).toEqual([
      true,
      expect.any(String),
    ]);
  });

  test("that was only written down on chatbot is listed too", async () => {
    const { me, contactId, read } = await withLead();
    await me.post("/api/crm/activity", {
      contact_id: contactId,
      activity_type: "email",
      title: "Offer",
      description: "As agreed",
    });
    expect(await read("emails")).toMatchObject([
      { subject: "Offer", body: "As agreed", to: "john@example.test", status: "sent", sentBy: "Shariq Ansari" },
    ]);
  });
});

describe("a stage", () => {
  test("changed on chatbot is the lead's status here, and the other way round", async () => {
    const { me, lead_id, contactId } = await withLead();
    await me.put(`/api/crm/contact/${contactId}`, { lead_status: "hot" });
    expect((await me.get(`${url}/${lead_id}`)).json()).toMatchObject({ status: "Qualified", activitiesCount: 2 });
    await me.put(`${url}/${lead_id}/status?status=Unqualified`);
    expect((await me.get(`/api/crm/contact/${contactId}`)).json().data).toMatchObject({ lead_status: "cold" });
    expect(await v1(me, `contacts/${contactId}`)).toMatchObject({ stage: "lost" });
  });

  test("of a won deal is told by the lead it came from", async () => {
    const { me, lead_id, write } = await withLead();
    const { dealId } = await write("convert-to-deal", {});
    await me.patch(`/v1/deals/${dealId}`, { stage: "closed_won" });
    expect((await me.get(`${url}/${lead_id}`)).json()).toMatchObject({
      status: "Qualified",
      convertedToDeal: true,
      dealId,
    });
  });
});

describe("a status that stays as it is", () => {
  test.each(["New", "Contacted", "Nurture", "Unqualified", "Junk", "Qualified"])("%s, is told once", async (status) => {
    const { me, lead_id } = await withLead();
    for (let times = 0; times < 2; times += 1) {
      const answer = await me.put(`${url}/${lead_id}/status?status=${status}`);
      expect([answer.statusCode, answer.json().status]).toEqual([200, status]);
    }
    const lead = (await me.get(`${url}/${lead_id}`)).json();
    expect([lead.status, lead.activitiesCount, lead.activities.length]).toEqual([
      status,
      ...(status === "New" ? [1, 1] : [2, 2]),
    ]);
  });

  test.each([
    ["hot", "sales_qualified", "Sales qualified"],
    ["customer", "customer", "Customer"],
  ])(
    "does not take a lead back that is %s elsewhere, and the step is told in words that differ",
    async (word, stage, said) => {
      const { me, lead_id, contactId } = await withLead();
      await me.put(`${url}/${lead_id}/status`, { status: "Qualified" });
      await me.put(`/api/crm/contact/${contactId}`, { lead_status: word });
      const answer = await me.put(`${url}/${lead_id}/status`, { status: "Qualified" });
      expect([answer.statusCode, answer.json().status]).toEqual([200, "Qualified"]);
      expect(await v1(me, `contacts/${contactId}`)).toMatchObject({ stage });
      expect((await me.get(`${url}/${lead_id}`)).json()).toMatchObject({
        status: "Qualified",
        activitiesCount: 3,
        activities: [
          { type: "created" },
          { type: "status_changed", description: "Status changed from New to Qualified" },
          { type: "stage_changed", description: `Stage changed from Qualified to ${said}` },
        ],
      });
    },
  );
});

describe("the salesperson's CRM", () => {
  test("shows a lead made here, and its calls and actions are this lead's calls and tasks", async () => {
    const { me, id, contactId, read } = await withLead();
    expect((await me.get("/crm/leads")).json()).toMatchObject([{ id, firstName: "John", status: "new" }]);
    const call = {
      customerId: contactId,
      type: "call",
      direction: "incoming",
      durationSeconds: 90,
      notes: "Asked",
    };
    const logged = await me.post("/crm/communications", call);
    expect(logged.statusCode, logged.body).toBe(201);
    expect(await read("calls")).toMatchObject([{ type: "Inbound Call", duration: 90, from: "John Doe" }]);
    const action = { customerId: contactId, actionType: "phone_call", title: "Ring again", priority: "high" };
    expect((await me.post("/crm/actions", action)).statusCode).toBe(201);
    expect(await read("tasks")).toMatchObject([{ title: "Ring again", priority: "High" }]);
  });

  test("moves a lead that is read here in this surface's word, and the other way round", async () => {
    const { me, id, lead_id } = await withLead();
    await me.patch(`/crm/leads/${id}`, { status: "lost", estimatedValue: 750 });
    expect((await me.get(`${url}/${lead_id}`)).json()).toMatchObject({ status: "Unqualified", activitiesCount: 2 });
    await me.put(`${url}/${lead_id}/status?status=Qualified`);
    expect((await me.get("/crm/leads")).json()).toMatchObject([{ id, status: "qualified", estimatedValue: 750 }]);
  });
});

test("a name changed elsewhere is the lead's", async () => {
  const { me, lead_id, contactId } = await withLead();
  await me.put(`/api/crm/contact/${contactId}`, { name: "Johanna Doe", company: "Acme" });
  expect((await me.get(`${url}/${lead_id}`)).json()).toMatchObject({ firstName: "Johanna", organization: "Acme" });
});
