import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import {
  cancelAppointment,
  completeAppointment,
  markNoShow,
} from "../../../server/domain/appointments/change-status.ts";
import { getAppointment } from "../../../server/domain/appointments/get-appointment.ts";
import { updateTask } from "../../../server/domain/tasks/update-task.ts";
import { personIn } from "../../factories/people.ts";
import { messageBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { type RemindedClinic, remindedClinics } from "./reminded-clinic.ts";

const database = await testDatabase();
const { db } = database;
const { outgoing, followAll, say, reminded } = remindedClinics(database);

/** Yesterday at the same hour. */
const pass = (id: number) =>
  rows(
    db,
    `update appointments set starts_at = now() - interval '1 day', ends_at = now() - interval '23 hours',
       busy_until = now() - interval '23 hours' where id = ${id}`,
  );

async function press({ companyId, phone }: RemindedClinic, payload: string) {
  const content = { text: "…", payload };
  await deliver(db, messageBody({ type: "button", content, phone, phoneNumberId: `sim-${companyId}` }));
  await followAll();
}

async function proposed(one: RemindedClinic) {
  const last = (await outgoing(one)).at(-1);
  return (last?.request.interactive?.sections[0]?.rows ?? []).map(({ id }) => id);
}

const saidLast = async (one: RemindedClinic) => (await outgoing(one)).at(-1)?.text;

const botTurns = ({ companyId }: RemindedClinic) => count(db, `bot_turns where company_id = ${companyId}`);

const openTasks = ({ companyId }: RemindedClinic, title: string) =>
  count(db, `tasks where company_id = ${companyId} and title like '${title}%' and status = 'todo'`);

const moveTasks = ({ companyId }: RemindedClinic) =>
  rows<{ id: number; status: string; description: string; isDue: boolean }>(
    db,
    `select id, status, description, due_at <= now() as "isDue" from tasks
     where company_id = ${companyId} and title like 'Find another time%'`,
  );

const bookedByThemselves = ({ companyId }: RemindedClinic) =>
  rows<{ status: string }>(
    db,
    `select status from appointments where company_id = ${companyId} and source = 'whatsapp'`,
  );

describe("an answer to the reminder of a visit that was cancelled since", () => {
  test("by “I will come” tells the person that we write, and gives the team a task", async () => {
    const { one, visit } = await reminded();
    await cancelAppointment(one.own, visit.id);
    await press(one, `appointment:${visit.id}:confirm`);
    expect((await getAppointment(one.own, visit.id)).status).toBe("cancelled");
    expect(await saidLast(one)).toContain("We will write");
    expect([await openTasks(one, "Find another time"), await botTurns(one)]).toEqual([1, 0]);
  });

  test("by “I will come” brings the team's task back where it was done before, and leaves one that is under way", async () => {
    const { one, visit } = await reminded();
    await press(one, `appointment:${visit.id}:reschedule`);
    const [task] = await moveTasks(one);
    await updateTask(one.own, task?.id ?? 0, { status: "done", dueAt: "2026-01-05T10:00:00Z" });
    await cancelAppointment(one.own, visit.id);
    await press(one, `appointment:${visit.id}:confirm`);
    expect(await saidLast(one)).toContain("We will write");
    expect(await moveTasks(one)).toEqual([
      { id: task?.id, status: "todo", description: expect.stringContaining("called off"), isDue: false },
    ]);
    await updateTask(one.own, task?.id ?? 0, { status: "in_progress" });
    await press(one, `appointment:${visit.id}:confirm`);
    expect(await moveTasks(one)).toMatchObject([{ status: "in_progress" }]);
  });

  test("by “another time” brings times that book another visit, and a choice ends the task", async () => {
    const { one, visit } = await reminded();
    await cancelAppointment(one.own, visit.id);
    await press(one, `appointment:${visit.id}:reschedule`);
    expect(await openTasks(one, "Find another time")).toBe(1);
    const [first = ""] = await proposed(one);
    expect(first).toMatch(/:book:/);
    await press(one, first);
    expect(await bookedByThemselves(one)).toEqual([{ status: "confirmed" }]);
    expect([await openTasks(one, "Find another time"), await botTurns(one)]).toEqual([0, 0]);
  });

  test("by a time that was proposed before books a visit then, or brings the next ones where it is taken", async () => {
    const { one, visit } = await reminded();
    await say(one, "cannot");
    const [first = "", second = ""] = await proposed(one);
    await cancelAppointment(one.own, visit.id);
    const startsAt = new Date(Number(first.split(":")[3]) * 60_000).toISOString();
    await bookAppointment(one.own, { ...one.clinic, contactId: await personIn(db, one.companyId), startsAt });
    await press(one, first);
    expect(await bookedByThemselves(one)).toEqual([]);
    expect((await proposed(one))[0]).toMatch(/:book:/);
    await press(one, second);
    expect(await bookedByThemselves(one)).toEqual([{ status: "confirmed" }]);
    expect((await getAppointment(one.own, visit.id)).status).toBe("cancelled");
    expect([await openTasks(one, "Find another time"), await botTurns(one)]).toEqual([0, 0]);
  });
});

describe("an answer to the reminder of a visit that is over", () => {
  test("by “I will come” changes nothing and says nothing", async () => {
    const { one, visit } = await reminded();
    await pass(visit.id);
    await completeAppointment(one.own, visit.id);
    const before = (await outgoing(one)).length;
    await press(one, `appointment:${visit.id}:confirm`);
    expect((await getAppointment(one.own, visit.id)).status).toBe("completed");
    expect([(await outgoing(one)).length, await openTasks(one, "Find another time"), await botTurns(one)]).toEqual([
      before,
      0,
      0,
    ]);
  });

  test("by “another time” books another visit, also where it was missed, and nobody has to ask any more", async () => {
    const { one, visit } = await reminded();
    await pass(visit.id);
    await markNoShow(one.own, visit.id);
    expect(await openTasks(one, "Missed appointment")).toBe(1);
    await press(one, `appointment:${visit.id}:reschedule`);
    const [first = ""] = await proposed(one);
    await press(one, first);
    expect(await bookedByThemselves(one)).toEqual([{ status: "confirmed" }]);
    expect((await getAppointment(one.own, visit.id)).status).toBe("no_show");
    expect([await openTasks(one, "Missed appointment"), await openTasks(one, "Find another time")]).toEqual([0, 0]);
  });
});

describe("a tap on a proposed time that has passed", () => {
  const passed = (providerId: number) => `${Math.floor(Date.now() / 60_000) - 180}:${providerId}`;

  test("moves nothing, and brings times to come", async () => {
    const { one, visit } = await reminded();
    await say(one, "cannot");
    await press(one, `appointment:${visit.id}:move:${passed(visit.providerId)}`);
    expect(await getAppointment(one.own, visit.id)).toMatchObject({ startsAt: visit.startsAt, status: "booked" });
    expect((await proposed(one))[0]).toMatch(/:move:/);
    expect(await saidLast(one)).toContain("When would suit you better?");
    expect(await openTasks(one, "Find another time")).toBe(1);
  });

  test.each(["move", "book"])("(%s) books nothing where the visit was missed, and the team still asks", async (act) => {
    const { one, visit } = await reminded();
    await pass(visit.id);
    await markNoShow(one.own, visit.id);
    await press(one, `appointment:${visit.id}:${act}:${passed(visit.providerId)}`);
    expect(await bookedByThemselves(one)).toEqual([]);
    const [first = ""] = await proposed(one);
    expect(first).toMatch(/:book:/);
    expect(await openTasks(one, "Missed appointment")).toBe(1);
    await press(one, first);
    expect(await bookedByThemselves(one)).toEqual([{ status: "confirmed" }]);
    expect(await openTasks(one, "Missed appointment")).toBe(0);
  });
});
