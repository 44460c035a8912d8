import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { checkRecords } from "../../../server/domain/customers/check-records.ts";
import { getRecord } from "../../../server/domain/customers/get-record.ts";
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

describe("visits of a company that is removed", () => {
  test("go with it", async () => {
    const { companyId } = await twoWithVisits();
    await rows(db, `delete from companies where id = ${companyId}`);
    expect(await count(db, `appointments where company_id = ${companyId}`)).toBe(0);
    expect(await count(db, `customer_records where company_id = ${companyId}`)).toBe(0);
  });
});
