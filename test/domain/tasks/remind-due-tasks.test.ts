import { expect, test } from "vitest";
import { listNotifications } from "../../../server/domain/notifications/list-notifications.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { remindDueTasks } from "../../../server/domain/tasks/remind-due-tasks.ts";
import { updateTask } from "../../../server/domain/tasks/update-task.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { eventTypes } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const now = new Date("2026-11-21T12:00:00Z");

async function noticesOf(companyId: number, userId: number): Promise<string[]> {
  const own = ctx(companyId, { kind: "user", userId, role: "admin" });
  return (await listNotifications(own, { limit: 100 })).items.map((notice) => notice.title);
}

test("due tasks are announced once, to the assignee or else to the team, over all companies", async () => {
  const company = ctx(await createCompany());
  const other = ctx(await createCompany());
  const admin = await memberOf(db, company.companyId, "admin");
  const seller = await memberOf(db, company.companyId, "salesperson");
  const boss = await memberOf(db, other.companyId, "manager");
  const contactId = await personIn(db, company.companyId);
  await createTask(company, { title: "Call", dueAt: "2026-11-21T11:00:00Z", contactId });
  const mine = await createTask(company, { title: "Mail", dueAt: "2026-11-21T11:30:00Z", assigneeUserId: seller });
  await createTask(company, { title: "Later", dueAt: "2026-11-21T12:00:01Z" });
  await createTask(company, { title: "Done", dueAt: "2026-11-21T11:00:00Z", status: "done" });
  await createTask(other, { title: "Theirs", dueAt: "2026-11-20T11:00:00Z" });

  expect(await remindDueTasks(db, now, 100)).toBe(3);
  expect(await remindDueTasks(db, now, 100)).toBe(0);
  expect(await noticesOf(company.companyId, admin)).toEqual(["Overdue: Call (Ana)"]);
  expect(await noticesOf(company.companyId, seller)).toEqual(["Overdue: Mail"]);
  expect(await noticesOf(other.companyId, boss)).toEqual(["Overdue: Theirs"]);
  expect(await eventTypes(db, other.companyId)).toEqual(["task.created", "task.due"]);

  await updateTask(company, mine.id, { dueAt: "2026-11-21T11:45:00Z" });
  expect(await remindDueTasks(db, now, 100)).toBe(1);
  expect(await noticesOf(company.companyId, seller)).toEqual(["Overdue: Mail", "Overdue: Mail"]);
});

test("two workers share the due tasks between them", async () => {
  const company = ctx(await createCompany());
  const admin = await memberOf(db, company.companyId, "admin");
  for (let count = 0; count < 30; count++) {
    await createTask(company, { title: `Task ${count}`, dueAt: "2026-11-21T10:00:00Z" });
  }
  let announced = 0;
  while (announced < 30) {
    const counts = await Promise.all([
      remindDueTasks(db, now, 7),
      remindDueTasks(db, now, 7),
      remindDueTasks(db, now, 7),
    ]);
    announced += counts.reduce((sum, count) => sum + count, 0);
  }
  expect(announced).toBe(30);
  expect(new Set(await noticesOf(company.companyId, admin)).size).toBe(30);
});
