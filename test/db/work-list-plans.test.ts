import pg from "pg";
import { describe, expect, inject, test } from "vitest";
import type { BoundStatement } from "../../server/db/prepared.ts";
import { listActivities } from "../../server/domain/activities/list-activities.ts";
import type { Ctx } from "../../server/domain/context.ts";
import { listDeals } from "../../server/domain/deals/list-deals.ts";
import { listEvents } from "../../server/domain/events/list-events.ts";
import { listTimeline } from "../../server/domain/events/list-timeline.ts";
import { listLeads } from "../../server/domain/leads/list-leads.ts";
import { listNotes } from "../../server/domain/notes/list-notes.ts";
import { factsOf } from "../../server/domain/scoring/facts-of.ts";
import { listTasks, type TaskQuery } from "../../server/domain/tasks/list-tasks.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany();
const people = 4_000;

// Two companies, so that a plan that forgets the company is found out.
for (const company of [companyId, await createCompany()]) {
  await fill(company);
  await fillThreads(company);
}
for (const table of [
  "contacts",
  "leads",
  "deals",
  "tasks",
  "activities",
  "notes",
  "events",
  "messages",
  "conversations",
]) {
  await rows(db, `analyze ${table}`);
}

async function fill(company: number): Promise<void> {
  const days = (expression: string) => `timestamptz '2026-01-01' + ${expression} * interval '1 minute'`;
  await rows(
    db,
    `insert into contacts (company_id, id, name, created_at)
    select ${company}, ${company} * 1000000 + n, 'Person ' || n, ${days("n")} from generate_series(1, ${people}) n`,
  );
  const person = `${company} * 1000000 + 1 + (n % ${people})`;
  await rows(
    db,
    `insert into leads (company_id, number, contact_id, stage, created_at, closed_at)
    select ${company}, n, ${person}, case n % 5 when 0 then 'lost' else 'new' end, ${days("n")}, case n % 5 when 0 then now() end
    from generate_series(1, ${people}) n`,
  );
  await rows(
    db,
    `insert into deals (company_id, contact_id, pipeline_id, stage_id, stage, title, currency, probability, created_at)
    select ${company}, ${person}, s.pipeline_id, s.id, s.stage, 'Deal ' || n, 'USD', 10, ${days("n")}
    from generate_series(1, ${people}) n join pipeline_stages s on s.company_id = ${company} and s.position = n % 6`,
  );
  await rows(
    db,
    `insert into tasks (company_id, contact_id, title, status, due_at, completed_at, created_at)
    select ${company}, ${person}, 'Task ' || n, case n % 4 when 0 then 'done' when 1 then 'cancelled' else 'todo' end,
      case when n % 10 <> 2 then ${days("n")} end, case n % 4 when 0 then ${days("n")} end, ${days("n")}
    from generate_series(1, ${people * 2}) n`,
  );
  await rows(
    db,
    `insert into activities (company_id, contact_id, activity_type, title, occurred_at)
    select ${company}, ${person}, 'call', 'Call', ${days("n")} from generate_series(1, ${people}) n`,
  );
  await rows(
    db,
    `insert into notes (company_id, contact_id, body, created_at)
    select ${company}, ${person}, 'Note', ${days("n")} from generate_series(1, ${people}) n`,
  );
  await rows(
    db,
    `insert into events (company_id, type, actor_kind, contact_id, subject_kind, subject_id, occurred_at)
    select ${company}, 'task.created', 'system', ${person}, 'task', n, ${days("n")} from generate_series(1, ${people * 2}) n`,
  );
}

async function fillThreads(company: number): Promise<void> {
  await rows(
    db,
    `insert into conversations (company_id, id, contact_id, channel_account_id)
    select ${company}, c.id, c.id, a.id from contacts c join channel_accounts a on a.company_id = c.company_id
    where c.company_id = ${company}`,
  );
  await rows(
    db,
    `insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, sent_at, intents)
    select v.company_id, v.id, v.contact_id, v.channel_account_id, case n % 2 when 0 then 'in' else 'out' end, 'text',
      timestamptz '2026-01-01' + n * interval '1 hour', case n when 2 then '{pricing}'::text[] else '{}' end
    from conversations v, generate_series(1, 5) n where v.company_id = ${company}`,
  );
}

/** The plans of what a read runs, made as a prepared statement's are in the long run: without looking at the values. */
async function plansOf(read: (ctx: Ctx) => Promise<unknown>): Promise<string[]> {
  const seen: BoundStatement<unknown>[] = [];
  const spy: Ctx["db"] = {
    all: async (statement) => {
      seen.push(statement);
      return db.all(statement);
    },
    first: (statement) => db.first(statement),
    slow: db.slow,
  };
  await read({ ...ctx(companyId), db: spy });
  const client = new pg.Client({
    ...inject("server"),
    database: db.address && "database" in db.address ? db.address.database : "",
  });
  await client.connect();
  const plans: string[] = [];
  for (const { text, values } of seen) {
    await client.query("set plan_cache_mode = force_generic_plan; set random_page_cost = 1.1");
    await client.query(`prepare probe as ${text}`);
    const literals = values.map((value) => literalOf(value)).join(", ");
    const { rows: lines } = await client.query<{ "QUERY PLAN": string }>(
      `explain (analyze, costs off, timing off) execute probe(${literals})`,
    );
    plans.push(lines.map((line) => line["QUERY PLAN"]).join("\n"));
    await client.query("deallocate probe");
  }
  await client.end();
  return plans;
}

function literalOf(value: unknown): string {
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.join(",")}}`);
  return value === null ? "null" : pg.escapeLiteral(typeof value === "string" ? value : JSON.stringify(value));
}

const contactId = companyId * 1_000_000 + 2_000;
const tasks = (query: Partial<TaskQuery>) => (own: Ctx) => listTasks(own, { limit: 20, ...query });
const at = "2026-01-08T00:00:00Z";

const lists: [string, (own: Ctx) => Promise<unknown>, string[]][] = [
  ["deals", (own) => listDeals(own, { limit: 20 }), ["deals_company_id_created_at_idx"]],
  ["deals of a stage", (own) => listDeals(own, { limit: 20, stage: "proposal" }), ["deals_company_id_stage_idx"]],
  ["deals of a person", (own) => listDeals(own, { limit: 20, contactId }), ["deals_company_id_contact_id_idx"]],
  ["leads", (own) => listLeads(own, { limit: 20 }), ["leads_company_id_created_at_idx"]],
  ["leads of a stage", (own) => listLeads(own, { limit: 20, stage: "lost" }), ["leads_company_id_stage_idx"]],
  ["tasks", tasks({}), ["tasks_company_id_created_at_idx"]],
  ["open tasks", tasks({ status: "open" }), ["tasks_company_id_open_due_at_idx"]],
  ["open tasks, further on", tasks({ status: "open", cursor: { at, id: 5 } }), ["tasks_company_id_open_due_at_idx"]],
  [
    "open tasks without a due time",
    tasks({ status: "open", cursor: { at: null, id: 5 } }),
    ["tasks_company_id_open_due_at_idx"],
  ],
  ["overdue tasks", tasks({ status: "overdue" }), ["tasks_company_id_open_due_at_idx"]],
  ["done tasks", tasks({ status: "done" }), ["tasks_company_id_completed_at_idx"]],
  ["tasks of a person", tasks({ contactId }), ["tasks_company_id_contact_id_idx"]],
  ["open tasks of a person", tasks({ contactId, status: "open" }), ["tasks_company_id_contact_id_idx"]],
  ["activities", (own) => listActivities(own, { limit: 20 }), ["activities_company_id_occurred_at_idx"]],
  [
    "activities of a person",
    (own) => listActivities(own, { limit: 20, contactId }),
    ["activities_company_id_contact_id_idx"],
  ],
  ["notes", (own) => listNotes(own, { limit: 20 }), ["notes_company_id_created_at_idx"]],
  ["notes of a person", (own) => listNotes(own, { limit: 20, contactId }), ["notes_company_id_contact_id_idx"]],
  ["a timeline", (own) => listTimeline(own, contactId, { limit: 20 }), ["events_company_id_contact_id_idx"]],
  ["the journal", (own) => listEvents(own, { limit: 20 }), ["events_pkey"]],
  [
    "one record's history",
    (own) => listEvents(own, { limit: 20, subject: { kind: "task", id: 77 } }),
    ["events_company_id_subject_idx"],
  ],
  ["the facts of a score", (own) => factsOf(own.db, companyId, [contactId]), ["messages_company_id_contact_id_idx"]],
];

describe("at size, the list of", () => {
  test.each(lists)("%s runs along its index", async (_name, read, indexes) => {
    for (const plan of await plansOf(read)) {
      for (const index of indexes) expect(plan).toContain(index);
      expect(plan).not.toMatch(/Seq Scan on (deals|leads|tasks|activities|notes|events|messages|contacts)/);
      expect(rowsRead(plan)).toBeLessThanOrEqual(100);
    }
  });
});

/** The most rows that any step of the plan went through. */
function rowsRead(plan: string): number {
  const counts = [...plan.matchAll(/rows=(\d+(?:\.\d+)?) loops=(\d+)|Rows Removed by Filter: (\d+)/g)];
  return Math.max(
    0,
    ...counts.map(([, rows = "0", loops = "0", removed = "0"]) =>
      Math.max(Number(rows) * Number(loops), Number(removed)),
    ),
  );
}
