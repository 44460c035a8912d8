import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { recordsCheckCommand, recordsRebuildCommand } from "../../../server/cli/records-command.ts";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import {
  cancelAppointment,
  completeAppointment,
  confirmAppointment,
  markNoShow,
  reopenAppointment,
} from "../../../server/domain/appointments/change-status.ts";
import { deleteAppointment, restoreAppointment } from "../../../server/domain/appointments/delete-appointment.ts";
import { rescheduleAppointment } from "../../../server/domain/appointments/reschedule-appointment.ts";
import { updateAppointment } from "../../../server/domain/appointments/update-appointment.ts";
import { checkRecords, rebuildRecords } from "../../../server/domain/customers/check-records.ts";
import { getRecord } from "../../../server/domain/customers/get-record.ts";
import { DomainError } from "../../../server/domain/domain-error.ts";
import { clinicIn, providerAt } from "../../factories/clinic.ts";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { recount } from "./recount.ts";

const { db, ctx, createCompany } = await testDatabase();
const clock = () => new Date("2026-05-30T12:00:00Z");
vi.spyOn(console, "log").mockImplementation(() => {});

async function company() {
  const slug = `r-${crypto.randomUUID().slice(0, 8)}`;
  const companyId = await createCompany(slug);
  const own = ctx(companyId, { kind: "system" }, clock);
  const clinic = await clinicIn(own);
  const people = [await personIn(db, companyId, { name: "Ana" }), await personIn(db, companyId, { name: "Bea" })];
  const visit = (contactId: number, startsAt: string, fields: object = {}) =>
    bookAppointment(own, { ...clinic, contactId, startsAt, hours: "any", status: "completed", ...fields });
  return { slug, companyId, own, clinic, people, visit };
}

describe("a customer's record", () => {
  test("counts completed visits by their start, as the contract says", async () => {
    const { own, people, visit } = await company();
    const [ana = 0] = people;
    await visit(ana, "2024-01-15T10:00:00Z", { amount: "150" });
    expect(await getRecord(own, ana)).toMatchObject({
      averageGapDays: null,
      expectedNextVisitOn: null,
      medianGapDays: null,
    });
    await visit(ana, "2023-11-16T10:00:00Z", { amount: "100.5" });
    await visit(ana, "2023-12-01T10:00:00Z", { amount: "0.25" });
    await visit(ana, "2026-06-01T09:00:00Z", { status: "booked" });
    expect(await getRecord(own, ana)).toMatchObject({
      appointmentsTotal: 4,
      appointmentsCompleted: 3,
      lifetimeValue: "250.75",
      firstVisitAt: "2023-11-16T10:00:00Z",
      lastVisitAt: "2024-01-15T10:00:00Z",
      nextAppointmentAt: "2026-06-01T09:00:00Z",
      averageGapDays: 30,
      expectedNextVisitOn: "2024-02-14",
      medianGapDays: 30,
      gapDeviationDays: 15,
      dueFromOn: "2024-01-30",
      dueUntilOn: "2024-02-29",
    });
  });

  test("is new and empty for somebody who was never here", async () => {
    const { own, people, companyId } = await company();
    expect(await getRecord(own, people[0] ?? 0)).toMatchObject({
      version: 0,
      customerStatus: "new",
      appointmentsTotal: 0,
    });
    const gone = await personIn(db, await createCompany());
    await expect(getRecord(own, gone)).rejects.toThrow("Contact not found");
    expect(await checkRecords(db, companyId)).toBe(0);
  });

  test("loses no count when its visits change at the same moment", async () => {
    const { companyId, own, clinic, people } = await company();
    const [ana = 0] = people;
    const providers = await Promise.all(Array.from({ length: 8 }, () => providerAt(own, clinic)));
    await Promise.all(
      providers.map((providerId) =>
        bookAppointment(own, {
          ...clinic,
          providerId,
          contactId: ana,
          startsAt: "2026-03-02T10:00:00Z",
          status: "completed",
        }),
      ),
    );
    expect(await getRecord(own, ana)).toMatchObject({
      appointmentsCompleted: 8,
      lifetimeValue: "1200",
      loyaltyPoints: 1200,
    });
    expect(await checkRecords(db, companyId)).toBe(0);
  });
});

const act = fc.record({
  kind: fc.constantFrom(
    "book",
    "confirm",
    "complete",
    "cancel",
    "miss",
    "reopen",
    "delete",
    "restore",
    "amount",
    "move",
  ),
  person: fc.nat(1),
  visit: fc.nat(5),
  day: fc.nat(120),
  amount: fc.nat(500),
});

describe("records after anything that can happen to visits", () => {
  test("equal a recount", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
        const { companyId, own, people, visit } = await company();
        const ids: number[] = [];
        for (const { kind, person, visit: which, day, amount } of acts) {
          const startsAt = new Date(Date.UTC(2026, 0, 1 + day, 10)).toISOString();
          const id = ids[which % Math.max(1, ids.length)] ?? 0;
          const contactId = people[person] ?? 0;
          const doing = {
            book: async () => {
              ids.push((await visit(contactId, startsAt, { status: "booked", amount: String(amount) })).id);
            },
            confirm: () => confirmAppointment(own, id),
            complete: () => completeAppointment(own, id),
            cancel: () => cancelAppointment(own, id),
            miss: () => markNoShow(own, id),
            reopen: () => reopenAppointment(own, id),
            delete: () => deleteAppointment(own, id),
            restore: () => restoreAppointment(own, id),
            amount: () => updateAppointment(own, id, { amount: String(amount) }),
            move: () => rescheduleAppointment(own, id, { startsAt, hours: "any" }),
          }[kind];
          await doing().catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error;
          });
        }
        for (const contactId of people) await expectRecount(own, contactId);
        expect(await checkRecords(db, companyId)).toBe(0);
      }),
      { numRuns: 15 },
    );
  });

  async function expectRecount(own: Parameters<typeof getRecord>[0], contactId: number): Promise<void> {
    const visits = await rows<{ startsAt: string; status: string; amount: string }>(
      db,
      `select starts_at as "startsAt", status, amount from appointments where contact_id = ${contactId} and deleted_at is null`,
    );
    const plain = visits.map(({ startsAt, status, amount }) => ({
      startsAt: Date.parse(startsAt),
      status,
      amount: Number(amount),
    }));
    const { lifetimeValue, loyaltyPoints, ...record } = await getRecord(own, contactId);
    const expected = recount(plain);
    expect({ ...record, lifetimeValue: Number(lifetimeValue) }).toMatchObject(expected);
    expect(loyaltyPoints).toBe(expected.lifetimeValue);
  }
});

describe("rapport records", () => {
  test("finds what is wrong, and makes it right", async () => {
    const { slug, companyId, own, people, visit } = await company();
    for (const contactId of people) await visit(contactId, `2026-02-0${people.indexOf(contactId) + 2}T10:00:00Z`);
    await rows(
      db,
      `update customer_records set lifetime_value = 7 where company_id = ${companyId} and contact_id = ${people[0]}`,
    );
    await rows(db, `delete from customer_records where company_id = ${companyId} and contact_id = ${people[1]}`);
    expect(await checkRecords(db, companyId)).toBe(2);
    expect(await recordsCheckCommand(db, ["--company", slug])).toBe(1);
    expect(await recordsRebuildCommand(db, ["--company", slug])).toBe(0);
    expect(await recordsCheckCommand(db, ["--company", slug])).toBe(0);
    expect(await rebuildRecords(db, companyId)).toBe(0);
    expect((await getRecord(own, people[1] ?? 0)).lifetimeValue).toBe("150");
  });
});
