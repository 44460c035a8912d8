import { describe, expect, test } from "vitest";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { createTask, type NewTask } from "../../../server/domain/tasks/create-task.ts";
import { deleteTask, restoreTask } from "../../../server/domain/tasks/delete-task.ts";
import { getTask } from "../../../server/domain/tasks/get-task.ts";
import { taskState } from "../../../server/domain/tasks/task-state.ts";
import { completeTask, updateTask } from "../../../server/domain/tasks/update-task.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { eventsIn, eventTypes } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function withTask(fields: Partial<NewTask> = {}) {
  const company = ctx(await createCompany());
  const contactId = await personIn(db, company.companyId, { company: "Tech Corp" });
  const deal = await createDeal(company, { contactId, title: "Licence", value: "50000" });
  const task = await createTask(company, { dealId: deal.id, title: "Follow up", ...fields });
  return { company, contactId, deal, task };
}

describe("creating a task", () => {
  test("takes the person from the deal and brings both along", async () => {
    const { company, contactId, deal, task } = await withTask({ dueAt: "2026-06-15T14:00:00" });
    expect(task).toMatchObject({
      contactId,
      dealId: deal.id,
      status: "todo",
      priority: "medium",
      taskType: "follow_up",
      dueAt: "2026-06-15T14:00:00Z",
      contact: { name: "Ana", company: "Tech Corp" },
      deal: { title: "Licence", value: "50000", stage: "prospecting" },
    });
    expect((await eventsIn(db, company.companyId)).at(-1)).toMatchObject({ type: "task.created", contactId });
  });

  test("may stand alone", async () => {
    const company = ctx(await createCompany());
    expect(await createTask(company, { title: "Buy coffee" })).toMatchObject({
      contact: null,
      deal: null,
      contactId: null,
    });
  });

  test("refuses a deal of another person", async () => {
    const { company, deal } = await withTask();
    const ben = await personIn(db, company.companyId);
    await expect(createTask(company, { contactId: ben, dealId: deal.id, title: "a" })).rejects.toMatchObject({
      refusal: { kind: "invalid", problems: [{ path: "dealId" }] },
    });
  });

  test.each([
    [{ title: "" }, "title"],
    [{ taskType: " " }, "taskType"],
    [{ dueAt: "tomorrow" }, "dueAt"],
    [{ dueAt: "2026-13-01T00:00:00Z" }, "dueAt"],
    [{ assigneeUserId: 999_999 }, "assigneeUserId"],
  ])("refuses %o", async (fields, path) => {
    const company = ctx(await createCompany());
    await expect(createTask(company, { title: "a", ...fields })).rejects.toMatchObject({
      refusal: { kind: "invalid", problems: [{ path }] },
    });
  });

  test("refuses person, deal and lead of another company", async () => {
    const { contactId, deal } = await withTask();
    const stranger = ctx(await createCompany());
    for (const subject of [{ contactId }, { dealId: deal.id }, { leadId: 999_999 }]) {
      await expect(createTask(stranger, { title: "a", ...subject })).rejects.toMatchObject({
        refusal: { kind: "not_found" },
      });
    }
  });

  test("is made once for an origin key, by however many callers", async () => {
    const company = ctx(await createCompany());
    const make = () => createTask(company, { title: "a", originKey: "intake:lead:1" });
    const tasks = await Promise.all(Array.from({ length: 10 }, make));
    expect(new Set(tasks.map((task) => task.id)).size).toBe(1);
    expect(await eventTypes(db, company.companyId)).toEqual(["task.created"]);
  });
});

describe("completing a task", () => {
  test("sets the completion time once, for ten callers too", async () => {
    const { company, task } = await withTask();
    const done = await Promise.all(Array.from({ length: 10 }, () => completeTask(company, task.id)));
    expect(new Set(done.map((each) => each.completedAt)).size).toBe(1);
    expect(done[0]).toMatchObject({ status: "done", version: 2 });
    expect((await eventTypes(db, company.companyId)).filter((type) => type === "task.completed")).toHaveLength(1);
    expect(await updateTask(company, task.id, { status: "done" })).toMatchObject({ version: 2 });
  });

  test("keeps an outcome, and is undone by another status", async () => {
    const { company, task } = await withTask();
    expect(await completeTask(company, task.id, { outcome: "signed" })).toMatchObject({ outcome: "signed" });
    expect(await updateTask(company, task.id, { status: "in_progress" })).toMatchObject({
      status: "in_progress",
      completedAt: null,
    });
  });
});

describe("editing a task", () => {
  test("changes what is given and tells the difference", async () => {
    const { company, task } = await withTask();
    const assigneeUserId = await memberOf(db, company.companyId, "salesperson");
    const after = await updateTask(company, task.id, {
      dueAt: "2026-12-01T09:00:00+02:00",
      assigneeUserId,
      priority: "urgent",
    });
    expect(after).toMatchObject({ dueAt: "2026-12-01T07:00:00Z", priority: "urgent", assigneeUserId, version: 2 });
    expect((await eventsIn(db, company.companyId)).at(-1)).toMatchObject({
      type: "task.updated",
      before: { dueAt: null, priority: "medium" },
      after: { dueAt: "2026-12-01T07:00:00Z", priority: "urgent" },
    });
    expect(await updateTask(company, task.id, { dueAt: "2026-12-01T07:00:00Z" })).toMatchObject({ version: 2 });
  });

  test("refuses a deal of another person, a wrong version and another company", async () => {
    const { company, task } = await withTask();
    const ben = await personIn(db, company.companyId);
    const deal = await createDeal(company, { contactId: ben, title: "b" });
    await expect(updateTask(company, task.id, { dealId: deal.id })).rejects.toMatchObject({
      refusal: { kind: "invalid" },
    });
    await expect(updateTask(company, task.id, { title: "b" }, { ifVersion: 9 })).rejects.toMatchObject({
      refusal: { kind: "precondition_failed" },
    });
    const stranger = ctx(await createCompany());
    for (const attempt of [
      () => getTask(stranger, task.id),
      () => updateTask(stranger, task.id, { title: "mine" }),
      () => completeTask(stranger, task.id),
      () => deleteTask(stranger, task.id),
      () => restoreTask(stranger, task.id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ refusal: { kind: "not_found", entity: "task" } });
    }
    expect(await getTask(company, task.id)).toEqual(task);
  });

  test("deletes and restores", async () => {
    const { company, task } = await withTask();
    await deleteTask(company, task.id);
    await expect(getTask(company, task.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await expect(deleteTask(company, task.id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    expect(await restoreTask(company, task.id)).toMatchObject({ title: "Follow up" });
  });
});

describe("the state of a task", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  test.each([
    ["todo", null, "open"],
    ["todo", "2026-11-21T12:00:01Z", "open"],
    ["in_progress", "2026-11-21T11:59:59Z", "overdue"],
    ["backlog", "2026-11-20T00:00:00Z", "overdue"],
    ["done", "2026-11-20T00:00:00Z", "done"],
    ["cancelled", "2026-11-20T00:00:00Z", "cancelled"],
    ["missed", null, "overdue"],
  ] as const)("%s due %s is %s", (status, dueAt, state) => {
    expect(taskState({ status, dueAt }, now)).toBe(state);
  });
});
