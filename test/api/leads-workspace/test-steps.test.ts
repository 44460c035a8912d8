import { describe, expect, test } from "vitest";
import { workspaceApp } from "./workspace-app.ts";

const { signedIn } = await workspaceApp();

const utcTime = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);

/** The document's own lead. */
const sample = {
  salutation: "Mr",
  firstName: "John",
  lastName: "Doe",
  email: "john@example.com",
  mobile: "+14155550123",
  organization: "Example Corp",
  website: "www.example.com",
  jobTitle: "CEO",
  industry: "Technology",
  source: "LinkedIn",
  status: "New",
  gender: "Male",
  noOfEmployees: "100-500",
  annualRevenue: 1_000_000,
  territory: "USA",
  leadOwner: "Shariq Ansari",
};

describe("the document's test steps", () => {
  test("run one after the other, and the timeline tells all of them", async () => {
    const me = await signedIn();
    const created = await me.post("/api/crm/leads", sample);
    expect(created.statusCode, created.body).toBe(200);
    const { id, lead_id } = created.json();
    expect(created.json()).toEqual({ message: "Lead created successfully", lead_id: "LEAD-001", id });
    const list = await me.get("/api/crm/leads");
    expect(list.json()).toMatchObject([{ ...sample, id, lead_id, activitiesCount: 1 }]);

    const url = `/api/crm/leads/${lead_id}`;
    const mail = { to: "john@example.com", subject: "Follow up meeting", body: "Email content..." };
    const sent = await me.post(`${url}/emails`, mail);
    expect(sent.statusCode, sent.body).toBe(200);
    expect((await me.get(`${url}/emails`)).json()).toMatchObject([
      { lead_id, ...mail, cc: null, bcc: null, status: "queued", sentBy: "Shariq Ansari", timestamp: utcTime },
    ]);
    expect((await me.get(`${url}/emails`)).json()[0].statusReason).not.toBe("");

    const call = { type: "Outbound Call", duration: 180, from: "Shariq Ansari", to: "John Doe", phone: "+1234567890" };
    expect((await me.post(`${url}/calls`, { ...call, status: "completed" })).statusCode).toBe(200);
    expect((await me.get(`${url}/calls`)).json()).toMatchObject([
      { lead_id, ...call, status: "completed", loggedBy: "Shariq Ansari", timestamp: utcTime },
    ]);

    const task = {
      title: "Follow up call",
      description: "Call to discuss proposal",
      status: "Backlog",
      assignedTo: "Shariq Ansari",
      priority: "High",
    };
    expect((await me.post(`${url}/tasks`, { ...task, dueDate: "2025-01-25T14:00:00" })).statusCode).toBe(200);
    expect((await me.get(`${url}/tasks`)).json()).toMatchObject([
      { lead_id, ...task, dueDate: "2025-01-25T14:00:00Z", createdAt: utcTime, createdBy: "Shariq Ansari" },
    ]);

    const note = { title: "Call notes", content: "Discussed project requirements..." };
    expect((await me.post(`${url}/notes`, note)).statusCode).toBe(200);
    expect((await me.get(`${url}/notes`)).json()).toMatchObject([
      { lead_id, ...note, createdAt: utcTime, createdBy: "Shariq Ansari" },
    ]);

    expect((await me.put(`${url}/status?status=Contacted`)).json()).toMatchObject({ lead_id, status: "Contacted" });
    const converted = await me.post(`${url}/convert-to-deal`, { useExistingOrg: false, useExistingContact: false });
    expect(converted.statusCode, converted.body).toBe(200);

    const lead = (await me.get(url)).json();
    expect(lead).toMatchObject({
      ...sample,
      status: "Qualified",
      convertedToDeal: true,
      dealId: converted.json().dealId,
    });
    expect(lead.activities.map(({ type }: { type: string }) => type)).toEqual([
      ...["created", "email_sent", "call_logged", "task_created", "note_added", "status_changed"],
      ...["status_changed", "converted"],
    ]);
    expect(lead.activities[0]).toEqual({
      ...{ type: "created", description: "Lead created", by: "Shariq Ansari", timestamp: utcTime },
    });
    expect(lead.activities.every(({ by }: { by: string }) => by === "Shariq Ansari")).toBe(true);
    expect(lead.activitiesCount).toBe(lead.activities.length);
    expect((await me.get("/api/crm/leads")).json()[0].activitiesCount).toBe(8);

    const deal = (await me.get(`/v1/deals/${lead.dealId}`)).json();
    expect(deal).toMatchObject({ contact: { name: "John Doe", company: "Example Corp" }, lead_id: Number(id) });
  });

  test("work below the surface's own prefix and with a slash at the end", async () => {
    const me = await signedIn();
    const { lead_id } = (await me.post("/leads-workspace/api/crm/leads/", sample)).json();
    expect((await me.get(`/leads-workspace/api/crm/leads/${lead_id}/`)).json()).toMatchObject({ lead_id });
    const unknown = await me.get("/leads-workspace/api/crm/nothing");
    expect([unknown.statusCode, typeof unknown.json().detail]).toEqual([404, "string"]);
  });
});
