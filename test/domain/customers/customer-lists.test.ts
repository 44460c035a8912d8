import { describe, expect, test } from "vitest";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { listDueCustomers } from "../../../server/domain/customers/list-due-customers.ts";
import { type FollowUpCursor, listFollowUps } from "../../../server/domain/customers/list-follow-ups.ts";
import { listRepeatCustomers, type RepeatCursor } from "../../../server/domain/customers/list-repeat-customers.ts";
import { updateRecord } from "../../../server/domain/customers/update-record.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const clock = () => new Date("2026-05-30T12:00:00Z");

async function company(): Promise<{ companyId: number; own: Ctx; person: (name: string) => Promise<number> }> {
  const companyId = await createCompany();
  const own = ctx(companyId, { kind: "system" }, clock);
  return { companyId, own, person: (name) => personIn(db, companyId, { name }) };
}

async function call(own: Ctx, contactId: number, occurredAt: string): Promise<void> {
  await logActivity(own, { contactId, activityType: "call", title: "Call", occurredAt });
}

async function silent(own: Ctx, query: { daysThreshold?: number } = {}, limit = 2): Promise<string[]> {
  const names: string[] = [];
  for (let cursor: FollowUpCursor | null | undefined; cursor !== null; ) {
    const page = await listFollowUps(own, { ...query, limit, ...(cursor ? { cursor } : {}) });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.next;
  }
  return names;
}

describe("whom to follow up", () => {
  test("begins with who was never contacted, then goes from the longest silence on", async () => {
    const { own, person } = await company();
    await call(own, await person("fifty days"), "2026-04-10T12:00:00Z");
    await call(own, await person("ten days"), "2026-05-20T12:00:00Z");
    await call(own, await person("a year"), "2025-05-30T12:00:00Z");
    await call(own, await person("exactly thirty"), "2026-04-30T12:00:00Z");
    await person("never");
    await person("never either");
    await deleteContact(own, await person("deleted"));
    const month = ["never", "never either", "a year", "fifty days", "exactly thirty"];
    expect(await silent(own)).toEqual(month);
    expect(await silent(own, { daysThreshold: 30 })).toEqual(month);
    expect(await silent(own, { daysThreshold: 7 })).toEqual([...month, "ten days"]);
    expect(await silent(own, { daysThreshold: 100 })).toEqual(month.slice(0, 3));
  });

  test("keeps to a person's own threshold, unless one is asked for", async () => {
    const { own, person } = await company();
    const often = await person("often");
    const seldom = await person("seldom");
    const usual = await person("usual");
    await call(own, often, "2026-05-20T12:00:00Z");
    await call(own, seldom, "2026-04-01T12:00:00Z");
    await call(own, usual, "2026-04-10T12:00:00Z");
    await updateRecord(own, often, { followUpAfterDays: 7 });
    await updateRecord(own, seldom, { followUpAfterDays: 365 });
    expect(await silent(own, {}, 1)).toEqual(["usual", "often"]);
    expect(await silent(own, { daysThreshold: 30 }, 1)).toEqual(["seldom", "usual"]);
  });

  test("can be one owner's people only", async () => {
    const { companyId, own, person } = await company();
    const ownerUserId = await memberOf(db, companyId, "salesperson");
    await updateRecord(own, await person("hers"), { ownerUserId });
    await person("nobody's");
    const { items } = await listFollowUps(own, { limit: 10, ownerUserId });
    expect(items.map(({ name }) => name)).toEqual(["hers"]);
  });
});

describe("who comes again", () => {
  test("is listed by how often, and by own rhythm once the time has come", async () => {
    const { own, person } = await company();
    const clinic = await clinicIn(own);
    const visits = async (name: string, days: string[]) => {
      const contactId = await person(name);
      for (const [index, day] of days.entries()) {
        const startsAt = `${day}T${String(8 + (contactId % 5)).padStart(2, "0")}:00:00Z`;
        await bookAppointment(own, {
          ...clinic,
          contactId,
          startsAt: new Date(Date.parse(startsAt) + index).toISOString(),
          endsAt: new Date(Date.parse(startsAt) + index + 60_000).toISOString(),
          status: "completed",
          hours: "any",
        });
      }
      return contactId;
    };
    await visits("monthly, due", ["2026-03-01", "2026-03-31", "2026-04-30"]);
    await visits("monthly, overdue", ["2026-01-01", "2026-01-31", "2026-03-02"]);
    await visits("yearly, not due", ["2025-03-05", "2026-03-05"]);
    const booked = await visits("monthly, has a visit", ["2026-01-02", "2026-02-01"]);
    await bookAppointment(own, { ...clinic, contactId: booked, startsAt: "2026-06-01T15:00:00Z" });
    await visits("once", ["2026-01-06"]);
    const due = await listDueCustomers(own, { limit: 10 });
    expect(due.items.map(({ name, state }) => [name, state])).toEqual([
      ["monthly, overdue", "overdue"],
      ["monthly, due", "due"],
    ]);
    const overdue = await listDueCustomers(own, { limit: 10, state: "overdue" });
    expect(overdue.items.map(({ name }) => name)).toEqual(["monthly, overdue"]);
    const first = await listDueCustomers(own, { limit: 1 });
    const second = first.next && (await listDueCustomers(own, { limit: 1, cursor: first.next }));
    expect(second?.items.map(({ name }) => name)).toEqual(["monthly, due"]);

    const names: string[] = [];
    for (let cursor: RepeatCursor | null | undefined; cursor !== null; ) {
      const page = await listRepeatCustomers(own, { limit: 1, ...(cursor ? { cursor } : {}) });
      names.push(...page.items.map(({ name, appointmentsCompleted }) => `${name} ${appointmentsCompleted}`));
      cursor = page.next;
    }
    expect(names).toEqual(["monthly, overdue 3", "monthly, due 3", "monthly, has a visit 2", "yearly, not due 2"]);
  });
});
