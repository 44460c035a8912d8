import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { completeAppointment, reopenAppointment } from "../../../server/domain/appointments/change-status.ts";
import { checkRecords } from "../../../server/domain/customers/check-records.ts";
import { getRecord } from "../../../server/domain/customers/get-record.ts";
import { enterLoyalty, listLoyaltyEntries } from "../../../server/domain/customers/loyalty-entries.ts";
import {
  getLoyaltyRules,
  pointsFor,
  tierOf,
  updateLoyaltyRules,
} from "../../../server/domain/customers/loyalty-rules.ts";
import { clinicIn } from "../../factories/clinic.ts";
import { personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function person() {
  const companyId = await createCompany();
  return { companyId, own: ctx(companyId), contactId: await personIn(db, companyId) };
}

describe("the rules of loyalty", () => {
  test("are the document's until they are edited", async () => {
    const { own } = await person();
    const rules = await getLoyaltyRules(own);
    expect([0, 199, 200, 499, 500, 999, 1000, 5000].map((points) => tierOf(rules, points))).toEqual([
      "bronze",
      "bronze",
      "silver",
      "silver",
      "gold",
      "gold",
      "platinum",
      "platinum",
    ]);
    expect(["150", "150.99", "0.1", "99999999999.9999"].map((amount) => pointsFor(rules, amount))).toEqual([
      150, 150, 0, 99_999_999_999,
    ]);
  });

  test("count for what is completed from then on; what is taken back is what was given", async () => {
    const { own, companyId, contactId } = await person();
    const clinic = await clinicIn(own);
    const { id } = await bookAppointment(own, { ...clinic, contactId, startsAt: "2026-03-02T10:00:00Z" });
    await completeAppointment(own, id);
    await updateLoyaltyRules(own, { pointsPerUnit: "2.5", tiers: [{ name: "guest", from: 0 }] });
    expect((await getRecord(own, contactId)).loyaltyPoints).toBe(150);
    await reopenAppointment(own, id);
    expect((await getRecord(own, contactId)).loyaltyPoints).toBe(0);
    await completeAppointment(own, id);
    expect((await getRecord(own, contactId)).loyaltyPoints).toBe(375);
    expect(tierOf(await getLoyaltyRules(own), 375)).toBe("guest");
    expect(await checkRecords(db, companyId)).toBe(0);
  });

  test.each([
    [{ pointsPerUnit: "-1" }],
    [{ pointsPerUnit: "1001" }],
    [{ tiers: [] }],
    [{ tiers: [{ name: "a", from: 10 }] }],
    [
      {
        tiers: [
          { name: "a", from: 0 },
          { name: "b", from: 0 },
        ],
      },
    ],
    [
      {
        tiers: [
          { name: "a", from: 0 },
          { name: "A", from: 5 },
        ],
      },
    ],
  ])("refuse %j", async (patch) => {
    const { own } = await person();
    await expect(updateLoyaltyRules(own, patch)).rejects.toThrow(/pointsPerUnit|tiers/);
  });
});

describe("points by hand", () => {
  test("are given, spent without losing the tier, and never more than there are", async () => {
    const { own, companyId, contactId } = await person();
    await enterLoyalty(own, contactId, { kind: "adjusted", points: 250, reason: "welcome" });
    await enterLoyalty(own, contactId, { kind: "redeemed", points: 100 });
    expect(await getRecord(own, contactId)).toMatchObject({ loyaltyPoints: 150, loyaltyEarned: 250 });
    await expect(enterLoyalty(own, contactId, { kind: "redeemed", points: 151 })).rejects.toThrow("only 150 points");
    const { items, next } = await listLoyaltyEntries(own, contactId, { limit: 1 });
    expect(items).toMatchObject([{ kind: "redeemed", points: -100 }]);
    const rest = await listLoyaltyEntries(own, contactId, { limit: 5, cursor: next ?? 0 });
    expect(rest).toMatchObject({ items: [{ kind: "adjusted", points: 250, reason: "welcome" }], next: null });
    expect(await checkRecords(db, companyId)).toBe(0);
  });

  test("cannot be spent twice at once", async () => {
    const { own, contactId } = await person();
    await enterLoyalty(own, contactId, { kind: "adjusted", points: 100 });
    const spends = Array.from({ length: 10 }, () => enterLoyalty(own, contactId, { kind: "redeemed", points: 60 }));
    const results = await Promise.allSettled(spends);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await getRecord(own, contactId)).loyaltyPoints).toBe(40);
  });
});
