import { describe, expect, test } from "vitest";
import { deleteActivity } from "../../../server/domain/activities/delete-activity.ts";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { updateActivity } from "../../../server/domain/activities/update-activity.ts";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { completeAppointment, reopenAppointment } from "../../../server/domain/appointments/change-status.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { salesFigures } from "../../../server/domain/sales-figures/sales-figures.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { deleteTask, restoreTask } from "../../../server/domain/tasks/delete-task.ts";
import { completeTask, updateTask } from "../../../server/domain/tasks/update-task.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function company() {
  const companyId = await createCompany();
  const userId = await memberOf(db, companyId, "salesperson");
  const actor = { kind: "user", userId, role: "salesperson" } as const;
  const own = ctx(companyId, actor, () => new Date("2026-05-30T12:00:00Z"));
  /** When the visits that are booked here have taken place. */
  const after = ctx(companyId, actor, () => new Date("2026-06-05T12:00:00Z"));
  const contactId = await personIn(db, companyId);
  const missing = async () => {
    const views = ["sales_days_missing", "owned_revenue_missing", "customer_counts_missing"];
    const found = await Promise.all(
      views.map((view) => rows(db, `select * from ${view} where company_id = ${companyId}`)),
    );
    return found.flat();
  };
  return { companyId, userId, own, after, contactId, missing };
}

describe("sales figures", () => {
  test("follow every change, and a recount finds nothing missing", async () => {
    const { own, userId, contactId, missing } = await company();
    const call = { contactId, activityType: "call", title: "a" } as const;
    const { id } = await logActivity(own, call);
    await logActivity(own, { ...call, direction: "missed", status: "missed" });
    const gone = await logActivity(own, { ...call, activityType: "email", occurredAt: "2026-01-01T10:00:00Z" });
    await deleteActivity(own, gone.id);
    await updateActivity(own, id, { occurredAt: "2026-04-01T10:00:00Z" });
    const tasks = [];
    for (const title of ["a", "b", "c", "d"])
      tasks.push(await createTask(own, { contactId, title, assigneeUserId: userId }));
    const [a, b, c, d] = tasks.map((task) => task.id);
    await completeTask(own, a ?? 0);
    await updateTask(own, b ?? 0, { status: "missed" });
    await deleteTask(own, c ?? 0);
    await deleteTask(own, d ?? 0);
    await restoreTask(own, d ?? 0);
    expect(await salesFigures(own, { userId })).toEqual({
      communications: { total: 2, calls: 2, missedCalls: 1, emails: 0 },
      actions: { total: 3, pending: 1, completed: 1, missed: 1 },
      customers: { total: 0, repeat: 0, totalRevenue: "0" },
    });
    expect((await salesFigures(own, { from: "2026-04-01", to: "2026-04-01" })).communications.calls).toBe(1);
    expect((await salesFigures(own, { userId: userId + 1_000_000 })).actions.total).toBe(0);
    expect(await missing()).toEqual([]);
  });

  test("tell revenue by the day of the visit, for the company and for whose customer it is", async () => {
    const { own, after, userId, contactId, missing } = await company();
    const clinic = await clinicIn(own);
    const book = (startsAt: string) => bookAppointment(own, { ...clinic, contactId, startsAt });
    const [first, second] = [await book("2026-06-01T10:00:00Z"), await book("2026-06-02T10:00:00Z")];
    await completeAppointment(after, first.id, { amount: "100.10" });
    await completeAppointment(after, second.id, { amount: "0.20" });
    const customers = async (query: object) => (await salesFigures(own, query)).customers;
    expect(await customers({})).toEqual({ total: 1, repeat: 1, totalRevenue: "100.3" });
    expect(await customers({ from: "2026-06-02" })).toEqual({ total: 1, repeat: 1, totalRevenue: "0.2" });
    expect(await customers({ userId })).toEqual({ total: 0, repeat: 0, totalRevenue: "0" });
    await updateContact(own, contactId, { ownerUserId: userId });
    expect(await customers({ userId, to: "2026-06-01" })).toEqual({ total: 1, repeat: 1, totalRevenue: "100.1" });
    await reopenAppointment(own, second.id);
    expect(await customers({})).toEqual({ total: 1, repeat: 0, totalRevenue: "100.1" });
    expect(await missing()).toEqual([]);
    await deleteContact(own, contactId);
    expect(await customers({})).toMatchObject({ total: 0, repeat: 0 });
  });

  test("are counted right by 20 writers at once, and rebuilt where rows went missing", async () => {
    const { own, companyId, contactId, missing } = await company();
    await Promise.all(
      Array.from({ length: 20 }, () => logActivity(own, { contactId, activityType: "meeting", title: "a" })),
    );
    expect((await salesFigures(own, {})).communications.total).toBe(20);
    expect(await missing()).toEqual([]);
    await rows(db, `delete from sales_days where company_id = ${companyId}`);
    await rows(db, `select rebuild_sales_days(${companyId})`);
    expect((await salesFigures(own, {})).communications.total).toBe(20);
    expect(await missing()).toEqual([]);
  });

  test("keep whose revenue it is while visits end and people are given away, deleted and removed at once", async () => {
    const { own, after, userId, companyId, missing } = await company();
    const other = await memberOf(db, companyId, "salesperson");
    const whole = ctx(companyId, { kind: "system" }, () => new Date("2026-05-30T12:00:00Z"));
    const clinic = await clinicIn(own);
    const people = await Promise.all(["a", "b", "c"].map((name) => personIn(db, companyId, { name })));
    const visits = [];
    for (const [index, contactId] of [...people, ...people].entries()) {
      const startsAt = `2026-06-0${1 + (index % 3)}T1${Math.floor(index / 3)}:00:00Z`;
      visits.push(await bookAppointment(own, { ...clinic, contactId, startsAt }));
    }
    await Promise.all([
      ...visits.map(({ id }, index) => completeAppointment(after, id, { amount: `${index + 1}` })),
      ...people.map((id) => updateContact(whole, id, { ownerUserId: userId })),
    ]);
    expect((await salesFigures(own, { userId })).customers).toEqual({ total: 3, repeat: 3, totalRevenue: "21" });
    const [a = 0, b = 0, c = 0] = people;
    await Promise.all([
      updateContact(whole, a, { ownerUserId: other }),
      deleteContact(whole, b),
      reopenAppointment(own, visits[2]?.id ?? 0),
    ]);
    expect((await salesFigures(own, { userId })).customers).toEqual({ total: 1, repeat: 0, totalRevenue: "6" });
    expect((await salesFigures(own, { userId: other })).customers.totalRevenue).toBe("5");
    expect(await missing()).toEqual([]);
    await rows(db, `delete from contacts where company_id = ${companyId} and id = ${c}`);
    expect(await missing()).toEqual([]);
  });
});
