import { describe, expect, test } from "vitest";
import type { Appointment } from "../../../server/domain/appointments/appointment.ts";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import {
  cancelAppointment,
  completeAppointment,
  confirmAppointment,
  markNoShow,
  reopenAppointment,
} from "../../../server/domain/appointments/change-status.ts";
import { deleteAppointment, restoreAppointment } from "../../../server/domain/appointments/delete-appointment.ts";
import { getAppointment } from "../../../server/domain/appointments/get-appointment.ts";
import { rescheduleAppointment } from "../../../server/domain/appointments/reschedule-appointment.ts";
import { updateAppointment } from "../../../server/domain/appointments/update-appointment.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { restoreContact } from "../../../server/domain/contacts/restore-contact.ts";
import { checkRecords } from "../../../server/domain/customers/check-records.ts";
import { getRecord } from "../../../server/domain/customers/get-record.ts";
import { listTimeline } from "../../../server/domain/events/list-timeline.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function booked(startsAt = "2026-06-03T10:00:00Z") {
  const companyId = await createCompany();
  const clock = { now: new Date("2026-05-30T12:00:00Z") };
  const own = ctx(companyId, { kind: "system" }, () => clock.now);
  const clinic = await clinicIn(own);
  const contactId = await personIn(db, companyId);
  const visit = await bookAppointment(own, { ...clinic, contactId, startsAt, hours: "any" });
  const tasks = () =>
    rows<{ origin_key: string; status: string; due_at: string; appointment_id: number }>(
      db,
      `select origin_key, status, due_at, appointment_id from tasks where company_id = ${companyId} order by id`,
    );
  const points = () =>
    rows<{ kind: string; points: number }>(
      db,
      `select kind, points from loyalty_entries where company_id = ${companyId} order by id`,
    );
  const record = () => getRecord(own, contactId);
  const events = async () =>
    (await listTimeline(own, contactId, { limit: 100 })).items.map(({ type }) => type).toReversed();
  return { companyId, own, clock, clinic, contactId, visit, id: visit.id, tasks, points, record, events };
}

/** One that was booked, at its end. */
async function over() {
  const one = await booked();
  one.clock.now = new Date(one.visit.endsAt);
  return one;
}

describe("an appointment's actions", () => {
  test("begin with one to confirm it, a day before", async () => {
    const { id, tasks } = await booked();
    expect(await tasks()).toEqual([
      { origin_key: `appointment:${id}:confirm`, status: "todo", due_at: "2026-06-02T10:00:00Z", appointment_id: id },
    ]);
  });

  test.each([
    ["in two days", "2026-06-01T12:00:00Z", "2026-05-31T12:00:00Z"],
    ["just over a day ahead", "2026-05-31T12:10:00Z", "2026-05-30T13:00:00Z"],
    ["tomorrow", "2026-05-31T10:00:00Z", "2026-05-30T13:00:00Z"],
    ["in two hours", "2026-05-30T14:00:00Z", "2026-05-30T13:00:00Z"],
    ["in half an hour", "2026-05-30T12:30:00Z", "2026-05-30T12:15:00Z"],
  ])("leave time to ask, and are due before a visit %s begins", async (_when, startsAt, due) => {
    const { own, id, tasks } = await booked(startsAt);
    expect(await tasks()).toMatchObject([{ due_at: due }]);
    await rescheduleAppointment(own, id, { startsAt: "2026-07-01T10:00:00Z" });
    await rescheduleAppointment(own, id, { startsAt, hours: "any" });
    expect(await tasks()).toMatchObject([{ status: "todo", due_at: due }]);
  });

  test("are done when it is confirmed, and wait again when it moves", async () => {
    const { own, id, tasks } = await booked();
    await confirmAppointment(own, id);
    expect((await tasks()).map(({ status }) => status)).toEqual(["done"]);
    const moved = await rescheduleAppointment(own, id, { startsAt: "2026-06-04T11:00:00Z" });
    expect([moved.status, moved.confirmedAt, moved.sequence]).toEqual(["booked", null, 1]);
    expect(await tasks()).toMatchObject([{ status: "todo", due_at: "2026-06-03T11:00:00Z" }]);
  });

  test("are called off with it", async () => {
    const { own, id, tasks } = await booked();
    await cancelAppointment(own, id, { reason: "on holiday" });
    expect((await tasks()).map(({ status }) => status)).toEqual(["cancelled"]);
  });

  test("end with one follow-up a week after, however often it is completed", async () => {
    const { own, id, tasks } = await over();
    for (let round = 0; round < 3; round += 1) {
      await completeAppointment(own, id);
      await reopenAppointment(own, id);
    }
    expect((await tasks()).filter(({ origin_key: key }) => key.endsWith("follow_up"))).toMatchObject([
      { status: "todo", due_at: "2026-06-10T11:00:00Z", appointment_id: id },
    ]);
  });
});

describe("a follow-up", () => {
  test("is made for the latest visit alone, and not for what ended long ago", async () => {
    const { own, clock, id, contactId, visit, tasks } = await booked();
    const { serviceId, locationId, providerId } = visit;
    clock.now = new Date("2026-06-03T18:00:00Z");
    await completeAppointment(own, id);
    for (const startsAt of ["2026-03-03T10:00:00Z", "2026-04-03T10:00:00Z", "2026-06-02T10:00:00Z"])
      await bookAppointment(own, { contactId, serviceId, locationId, providerId, startsAt, status: "completed" });
    const followUps = (await tasks()).filter(({ origin_key: key }) => key.endsWith("follow_up"));
    expect(followUps).toMatchObject([{ appointment_id: id }]);
  });
});

describe("a missed visit", () => {
  test("gives a task that is not overdue when it is made", async () => {
    const { own, id, tasks } = await over();
    await markNoShow(own, id);
    expect((await tasks()).filter(({ origin_key: key }) => key.endsWith("recovery"))).toMatchObject([
      { status: "todo", due_at: "2026-06-03T12:00:00Z" },
    ]);
  });
});

describe("a visit that has not begun", () => {
  test("is neither completed nor missed, whoever books or moves it there", async () => {
    const { own, clock, id, contactId, visit } = await booked();
    await expect(completeAppointment(own, id)).rejects.toMatchObject({
      refusal: { kind: "conflict", message: expect.stringContaining("has not begun") },
    });
    await expect(markNoShow(own, id)).rejects.toThrow("has not begun");
    const { serviceId, locationId, providerId } = visit;
    const startsAt = "2026-06-04T10:00:00Z";
    const done = { contactId, serviceId, locationId, providerId, startsAt, status: "completed" } as const;
    await expect(bookAppointment(own, done)).rejects.toThrow("has not begun");
    clock.now = new Date("2026-06-03T09:15:00Z");
    await expect(markNoShow(own, id)).rejects.toThrow("has not begun");
    await completeAppointment(own, id);
    await expect(rescheduleAppointment(own, id, { startsAt })).rejects.toMatchObject({
      refusal: { kind: "conflict", message: expect.stringContaining("is completed") },
    });
  });
});

describe("a cancelled visit", () => {
  test("is not moved, and says what to do instead", async () => {
    const { own, id } = await booked();
    await cancelAppointment(own, id);
    await expect(rescheduleAppointment(own, id, { startsAt: "2026-06-04T11:00:00Z" })).rejects.toMatchObject({
      refusal: { kind: "conflict", message: expect.stringMatching(/is cancelled.*[Rr]eopen/) },
    });
    await reopenAppointment(own, id);
    const moved = await rescheduleAppointment(own, id, { startsAt: "2026-06-04T11:00:00Z" });
    expect([moved.status, moved.startsAt]).toEqual(["booked", "2026-06-04T11:00:00Z"]);
  });
});

describe("points", () => {
  test("come once, however often a visit is completed, and go when it is taken back", async () => {
    const { own, id, points, record } = await over();
    await completeAppointment(own, id);
    await completeAppointment(own, id);
    expect(await points()).toEqual([{ kind: "earned", points: 150 }]);
    await reopenAppointment(own, id);
    await completeAppointment(own, id);
    expect(await points()).toEqual([
      { kind: "earned", points: 150 },
      { kind: "reversed", points: -150 },
      { kind: "earned", points: 150 },
    ]);
    expect((await record()).loyaltyPoints).toBe(150);
  });

  test("follow the amount", async () => {
    const { own, id, record } = await over();
    await completeAppointment(own, id, { amount: "99.99", treatmentDetails: { units: 20 } });
    expect(await record()).toMatchObject({ loyaltyPoints: 99, lifetimeValue: "99.99" });
    await updateAppointment(own, id, { amount: "210.5" });
    expect(await record()).toMatchObject({ loyaltyPoints: 210, lifetimeValue: "210.5" });
    await updateAppointment(own, id, { amount: "10" });
    expect(await record()).toMatchObject({ loyaltyPoints: 10, lifetimeValue: "10" });
  });

  test("go with a visit that is deleted and come back with it", async () => {
    const { own, id, record } = await over();
    await completeAppointment(own, id);
    await deleteAppointment(own, id);
    expect(await record()).toMatchObject({
      loyaltyPoints: 0,
      appointmentsTotal: 0,
      lifetimeValue: "0",
      lastVisitAt: null,
    });
    await restoreAppointment(own, id);
    expect(await record()).toMatchObject({ loyaltyPoints: 150, appointmentsTotal: 1, lifetimeValue: "150" });
  });

  test("come once when twenty complete the same visit at the same moment", async () => {
    const { companyId, own, id, points, events } = await over();
    await Promise.all(Array.from({ length: 20 }, () => completeAppointment(own, id)));
    expect(await points()).toEqual([{ kind: "earned", points: 150 }]);
    expect((await events()).filter((type) => type === "appointment.completed")).toHaveLength(1);
    expect(await checkRecords(db, companyId)).toBe(0);
  });
});

describe("the status", () => {
  const acts: Record<string, (own: Parameters<typeof confirmAppointment>[0], id: number) => Promise<Appointment>> = {
    confirm: confirmAppointment,
    complete: completeAppointment,
    cancel: cancelAppointment,
    miss: markNoShow,
    reopen: reopenAppointment,
  };

  test.each([
    ["cancel", "complete", "is cancelled"],
    ["complete", "cancel", "is completed"],
    ["miss", "confirm", "is marked as a no-show"],
    ["complete", "confirm", "is completed"],
  ])("after %s refuses %s in words", async (first, second, words) => {
    const { own, id } = await over();
    await acts[first]?.(own, id);
    await expect(acts[second]?.(own, id)).rejects.toThrow(`${words}; it cannot be`);
  });

  test("comes back as confirmed where it was", async () => {
    const { own, id } = await over();
    await confirmAppointment(own, id);
    await markNoShow(own, id);
    expect((await reopenAppointment(own, id)).status).toBe("confirmed");
  });

  test("is told in the timeline, act by act, with before and after", async () => {
    const { own, contactId, id, events } = await over();
    await confirmAppointment(own, id);
    await completeAppointment(own, id);
    expect(await events()).toEqual([
      "appointment.booked",
      "task.created",
      "appointment.confirmed",
      "task.completed",
      "appointment.completed",
      "loyalty.earned",
      "task.created",
    ]);
    const { items } = await listTimeline(own, contactId, { limit: 1, types: ["appointment.completed"] });
    expect(items[0]).toMatchObject({ before: { status: "confirmed" }, after: { status: "completed" } });
  });

  test("is guarded by version and company", async () => {
    const { own, id, visit } = await over();
    const other = await booked();
    await expect(confirmAppointment(own, id, { ifVersion: visit.version + 1 })).rejects.toThrow(
      "changed in the meantime",
    );
    await expect(confirmAppointment(other.own, id)).rejects.toThrow("Appointment not found");
    await expect(deleteAppointment(other.own, id)).rejects.toThrow("Appointment not found");
    await expect(restoreAppointment(other.own, id)).rejects.toThrow("Appointment not found");
  });
});

describe("a completed visit's time", () => {
  test("can be corrected without opening it", async () => {
    const { own, id, record } = await over();
    await completeAppointment(own, id);
    const moved = await rescheduleAppointment(own, id, { startsAt: "2026-05-01T08:00:00Z" });
    expect(moved.status).toBe("completed");
    expect((await record()).lastVisitAt).toBe("2026-05-01T08:00:00Z");
  });
});

describe("the visit of a deleted person", () => {
  test("can be cancelled or deleted, which gives the provider's time back, and nothing else be done with it", async () => {
    const { own, id, contactId, visit, clinic, companyId } = await booked();
    await deleteContact(own, contactId);
    await expect(confirmAppointment(own, id)).rejects.toThrow("The person of this appointment was deleted");
    await expect(rescheduleAppointment(own, id, { startsAt: "2026-06-04T10:00:00Z" })).rejects.toThrow("was deleted");
    expect((await cancelAppointment(own, id)).status).toBe("cancelled");
    const another = {
      ...clinic,
      contactId: await personIn(db, companyId),
      startsAt: visit.startsAt,
      hours: "any",
    } as const;
    const { id: next, contactId: second } = await bookAppointment(own, another);
    await deleteContact(own, second);
    await deleteAppointment(own, next);
    await expect(getAppointment(own, next)).rejects.toThrow("Appointment not found");
    expect(await checkRecords(db, companyId)).toBe(0);
    await restoreContact(own, contactId);
    expect((await reopenAppointment(own, id)).status).toBe("booked");
  });
});
