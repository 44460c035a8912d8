import { describe, expect, test } from "vitest";
import { createTask, type NewTask } from "../../../server/domain/tasks/create-task.ts";
import { listTasks, type TaskCursor, type TaskQuery } from "../../../server/domain/tasks/list-tasks.ts";
import { completeTask } from "../../../server/domain/tasks/update-task.ts";
import { personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

const companyId = await createCompany();
let time = Date.parse("2026-11-21T12:00:00Z");
// Each task a second after the one before, so that the order of creation is certain.
const company = ctx(companyId, { kind: "system" }, () => new Date(time));
const ana = await personIn(db, companyId);

async function task(title: string, fields: Partial<NewTask> = {}): Promise<number> {
  time += 1000;
  return (await createTask(company, { title, ...fields })).id;
}

await task("late", { dueAt: "2026-11-20T00:00:00Z", contactId: ana, priority: "high" });
await task("later", { dueAt: "2026-11-21T00:00:00Z" });
await task("whenever", { contactId: ana });
await task("some day");
await task("soon", { dueAt: "2026-11-30T00:00:00Z", contactId: ana });
const first = await task("done first", { contactId: ana });
const second = await task("done second");
await task("called off", { status: "cancelled", dueAt: "2026-11-01T00:00:00Z" });
await completeTask(company, first);
time += 1000;
await completeTask(company, second);

async function titles(query: Partial<TaskQuery>): Promise<string[]> {
  return (await listTasks(company, { limit: 20, ...query })).items.map((each) => each.title);
}

async function allPages(query: Omit<TaskQuery, "limit">, limit: number): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: TaskCursor | null | undefined; cursor !== null; ) {
    const page = await listTasks(company, { ...query, limit, ...(cursor ? { cursor } : {}) });
    found.push(...page.items.map((each) => each.title));
    cursor = page.next;
  }
  return found;
}

describe("listing tasks", () => {
  test("gives open ones by due time, without one last", async () => {
    expect(await titles({ status: "open" })).toEqual(["late", "later", "soon", "whenever", "some day"]);
  });

  test("gives overdue ones, oldest due first", async () => {
    expect(await titles({ status: "overdue" })).toEqual(["late", "later"]);
  });

  test("gives done ones by completion, newest first, and cancelled ones", async () => {
    expect(await titles({ status: "done" })).toEqual(["done second", "done first"]);
    expect(await titles({ status: "cancelled" })).toEqual(["called off"]);
  });

  test("gives all newest first", async () => {
    expect((await titles({})).slice(0, 3)).toEqual(["called off", "done second", "done first"]);
    expect(await titles({})).toHaveLength(8);
  });

  test("filters by person, priority and assignee", async () => {
    expect(await titles({ contactId: ana, status: "open" })).toEqual(["late", "soon", "whenever"]);
    expect(await titles({ contactId: ana })).toEqual(["done first", "soon", "whenever", "late"]);
    expect(await titles({ status: "open", priority: "high" })).toEqual(["late"]);
    expect(await titles({ assigneeUserId: 999_999 })).toEqual([]);
  });

  test.each([1, 2, 3, 4])("pages of %i give each list whole, once", async (limit) => {
    for (const status of ["open", "overdue", "done", "cancelled"] as const) {
      expect(await allPages({ status }, limit)).toEqual(await titles({ status }));
      expect(await allPages({ status, contactId: ana }, limit)).toEqual(await titles({ status, contactId: ana }));
    }
    expect(await allPages({}, limit)).toEqual(await titles({}));
  });

  test("gives missed ones among the overdue, those without a due time last", async () => {
    const other = ctx(await createCompany());
    const dues = [null, "2099-01-01T00:00:00Z", "2019-01-01T00:00:00Z", null];
    for (const dueAt of dues) await createTask(other, { title: `missed ${dueAt}`, dueAt, status: "missed" });
    await createTask(other, { title: "late", dueAt: "2020-01-01T00:00:00Z" });
    const whole = await listTasks(other, { status: "overdue", limit: 10 });
    expect(whole.items.map((each) => each.dueAt)).toEqual([dues[2], "2020-01-01T00:00:00Z", dues[1], null, null]);
    for (let from = 0, cursor: TaskCursor | null | undefined; cursor !== null; from++) {
      const page = await listTasks(other, { status: "overdue", limit: 1, ...(cursor ? { cursor } : {}) });
      expect(page.items).toEqual([whole.items[from]]);
      expect((await listTasks(other, { status: "overdue", limit: 1, offset: from })).items).toEqual(page.items);
      cursor = page.next;
    }
  });

  test("counts an offset from the beginning", async () => {
    expect(await titles({ status: "open", offset: 2, limit: 2 })).toEqual(["soon", "whenever"]);
  });

  test("shows nothing to another company", async () => {
    const stranger = ctx(await createCompany());
    expect(await listTasks(stranger, { limit: 10, contactId: ana })).toEqual({ items: [], next: null });
  });
});
