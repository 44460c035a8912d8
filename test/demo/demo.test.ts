import { beforeAll, describe, expect, test } from "vitest";
import { removeDemo } from "../../server/demo/remove-demo.ts";
import { seedDemo } from "../../server/demo/seed-demo.ts";
import { listActivities } from "../../server/domain/activities/list-activities.ts";
import { getContact } from "../../server/domain/contacts/get-contact.ts";
import { listContacts } from "../../server/domain/contacts/list-contacts.ts";
import type { Ctx } from "../../server/domain/context.ts";
import { createDeal } from "../../server/domain/deals/create-deal.ts";
import { listDeals } from "../../server/domain/deals/list-deals.ts";
import { calculateLeadScore } from "../../server/domain/scoring/lead-score.ts";
import { createTask } from "../../server/domain/tasks/create-task.ts";
import { listTasks } from "../../server/domain/tasks/list-tasks.ts";
import { testDatabase } from "../harness/test-database.ts";

const now = new Date("2026-11-21T10:00:00Z");
const { db, ctx: ctxOf, createCompany } = await testDatabase();
let companyId: number;
let ctx: Ctx;

beforeAll(async () => {
  await createCompany("main");
  companyId = (await seedDemo(db, now)).companyId;
  ctx = ctxOf(companyId, { kind: "system" }, () => now);
});

/** One number from one query about the demo company. */
async function count(text: string): Promise<number> {
  const row = await db.first<{ count: number }>({
    name: "",
    text: `select count(*) as count from ${text}`,
    values: [companyId],
  });
  return row?.count ?? -1;
}

describe("the demo is believable", () => {
  test.each([
    ["contacts", 200, 200],
    ["messages", 1_300, 1_700],
    ["conversations", 150, 190],
    ["deals", 50, 70],
    ["tasks", 180, 300],
    ["appointments", 50, 120],
    ["customer_records", 26, 60],
    ["activities", 250, 370],
    ["notes", 30, 90],
    ["organizations", 25, 40],
  ])("with about as many %s as a small business has", async (table, least, most) => {
    const rows = await count(`${table} where company_id = $1`);
    expect(rows).toBeGreaterThanOrEqual(least);
    expect(rows).toBeLessThanOrEqual(most);
  });

  test("with deals in all stages and tasks pending, overdue and completed", async () => {
    expect(await count("(select distinct stage from deals where company_id = $1) s")).toBe(6);
    for (const status of ["open", "overdue", "done"] as const) {
      expect((await listTasks(ctx, { status, limit: 100 })).items.length).toBeGreaterThan(10);
    }
  });

  test("with nothing in the future but what is to come", async () => {
    const late = `> '${now.toISOString()}'`;
    expect(await count(`messages where company_id = $1 and sent_at ${late}`)).toBe(0);
    expect(await count(`events where company_id = $1 and contact_id is not null and occurred_at ${late}`)).toBe(0);
    expect(await count(`activities where company_id = $1 and occurred_at ${late}`)).toBe(0);
    expect(
      await count(`contacts where company_id = $1 and greatest(created_at, updated_at, last_contacted_at) ${late}`),
    ).toBe(0);
    expect(await count(`deals where company_id = $1 and greatest(created_at, closed_at) ${late}`)).toBe(0);
    expect(await count(`tasks where company_id = $1 and greatest(created_at, completed_at) ${late}`)).toBe(0);
  });

  test("up to today", async () => {
    expect(
      await count(
        `messages where company_id = $1 and sent_at > '${now.toISOString()}'::timestamptz - interval '2 days'`,
      ),
    ).toBeGreaterThan(5);
  });
});

describe("the demo keeps what the product promises", () => {
  test.each([
    [
      "each person is known by a phone number",
      `contacts c where company_id = $1 and not exists (select from contact_identities i
      where i.company_id = c.company_id and i.contact_id = c.id and i.kind = 'phone')`,
    ],
    [
      "an open lead stands in its person's stage",
      `leads l join contacts c on c.company_id = l.company_id and c.id = l.contact_id
      where l.company_id = $1 and l.stage <> c.stage`,
    ],
    [
      "a lead is closed where its stage says so",
      `leads where company_id = $1 and (closed_at is not null) <> (stage in ('customer', 'lost', 'junk'))`,
    ],
    [
      "a lead's history ends in its stage",
      `leads l where company_id = $1 and stage <> (select to_stage from lead_stage_changes h
      where h.company_id = l.company_id and h.lead_id = l.id order by h.changed_at desc, h.id desc limit 1)`,
    ],
    [
      "a deal is closed where its stage says so",
      `deals where company_id = $1 and (closed_at is not null) <> (stage in ('closed_won', 'closed_lost'))`,
    ],
    [
      "a deal's stage is its pipeline's",
      `deals d join pipeline_stages s on s.company_id = d.company_id and s.id = d.stage_id
      where d.company_id = $1 and (s.stage <> d.stage or s.pipeline_id <> d.pipeline_id)`,
    ],
    [
      "who won a deal is a customer",
      `deals d join contacts c on c.company_id = d.company_id and c.id = d.contact_id
      where d.company_id = $1 and d.stage = 'closed_won' and c.stage <> 'customer'`,
    ],
    ["a done task says when", `tasks where company_id = $1 and (completed_at is not null) <> (status = 'done')`],
    [
      "nothing happens before its person came",
      `contacts c join messages m on m.company_id = c.company_id and m.contact_id = c.id
      where c.company_id = $1 and m.sent_at < c.created_at`,
    ],
    [
      "nothing ends before it began",
      `tasks where company_id = $1 and (completed_at < created_at or due_at < created_at)`,
    ],
    ["no deal ends before it began", `deals where company_id = $1 and closed_at < created_at`],
    [
      "the window ends a day after the last incoming message",
      `conversations where company_id = $1
      and window_expires_at is distinct from last_inbound_at + interval '24 hours'`,
    ],
    [
      "a score is explained",
      `contacts c left join lead_scores s on s.company_id = c.company_id and s.contact_id = c.id and s.component = 'chatbot'
      where c.company_id = $1 and c.id <> 12346 and s.score is distinct from c.lead_score`,
    ],
    [
      "each person came in by an event",
      `contacts c where company_id = $1 and not exists (select from events e
      where e.company_id = c.company_id and e.contact_id = c.id and e.type = 'contact.created')`,
    ],
  ])("%s", async (_promise, broken) => {
    expect(await count(broken)).toBe(0);
  });

  test("a conversation says what its messages say", async () => {
    const broken = await count(`conversations v cross join lateral (
        select max(sent_at) as last, max(sent_at) filter (where direction = 'in') as last_in, max(sent_at) filter (where direction = 'out') as last_out,
          (array_agg(id order by sent_at desc, id desc))[1] as last_id, (array_agg(text order by sent_at desc, id desc))[1] as last_text
        from messages m where m.company_id = v.company_id and m.conversation_id = v.id) m
      where v.company_id = $1 and (v.last_message_at, v.last_inbound_at, v.last_outbound_at, v.last_message_id, v.last_message_text)
        is distinct from (m.last, m.last_in, m.last_out, m.last_id, m.last_text)`);
    expect(broken).toBe(0);
  });

  test("a person says what their conversation says", async () => {
    const broken =
      await count(`contacts c left join contact_inbox i on i.company_id = c.company_id and i.contact_id = c.id
      left join conversations v on v.company_id = c.company_id and v.contact_id = c.id
      where c.company_id = $1 and (i.last_message_at, i.unread_count, i.message_count) is distinct from (v.last_message_at,
        coalesce(v.unread_count, 0), (select count(*) from messages m where m.company_id = c.company_id and m.contact_id = c.id))`);
    expect(broken).toBe(0);
  });

  test("unread messages are incoming ones that nobody answered", async () => {
    const broken =
      await count(`conversations v where company_id = $1 and unread_count > (select count(*) from messages m
      where m.company_id = v.company_id and m.conversation_id = v.id and m.direction = 'in' and m.sent_at > coalesce(v.last_outbound_at, '-infinity'))`);
    expect(broken).toBe(0);
    expect(await count("contact_inbox where company_id = $1 and unread_count > 0")).toBeGreaterThan(3);
  });
});

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

describe("the demo comes and goes", () => {
  test("seeded a second time it keeps what was done in it", async () => {
    const before = await count("deals where company_id = $1");
    const again = await seedDemo(db, now);
    expect(again.companyId).toBe(companyId);
    expect(again.signInLinkToken).not.toBe("");
    expect(await count("deals where company_id = $1")).toBe(before);
  });

  test("removed it is gone whole, and the other company is untouched", async () => {
    expect(await removeDemo(db)).toBe(true);
    const tables = await db.all<{ name: string }>({
      name: "",
      text: `select table_name as name from information_schema.columns where column_name = 'company_id' and table_schema = 'public'`,
      values: [],
    });
    for (const { name } of tables) expect([name, await count(`${name} where company_id = $1`)]).toEqual([name, 0]);
    const companies = await db.all<{ slug: string }>({ name: "", text: "select slug from companies", values: [] });
    expect(companies).toEqual([{ slug: "main" }]);
    expect(await db.all({ name: "", text: "select email from users", values: [] })).toEqual([]);
    expect(await removeDemo(db)).toBe(false);
    expect((await seedDemo(db, now)).companyId).not.toBe(companyId);
  });
});
