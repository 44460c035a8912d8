import { describe, expect, test } from "vitest";
import { seedDemo } from "../../server/demo/seed-demo.ts";
import { listActivities } from "../../server/domain/activities/list-activities.ts";
import { getContact } from "../../server/domain/contacts/get-contact.ts";
import { listContacts } from "../../server/domain/contacts/list-contacts.ts";
import { createDeal } from "../../server/domain/deals/create-deal.ts";
import { listDeals } from "../../server/domain/deals/list-deals.ts";
import { calculateLeadScore } from "../../server/domain/scoring/lead-score.ts";
import { createTask } from "../../server/domain/tasks/create-task.ts";
import { listTasks } from "../../server/domain/tasks/list-tasks.ts";
import { testDatabase } from "../harness/test-database.ts";

const now = new Date("2026-11-21T10:00:00Z");
const { db, ctx: ctxOf } = await testDatabase();
const { companyId } = await seedDemo(db, now);
const ctx = ctxOf(companyId, { kind: "system" }, () => now);

describe("the chatbot document's samples read as printed", () => {
  test("contacts", async () => {
    expect(await getContact(ctx, 12_345)).toMatchObject({
      ...{ phone: "+919876543210", name: "John Doe", email: "john.doe@techcorp.com", company: "Tech Corp Solutions" },
      ...{ position: "Senior Manager", temperature: "qualified", leadScore: 85, source: "website" },
      notes: "Interested in enterprise package. Mentioned budget of $50k.",
      ...{
        lastContactedAt: "2024-06-12T10:30:00Z",
        nextFollowUpAt: "2024-06-15T14:00:00Z",
        createdAt: "2024-06-10T08:00:00Z",
      },
    });
    expect(await getContact(ctx, 12_346)).toMatchObject({
      ...{
        phone: "+918765432109",
        name: "Sarah Johnson",
        email: "sarah@innovatetech.com",
        company: "Innovate Technologies",
      },
      ...{
        position: "CTO",
        temperature: "hot",
        leadScore: 92,
        source: "referral",
        notes: "Ready to sign. Needs demo next week.",
      },
      ...{
        lastContactedAt: "2024-06-12T15:45:00Z",
        nextFollowUpAt: "2024-06-13T10:00:00Z",
        createdAt: "2024-06-08T12:30:00Z",
      },
    });
  });

  test("the first page of qualified and of hot contacts shows them", async () => {
    const qualified = await listContacts(ctx, { filter: { temperature: "qualified" }, limit: 20 });
    const hot = await listContacts(ctx, { filter: { temperature: "hot" }, limit: 20 });
    expect(qualified.items.map(({ id }) => id)).toContain(12_345);
    expect(hot.items.map(({ id }) => id)).toContain(12_346);
  });

  test("deals", async () => {
    const { items } = await listDeals(ctx, { stage: "proposal", limit: 20 });
    expect(items.find(({ id }) => id === 67_890)).toMatchObject({
      ...{ contactId: 12_345, title: "Enterprise Software License", value: "50000", currency: "USD", probability: 75 },
      description: "Annual enterprise license for 100 users with premium support",
      ...{ expectedCloseOn: "2024-06-30", createdAt: "2024-06-10T09:00:00Z" },
      contact: { name: "John Doe", company: "Tech Corp Solutions", phone: "+919876543210" },
    });
    expect(items.find(({ id }) => id === 67_891)).toMatchObject({
      ...{
        contactId: 12_346,
        title: "Startup Package",
        value: "25000",
        probability: 90,
        expectedCloseOn: "2024-06-20",
      },
    });
  });

  test("tasks", async () => {
    const { items } = await listTasks(ctx, { status: "open", limit: 20 });
    expect(items.slice(0, 2)).toMatchObject([
      {
        id: 11_112,
        contactId: 12_346,
        dealId: 67_891,
        taskType: "document",
        priority: "urgent",
        dueAt: "2024-06-13T10:00:00Z",
      },
      {
        ...{
          id: 11_111,
          contactId: 12_345,
          dealId: 67_890,
          title: "Follow up on proposal",
          taskType: "follow_up",
          priority: "high",
        },
        ...{ dueAt: "2024-06-15T14:00:00Z", createdAt: "2024-06-12T09:00:00Z" },
        deal: { title: "Enterprise Software License", value: "50000", stage: "proposal" },
      },
    ]);
  });

  test("activities", async () => {
    const { items } = await listActivities(ctx, { contactId: 12_345, limit: 20 });
    expect(items).toMatchObject([
      {
        id: 22_222,
        dealId: 67_890,
        activityType: "call",
        title: "Discovery call",
        durationMinutes: 45,
        outcome: "positive",
      },
      {
        id: 22_223,
        activityType: "email",
        title: "Sent proposal",
        durationMinutes: null,
        outcome: "sent",
        occurredAt: "2024-06-11T16:30:00Z",
      },
    ]);
  });

  test("the score is what the scoring gives, and new records get the printed ids", async () => {
    expect((await calculateLeadScore(ctx, 12_345)).score).toBe(85);
    const deal = await createDeal(ctx, {
      contactId: 12_345,
      title: "Enterprise Software License",
      stage: "prospecting",
    });
    const task = await createTask(ctx, { contactId: 12_345, dealId: deal.id, title: "Follow up on proposal" });
    expect([deal.id, task.id]).toEqual([67_892, 11_113]);
  });
});
