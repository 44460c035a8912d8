import { beforeAll, describe, expect, test } from "vitest";
import { chatbotApp } from "./chatbot-app.ts";

const chatbot = await chatbotApp();
const caller = await chatbot.caller();

// The document's ids are made up; the samples run with those of the records made here.
let contactId = "";
let dealId = "";
let taskId = "";

beforeAll(async () => {
  const contact = {
    name: "John Doe",
    phone_number: "919876543210_s_whatsapp_net",
    email: "john.doe@techcorp.com",
    company: "Tech Corp Solutions",
    position: "Senior Manager",
    lead_status: "qualified",
    lead_score: 85,
    source: "website",
    notes: "Interested in enterprise package. Mentioned budget of $50k.",
    last_contacted_at: "2024-06-12T10:30:00Z",
    next_follow_up_at: "2024-06-15T14:00:00Z",
  };
  contactId = String((await caller.post("/api/crm/contact", contact)).body.contact_id);
});

describe("the document's requests", () => {
  test("1. Get CRM Contacts", async () => {
    const answer = await caller.get("/chatbot/api/crm/contacts?limit=20&offset=0&status=qualified");
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      status: "success",
      data: [
        {
          id: contactId,
          phone_number: "919876543210_s_whatsapp_net",
          name: "John Doe",
          email: "john.doe@techcorp.com",
          company: "Tech Corp Solutions",
          position: "Senior Manager",
          lead_status: "qualified",
          lead_score: 85,
          source: "website",
          notes: "Interested in enterprise package. Mentioned budget of $50k.",
          last_contacted_at: "2024-06-12T10:30:00Z",
          next_follow_up_at: "2024-06-15T14:00:00Z",
          created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        },
      ],
      pagination: { limit: 20, offset: 0, count: 1 },
    });
  });

  test("2. Update CRM Contact", async () => {
    const answer = await caller.put(`/api/crm/contact/${contactId}`, {
      name: "John Doe",
      email: "john.doe@techcorp.com",
      company: "Tech Corp Solutions Inc",
      position: "Senior Manager",
      lead_status: "hot",
      lead_score: 90,
      source: "referral",
      notes: "Very interested in premium package. Meeting scheduled for next week.",
      next_follow_up_at: "2024-06-15T14:00:00Z",
    });
    expect(answer).toMatchObject({ status: 200, body: { status: "success", message: "Contact updated successfully" } });
    const { data } = (await caller.get(`/api/crm/contact/${contactId}`)).body;
    expect(data).toMatchObject({ company: "Tech Corp Solutions Inc", lead_status: "hot", lead_score: 90 });
  });

  test("4. Create CRM Deal", async () => {
    const answer = await caller.post("/api/crm/deals", {
      contact_id: contactId,
      title: "Enterprise Software License",
      description: "Annual enterprise license for 100 users with premium support",
      value: 50000.0,
      currency: "USD",
      stage: "prospecting",
      probability: 25,
      expected_close_date: "2024-07-30",
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      status: "success",
      message: "Deal created successfully",
      deal_id: expect.stringMatching(/^deal_\d+$/),
    });
    dealId = String(answer.body.deal_id);
  });

  test("3. Get CRM Deals", async () => {
    const answer = await caller.get("/api/crm/deals?stage=prospecting&limit=20");
    const contact = {
      name: "John Doe",
      company: "Tech Corp Solutions Inc",
      phone_number: "919876543210_s_whatsapp_net",
    };
    expect(answer.body).toEqual({
      status: "success",
      data: [
        {
          id: dealId,
          contact_id: contactId,
          title: "Enterprise Software License",
          description: "Annual enterprise license for 100 users with premium support",
          value: 50000,
          currency: "USD",
          stage: "prospecting",
          probability: 25,
          expected_close_date: "2024-07-30",
          created_at: expect.any(String),
          contact,
          contacts: contact,
        },
      ],
    });
  });

  test("5. Update CRM Deal", async () => {
    const answer = await caller.put(`/api/crm/deal/${dealId}`, {
      stage: "negotiation",
      probability: 85,
      value: 55000.0,
      expected_close_date: "2024-06-25",
      description: "Upgraded to premium package with additional features",
    });
    expect(answer).toMatchObject({ status: 200, body: { status: "success", message: "Deal updated successfully" } });
  });

  test("7. Create CRM Task", async () => {
    const answer = await caller.post("/api/crm/tasks", {
      contact_id: contactId,
      deal_id: dealId,
      title: "Follow up on proposal",
      description: "Call to discuss proposal feedback and next steps",
      task_type: "follow_up",
      priority: "high",
      due_date: "2099-06-15T14:00:00Z",
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      status: "success",
      message: "Task created successfully",
      task_id: expect.stringMatching(/^task_\d+$/),
    });
    taskId = String(answer.body.task_id);
  });

  test("6. Get CRM Tasks", async () => {
    const answer = await caller.get("/api/crm/tasks?status=pending&limit=20");
    const contact = {
      name: "John Doe",
      company: "Tech Corp Solutions Inc",
      phone_number: "919876543210_s_whatsapp_net",
    };
    const deal = { title: "Enterprise Software License", value: 55000, stage: "negotiation" };
    expect(answer.body).toEqual({
      status: "success",
      data: [
        {
          id: taskId,
          contact_id: contactId,
          deal_id: dealId,
          title: "Follow up on proposal",
          description: "Call to discuss proposal feedback and next steps",
          task_type: "follow_up",
          priority: "high",
          status: "pending",
          due_date: "2099-06-15T14:00:00Z",
          created_at: expect.any(String),
          contact,
          contacts: contact,
          deal,
          deals: deal,
        },
      ],
    });
  });

  test("8. Complete CRM Task", async () => {
    const answer = await caller.post(`/api/crm/task/${taskId}/complete`);
    expect(answer).toMatchObject({ status: 200, body: { status: "success", message: "Task completed successfully" } });
    expect((await caller.get(`/api/crm/task/${taskId}`)).body.data).toMatchObject({ status: "completed" });
  });

  test("9. Delete CRM Task", async () => {
    const answer = await caller.delete(`/api/crm/task/${taskId}`);
    expect(answer).toMatchObject({ status: 200, body: { status: "success", message: "Task deleted successfully" } });
    expect((await caller.get(`/api/crm/task/${taskId}`)).status).toBe(404);
  });

  test("11. Log CRM Activity", async () => {
    const answer = await caller.post("/api/crm/activity", {
      contact_id: contactId,
      deal_id: dealId,
      activity_type: "call",
      title: "Discovery call",
      description: "Discussed requirements, timeline, and budget. Customer very interested.",
      duration_minutes: 45,
      outcome: "positive",
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ status: "success", message: "Activity logged successfully" });
  });

  test("10. Get Contact Activities", async () => {
    const answer = await caller.get(`/api/crm/contact/${contactId}/activities?limit=20`);
    const contact = { name: "John Doe", company: "Tech Corp Solutions Inc" };
    const deal = { title: "Enterprise Software License", stage: "negotiation" };
    expect(answer.body).toEqual({
      status: "success",
      data: [
        {
          id: expect.stringMatching(/^activity_\d+$/),
          contact_id: contactId,
          deal_id: dealId,
          activity_type: "call",
          title: "Discovery call",
          description: "Discussed requirements, timeline, and budget. Customer very interested.",
          duration_minutes: 45,
          outcome: "positive",
          created_at: expect.any(String),
          contact,
          contacts: contact,
          deal,
          deals: deal,
        },
      ],
    });
  });

  test("12. Calculate Lead Score", async () => {
    const answer = await caller.post(`/api/crm/lead-score/${contactId}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      status: "success",
      message: "Lead score calculated successfully",
      lead_score: 45,
      band: "cold",
      breakdown: { email: 20, company: 15, position: 10, asked_pricing: 0 },
    });
    expect((await caller.get(`/api/crm/contact/${contactId}`)).body.data).toMatchObject({
      lead_score: 45,
      lead_status: "hot",
    });
  });
});
