import { describe, expect, test } from "vitest";
import type { Db } from "../../../server/db/connection.ts";
import { announcePlanned } from "../../../server/domain/activities/announce-planned.ts";
import { deleteActivity } from "../../../server/domain/activities/delete-activity.ts";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { updateActivity } from "../../../server/domain/activities/update-activity.ts";
import { announceUpcoming } from "../../../server/domain/appointments/announce-upcoming.ts";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { rescheduleAppointment } from "../../../server/domain/appointments/reschedule-appointment.ts";
import { createTask } from "../../../server/domain/tasks/create-task.ts";
import { deleteTask } from "../../../server/domain/tasks/delete-task.ts";
import { completeTask, updateTask } from "../../../server/domain/tasks/update-task.ts";
import { warnOfDueTasks } from "../../../server/domain/tasks/warn-of-due-tasks.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { dyingDb, notificationsIn } from "../../factories/notifications.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
// A Monday, in the provider's working hours.
const now = new Date("2026-11-23T10:00:00Z");
const soon = "2026-11-23T10:10:00Z";
const later = "2026-11-23T15:00:00Z";

async function office() {
  const companyId = await createCompany();
  const seller = await memberOf(db, companyId, "salesperson");
  const admin = await memberOf(db, companyId, "admin");
  const contactId = await personIn(db, companyId, { name: "Ana" });
  const asSeller = ctx(companyId, { kind: "user", userId: seller, role: "salesperson" }, () => now);
  const told = async () =>
    (await notificationsIn(db, companyId)).map(({ userId, kind, title }) => ({ userId, kind, title }));
  return { companyId, seller, admin, contactId, asSeller, system: ctx(companyId, { kind: "system" }, () => now), told };
}

type Announce = (db: Db, now: Date, limit: number) => Promise<number>;

/** Two workers at once, after one that died before its commit. */
async function announceTwice(announce: Announce, at = now): Promise<void> {
  await expect(announce(dyingDb(db), at, 100)).rejects.toThrow("died");
  await Promise.all([announce(db, at, 100), announce(db, at, 100)]);
  await announce(db, at, 100);
}

describe("a planned call or meeting", () => {
  test("is announced once to who planned it, and again when it is moved", async () => {
    const { asSeller, contactId, seller, told } = await office();
    const call = await logActivity(asSeller, {
      contactId,
      activityType: "call",
      title: "Talk about prices",
      status: "scheduled",
      scheduledAt: soon,
    });
    await logActivity(asSeller, {
      contactId,
      activityType: "meeting",
      title: "Show",
      status: "scheduled",
      scheduledAt: later,
    });
    await announceTwice(announcePlanned);
    const first = { userId: seller, kind: "call.scheduled", title: "Call soon: Ana" };
    expect(await told()).toEqual([first]);

    await updateActivity(asSeller, call.id, { scheduledAt: "2026-11-23T10:12:00Z" });
    await announceTwice(announcePlanned);
    expect(await told()).toEqual([first, first]);
    await announceTwice(announcePlanned, new Date("2026-11-23T14:50:00Z"));
    expect((await told()).at(-1)).toEqual({ userId: seller, kind: "meeting.scheduled", title: "Meeting soon: Ana" });
  });

  test("is not announced when it was cancelled, deleted, or is long past", async () => {
    const { asSeller, contactId, told } = await office();
    const plan = { contactId, activityType: "call", title: "Call", status: "scheduled", scheduledAt: soon } as const;
    const [cancelled, deleted] = [await logActivity(asSeller, plan), await logActivity(asSeller, plan)];
    await updateActivity(asSeller, cancelled.id, { status: "cancelled" });
    await deleteActivity(asSeller, deleted.id);
    await logActivity(asSeller, { ...plan, scheduledAt: "2024-01-20T10:00:00Z" });
    await announceTwice(announcePlanned);
    expect(await told()).toEqual([]);
  });
});

describe("a visit to come", () => {
  test("is told once to the provider's member, and again when it is moved", async () => {
    const { companyId, system, contactId, seller, told } = await office();
    const clinic = await clinicIn(system, { userId: seller });
    const visit = await bookAppointment(system, { contactId, ...clinic, startsAt: "2026-11-23T10:45:00Z" });
    await bookAppointment(system, { contactId, ...clinic, startsAt: later });
    await announceTwice(announceUpcoming);
    const first = { userId: seller, kind: "appointment.upcoming", title: "Visit soon: Ana, Botox Treatment" };
    expect(await told()).toEqual([first]);
    expect(await notificationsIn(db, companyId)).toMatchObject([
      { subjectKind: "appointment", subjectId: visit.id, happensAt: "2026-11-23T10:45:00Z", contactId },
    ]);
    await rescheduleAppointment(system, visit.id, { startsAt: "2026-11-23T12:00:00Z" });
    await announceTwice(announceUpcoming);
    expect(await told()).toEqual([first]);
    await announceTwice(announceUpcoming, new Date("2026-11-23T11:30:00Z"));
    expect(await told()).toEqual([first, first]);
  });

  test("is the team's where nobody is behind it, and nobody's once it has begun", async () => {
    const { system, contactId, admin, told } = await office();
    const clinic = await clinicIn(system);
    await bookAppointment(system, { contactId, ...clinic, startsAt: "2026-11-23T10:30:00Z" });
    await announceTwice(announceUpcoming, new Date("2026-11-23T10:31:00Z"));
    expect(await told()).toEqual([]);
    await announceTwice(announceUpcoming);
    expect(await told()).toMatchObject([{ userId: admin }]);
  });
});

describe("a task", () => {
  test("is told of before it falls due, once for each due time", async () => {
    const { asSeller, seller, contactId, told } = await office();
    const task = await createTask(asSeller, { title: "Call", contactId, dueAt: soon, assigneeUserId: seller });
    await createTask(asSeller, { title: "Nobody's", dueAt: soon });
    await createTask(asSeller, { title: "Later", dueAt: later, assigneeUserId: seller });
    await announceTwice(warnOfDueTasks);
    const first = { userId: seller, kind: "task.due", title: "Due soon: Call (Ana)" };
    expect(await told()).toEqual([first]);
    await updateTask(asSeller, task.id, { dueAt: "2026-11-23T10:20:00Z" });
    await announceTwice(warnOfDueTasks);
    expect(await told()).toEqual([first, first]);
  });

  test("is not told of when it is done or deleted", async () => {
    const { asSeller, seller, told } = await office();
    const task = { title: "Call", dueAt: soon, assigneeUserId: seller };
    const [done, deleted] = [await createTask(asSeller, task), await createTask(asSeller, task)];
    await completeTask(asSeller, done.id);
    await deleteTask(asSeller, deleted.id);
    await announceTwice(warnOfDueTasks);
    expect(await told()).toEqual([]);
  });
});
