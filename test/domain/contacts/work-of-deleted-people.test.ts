import { expect, test } from "vitest";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { restoreContact } from "../../../server/domain/contacts/restore-contact.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { getDeal } from "../../../server/domain/deals/get-deal.ts";
import { listDeals } from "../../../server/domain/deals/list-deals.ts";
import { searchDeals } from "../../../server/domain/deals/search-deals.ts";
import { salesFigures } from "../../../server/domain/sales-figures/sales-figures.ts";
import { createTask, type NewTask } from "../../../server/domain/tasks/create-task.ts";
import { getTask } from "../../../server/domain/tasks/get-task.ts";
import { listTasks } from "../../../server/domain/tasks/list-tasks.ts";
import { countTasks, listTasksByDueTime } from "../../../server/domain/tasks/list-tasks-by-due-time.ts";
import { remindDueTasks } from "../../../server/domain/tasks/remind-due-tasks.ts";
import { searchTasks } from "../../../server/domain/tasks/search-tasks.ts";
import { completeTask } from "../../../server/domain/tasks/update-task.ts";
import { warnOfDueTasks } from "../../../server/domain/tasks/warn-of-due-tasks.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

const now = new Date("2026-11-21T12:00:00Z");
const page = { limit: 20 };

/** A company with two people, each with the same deal and the same tasks. */
async function company() {
  const companyId = await createCompany();
  const userId = await memberOf(db, companyId, "salesperson");
  const c = ctx(companyId, { kind: "user", userId, role: "salesperson" }, () => now);
  const [gone, kept] = [
    await personIn(db, companyId, { name: "Gone" }),
    await personIn(db, companyId, { name: "Kept" }),
  ];
  for (const contactId of [gone, kept]) {
    await createDeal(c, { contactId, title: "Blinds" });
    const task = (title: string, fields: Partial<NewTask> = {}) =>
      createTask(c, { contactId, assigneeUserId: userId, title: `Blinds: ${title}`, ...fields });
    await task("late", { dueAt: "2026-11-20T00:00:00Z" });
    await task("soon", { dueAt: "2026-11-21T12:10:00Z" });
    await task("some day");
    await task("missed", { status: "missed", dueAt: "2026-11-19T00:00:00Z" });
    await task("cancelled", { status: "cancelled" });
    await completeTask(c, (await task("done")).id);
  }
  return { companyId, userId, c, gone, kept };
}

/** Whose deals and tasks stand in each list; a list is named once for each row. */
async function shown(c: Ctx, userId: number, gone: number) {
  const [deal] = (await listDeals(c, { ...page, contactId: gone })).items;
  const { pipelineId, stageId, stage } = deal ?? (await listDeals(c, page)).items[0] ?? { pipelineId: 0, stageId: 0 };
  const lists: Record<string, { contactId: number | null }[]> = {
    deals: (await listDeals(c, page)).items,
    inStage: (await listDeals(c, { ...page, ...(stage ? { stage } : {}) })).items,
    inColumn: (await listDeals(c, { ...page, pipelineId, stageId })).items,
    ofPerson: (await listDeals(c, { ...page, contactId: gone })).items,
    foundDeals: await searchDeals(c, { query: "blinds", ...page }),
    foundTasks: await searchTasks(c, { query: "blinds", ...page }),
    tasks: (await listTasks(c, page)).items,
    tasksOfPerson: (await listTasks(c, { ...page, contactId: gone })).items,
    open: (await listTasks(c, { ...page, status: "open" })).items,
    overdue: (await listTasks(c, { ...page, status: "overdue" })).items,
    done: (await listTasks(c, { ...page, status: "done" })).items,
    cancelled: (await listTasks(c, { ...page, status: "cancelled" })).items,
    byDueTime: await listTasksByDueTime(c, page),
    ofAssignee: await listTasksByDueTime(c, { ...page, assigneeUserId: userId, status: "open" }),
    late: await listTasksByDueTime(c, { ...page, status: "overdue" }),
  };
  const of = Object.entries(lists).map(([name, items]) => [
    name,
    items.filter((item) => item.contactId === gone).length,
  ]);
  const counts = { all: await countTasks(c, page), open: await countTasks(c, { ...page, status: "open" }) };
  const { actions } = await salesFigures(c, {});
  return { lists: Object.fromEntries(of), counts, actions };
}

test("a deleted person's deals and tasks leave every list and count, and come back with them", async () => {
  const { c, userId, gone, kept } = await company();
  const before = await shown(c, userId, gone);
  expect(before).toEqual({
    lists: {
      ...{ deals: 1, inStage: 1, inColumn: 1, ofPerson: 1, foundDeals: 1, foundTasks: 6 },
      ...{ tasks: 6, tasksOfPerson: 6, open: 3, overdue: 2, done: 1, cancelled: 1 },
      ...{ byDueTime: 6, ofAssignee: 3, late: 1 },
    },
    counts: { all: 12, open: 6 },
    actions: { total: 12, pending: 6, completed: 2, missed: 2 },
  });
  const [deal] = (await listDeals(c, { ...page, contactId: gone })).items;
  const [task] = (await listTasks(c, { ...page, contactId: gone })).items;
  await deleteContact(c, gone);
  const after = await shown(c, userId, gone);
  expect(Object.values(after.lists).every((count) => count === 0)).toBe(true);
  expect(after.counts).toEqual({ all: 6, open: 3 });
  // What was done stays done: it is the member's work.
  expect(after.actions).toEqual({ total: 8, pending: 3, completed: 2, missed: 1 });
  expect((await shown(c, userId, kept)).lists).toEqual(before.lists);
  expect(await getDeal(c, deal?.id ?? 0)).toMatchObject({ contactId: gone });
  expect(await getTask(c, task?.id ?? 0)).toMatchObject({ contactId: gone });
  await restoreContact(c, gone);
  expect(await shown(c, userId, gone)).toEqual(before);
});

test("a task about nobody stays where it is", async () => {
  const { c } = await company();
  await createTask(c, { title: "Buy paper", dueAt: "2026-11-20T00:00:00Z" });
  const titles = (items: { title: string }[]) => items.map(({ title }) => title);
  expect(titles((await listTasks(c, { ...page, status: "overdue" })).items)).toContain("Buy paper");
  expect(titles(await listTasksByDueTime(c, { ...page, search: "paper" }))).toEqual(["Buy paper"]);
  expect(titles(await searchTasks(c, { query: "paper", ...page }))).toEqual(["Buy paper"]);
});

test("nobody is told of a deleted person's tasks", async () => {
  const { companyId, c, gone } = await company();
  await deleteContact(c, gone);
  await warnOfDueTasks(db, now, 100);
  await remindDueTasks(db, now, 100);
  const told = await rows(
    db,
    `select kind, contact_id::int as contact from notifications where company_id = ${companyId} and kind like 'task.%' order by kind`,
  );
  expect(told.filter(({ contact }) => contact === gone)).toEqual([]);
  expect(told).toHaveLength(2);
  expect(
    await rows(
      db,
      `select id from events where company_id = ${companyId} and type = 'task.due' and contact_id = ${gone}`,
    ),
  ).toEqual([]);
});
