import { beforeAll, describe, expect, test } from "vitest";
import { removeDemo } from "../../server/demo/remove-demo.ts";
import { seedDemo } from "../../server/demo/seed-demo.ts";
import type { Ctx } from "../../server/domain/context.ts";
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

  test("with the follow-up of each new lead, most of them still to do", async () => {
    const followUps = `tasks t join leads l on l.company_id = t.company_id and t.origin_key = 'intake:lead:' || l.id
      where t.company_id = $1 and l.stage = 'new'`;
    expect(await count(followUps)).toBe(await count("leads where company_id = $1 and stage = 'new'"));
    const open = await count(`${followUps} and t.status = 'todo'`);
    const overdue = await count(`${followUps} and t.status = 'todo' and t.due_at < '${now.toISOString()}'`);
    const done = await count(`${followUps} and t.status = 'done'`);
    expect([open > done, overdue > 3, open - overdue > overdue, done > 3]).toEqual([true, true, true, true]);
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
