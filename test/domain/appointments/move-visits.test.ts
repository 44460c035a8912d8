import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { checkRecords } from "../../../server/domain/customers/check-records.ts";
import type { CustomerRecord } from "../../../server/domain/customers/customer-record.ts";
import { getRecord } from "../../../server/domain/customers/get-record.ts";
import { updateRecord } from "../../../server/domain/customers/update-record.ts";
import { acceptMerge } from "../../../server/domain/merges/accept-merge.ts";
import { proposeMergeByHand } from "../../../server/domain/merges/propose-by-hand.ts";
import { undoMerge } from "../../../server/domain/merges/undo-merge.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { personIn } from "../../factories/people.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function twoWithVisits() {
  const companyId = await createCompany();
  const own = ctx(companyId);
  const clinic = await clinicIn(own);
  const keptId = await personIn(db, companyId, { name: "Ana" });
  const mergedId = await personIn(db, companyId, { name: "Ana S." });
  const visit = (contactId: number, day: string) =>
    bookAppointment(own, { ...clinic, contactId, startsAt: `${day}T10:00:00Z`, status: "completed" });
  await visit(keptId, "2026-01-01");
  await visit(mergedId, "2026-01-11");
  await visit(mergedId, "2026-01-31");
  return { companyId, own, keptId, mergedId };
}

describe("visits of merged people", () => {
  test("become the kept person's with their points, and go back with an undo", async () => {
    const { companyId, own, keptId, mergedId } = await twoWithVisits();
    const { id } = await proposeMergeByHand(own, { keptId, mergedId });
    await acceptMerge(own, id);
    expect(await getRecord(own, keptId)).toMatchObject({
      appointmentsCompleted: 3,
      averageGapDays: 15,
      loyaltyPoints: 450,
    });
    expect(await checkRecords(db, companyId)).toBe(0);
    await undoMerge(own, id);
    expect(await getRecord(own, keptId)).toMatchObject({ appointmentsCompleted: 1, loyaltyPoints: 150 });
    expect(await getRecord(own, mergedId)).toMatchObject({
      appointmentsCompleted: 2,
      averageGapDays: 20,
      loyaltyPoints: 300,
    });
    expect(await checkRecords(db, companyId)).toBe(0);
  });
});

describe("the records of merged people", () => {
  test("keep what was written in both, and are exactly what they were after an undo", async () => {
    const { own, keptId, mergedId } = await twoWithVisits();
    await updateRecord(own, keptId, { notes: "Prefers mornings.", preferences: { tea: "green" } });
    const written = { notes: "Allergic to latex.", preferences: { tea: "black", room: 2 }, followUpAfterDays: 14 };
    await updateRecord(own, mergedId, { ...written, customerStatus: "vip" });
    const before = [await getRecord(own, keptId), await getRecord(own, mergedId)].map(ownOf);
    const { id } = await proposeMergeByHand(own, { keptId, mergedId });
    await acceptMerge(own, id);
    expect(await getRecord(own, keptId)).toMatchObject({
      notes: "Prefers mornings.\n\nAllergic to latex.",
      preferences: { tea: "green", room: 2 },
      followUpAfterDays: 14,
      customerStatus: "vip",
    });
    await undoMerge(own, id);
    expect([await getRecord(own, keptId), await getRecord(own, mergedId)].map(ownOf)).toEqual(before);
  });

  test("keep what somebody changed since", async () => {
    const { own, keptId, mergedId } = await twoWithVisits();
    await updateRecord(own, mergedId, { notes: "Allergic to latex.", followUpAfterDays: 14 });
    const { id } = await proposeMergeByHand(own, { keptId, mergedId });
    await acceptMerge(own, id);
    await updateRecord(own, keptId, { notes: "Allergic to latex and penicillin." });
    await undoMerge(own, id);
    expect(await getRecord(own, keptId)).toMatchObject({
      notes: "Allergic to latex and penicillin.",
      followUpAfterDays: null,
    });
  });
});

function ownOf({ notes, preferences, followUpAfterDays, customerStatus }: CustomerRecord) {
  return { notes, preferences, followUpAfterDays, customerStatus };
}

describe("visits of a company that is removed", () => {
  test("go with it", async () => {
    const { companyId } = await twoWithVisits();
    await rows(db, `delete from companies where id = ${companyId}`);
    expect(await count(db, `appointments where company_id = ${companyId}`)).toBe(0);
    expect(await count(db, `customer_records where company_id = ${companyId}`)).toBe(0);
  });
});
