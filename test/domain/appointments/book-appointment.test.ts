import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import {
  cancelAppointment,
  completeAppointment,
  markNoShow,
  reopenAppointment,
} from "../../../server/domain/appointments/change-status.ts";
import { deleteAppointment, restoreAppointment } from "../../../server/domain/appointments/delete-appointment.ts";
import { rescheduleAppointment } from "../../../server/domain/appointments/reschedule-appointment.ts";
import { takeTimeOff } from "../../../server/domain/booking/time-off.ts";
import { updateService } from "../../../server/domain/booking/write-service.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { checkRecords } from "../../../server/domain/customers/check-records.ts";
import { clinicIn, providerAt } from "../../factories/clinic.ts";
import { personIn } from "../../factories/people.ts";
import { count } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const clock = () => new Date("2026-05-30T12:00:00Z");
const ten = "2026-06-01T10:00:00Z";
const eleven = "2026-06-01T11:00:00Z";
/** The same company after a visit at ten. */
const atEleven = ({ companyId }: Ctx) => ctx(companyId, { kind: "system" }, () => new Date(eleven));

async function company(options: Parameters<typeof clinicIn>[1] = {}) {
  const companyId = await createCompany();
  const own = ctx(companyId, { kind: "system" }, clock);
  const clinic = await clinicIn(own, options);
  const contactId = await personIn(db, companyId);
  const book = (startsAt: string, fields: object = {}) =>
    bookAppointment(own, { ...clinic, contactId, startsAt, ...fields });
  return { companyId, own, clinic, contactId, book };
}

function refusals(results: PromiseSettledResult<unknown>[]): string[] {
  return results.flatMap((each) => (each.status === "rejected" ? [String(each.reason.message)] : []));
}

const taken = "The provider has another appointment at this time.";

describe("50 who want the same slot at once", () => {
  test("get one appointment and 49 clear refusals", async () => {
    const { companyId, own, clinic } = await company();
    const people = await Promise.all(Array.from({ length: 50 }, () => personIn(db, companyId)));
    const results = await Promise.allSettled(
      people.map((contactId) => bookAppointment(own, { ...clinic, contactId, startsAt: ten })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(refusals(results)).toEqual(Array.from({ length: 49 }, () => taken));
    expect(await count(db, `appointments where company_id = ${companyId}`)).toBe(1);
    expect(await count(db, `tasks where company_id = ${companyId}`)).toBe(1);
  });

  test("are as clear where one person asks 50 times, and where an appointment is moved there meanwhile", async () => {
    const { own, companyId, book } = await company();
    const { id } = await book("2026-06-01T15:00:00Z");
    const asks = Array.from({ length: 25 }, () => [
      book(ten),
      rescheduleAppointment(own, id, { startsAt: ten }),
    ]).flat();
    const results = await Promise.allSettled(asks);
    expect(new Set(refusals(results))).toEqual(new Set([taken]));
    expect(await count(db, `appointments where company_id = ${companyId} and starts_at = '${ten}'`)).toBe(1);
    expect(await checkRecords(db, companyId)).toBe(0);
  });
});

describe("a provider's time", () => {
  test("is taken until the buffer has passed", async () => {
    const { book } = await company({ bufferMinutes: 15 });
    await book(ten);
    await expect(book(eleven)).rejects.toThrow(taken);
    expect((await book("2026-06-01T11:15:00Z")).busyUntil).toBe("2026-06-01T12:30:00Z");
  });

  test("is another provider's own", async () => {
    const { own, clinic, contactId, book } = await company();
    await book(ten);
    const providerId = await providerAt(own, clinic);
    expect((await bookAppointment(own, { ...clinic, providerId, contactId, startsAt: ten })).status).toBe("booked");
  });

  test.each([
    ["cancelled", cancelAppointment],
    ["missed", markNoShow],
  ] as const)("is free again once a visit is %s, and reopening asks whether it still is", async (_word, end) => {
    const { own, book } = await company();
    const first = await book(ten);
    await end(atEleven(own), first.id);
    const second = await book(ten);
    await expect(reopenAppointment(own, first.id)).rejects.toThrow(taken);
    await cancelAppointment(own, second.id);
    expect((await reopenAppointment(own, first.id)).status).toBe("booked");
  });

  test("stays with a visit that took place", async () => {
    const { own, book } = await company();
    await completeAppointment(atEleven(own), (await book(ten)).id);
    await expect(book(ten)).rejects.toThrow(taken);
  });

  test("is free once a visit is deleted, and restoring asks whether it still is", async () => {
    const { own, book } = await company();
    const first = await book(ten);
    await deleteAppointment(own, first.id);
    await book(ten);
    await expect(restoreAppointment(own, first.id)).rejects.toThrow(taken);
  });
});

describe("booking", () => {
  test("takes the service's length and price, and the company's currency", async () => {
    const { book } = await company({ durationMinutes: 45, price: "99.95" });
    const booked = await book(ten);
    expect(booked).toMatchObject({
      endsAt: "2026-06-01T10:45:00Z",
      amount: "99.95",
      currency: "USD",
      status: "booked",
    });
  });

  test("keeps to working hours and time off, unless it is wanted otherwise", async () => {
    const { own, clinic, book } = await company();
    await expect(book("2026-06-01T18:00:00Z")).rejects.toThrow("does not work there");
    await expect(book("2026-06-01T16:30:00Z")).rejects.toThrow("does not work there");
    await takeTimeOff(own, clinic.providerId, { startsAt: ten, endsAt: eleven });
    await expect(book(ten)).rejects.toThrow("away");
    expect((await book(ten, { hours: "any" })).startsAt).toBe(ten);
  });

  test("writes down a visit of the past, also as completed", async () => {
    const { book } = await company();
    const visit = await book("2026-01-03T22:00:00Z", { status: "completed" });
    expect([visit.status, visit.completedAt]).toEqual(["completed", "2026-05-30T12:00:00Z"]);
  });

  test("is refused with what is not offered, not there, or another company's", async () => {
    const { own, clinic, contactId, book } = await company();
    const other = await company();
    await expect(book("tomorrow")).rejects.toThrow("must be a time");
    await expect(book(ten, { endsAt: ten })).rejects.toThrow("after the start");
    await expect(book(ten, { amount: "-1" })).rejects.toThrow("amount");
    await expect(book(ten, { contactId: other.contactId })).rejects.toThrow("Contact not found");
    await expect(book(ten, { serviceId: other.clinic.serviceId })).rejects.toThrow("Service not found");
    await expect(book(ten, { providerId: other.clinic.providerId })).rejects.toThrow("Provider not found");
    await expect(book(ten, { locationId: other.clinic.locationId })).rejects.toThrow("Location not found");
    await updateService(own, clinic.serviceId, { active: false });
    await expect(bookAppointment(own, { ...clinic, contactId, startsAt: ten })).rejects.toThrow("no longer be booked");
  });
});
