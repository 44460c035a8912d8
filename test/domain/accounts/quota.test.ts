import { describe, expect, test } from "vitest";
import { createQuotaLeases } from "../../../server/domain/accounts/quota-leases.ts";
import { returnQuota, takeQuota } from "../../../server/domain/accounts/take-quota.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db } = await testDatabase();
const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);

describe("an exact quota", () => {
  test("lets exactly its number through, however many ask at once", async () => {
    const rule = { key: "exact", limit: 10, windowSeconds: 900 };
    const quotas = await Promise.all(Array.from({ length: 50 }, () => takeQuota(db, rule, at(60))));
    expect(quotas.filter(({ allowed }) => allowed)).toHaveLength(10);
    expect(quotas.at(-1)).toMatchObject({ limit: 10, remaining: 0, resetSeconds: 840 });
  });

  test("begins anew with the next window", async () => {
    const rule = { key: "window", limit: 1, windowSeconds: 60 };
    expect(await takeQuota(db, rule, at(59.9))).toMatchObject({ allowed: true, remaining: 0, resetSeconds: 1 });
    expect((await takeQuota(db, rule, at(59.95))).allowed).toBe(false);
    expect(await takeQuota(db, rule, at(60))).toMatchObject({ allowed: true, resetSeconds: 60 });
  });

  test("can be given back", async () => {
    const rule = { key: "returned", limit: 1, windowSeconds: 60 };
    await takeQuota(db, rule, at(0));
    await returnQuota(db, rule, at(0));
    expect((await takeQuota(db, rule, at(0))).allowed).toBe(true);
    expect((await takeQuota(db, rule, at(0))).allowed).toBe(false);
  });

  test("of nothing lets nobody through", async () => {
    expect((await takeQuota(db, { key: "none", limit: 0, windowSeconds: 60 }, at(0))).allowed).toBe(false);
  });
});

describe("a leased quota", () => {
  test("is counted down without the database, and never granted beyond its limit by three processes", async () => {
    const rule = { key: "leased", limit: 250, windowSeconds: 60 };
    const processes = Array.from({ length: 3 }, () => createQuotaLeases({ db, now: () => at(0) }));
    const answers = await Promise.all(Array.from({ length: 600 }, async (_, index) => processes[index % 3]?.(rule)));
    expect(answers.filter((quota) => quota?.allowed)).toHaveLength(250);
  });

  test("answers at once within a share, and at once when the window is used up", async () => {
    const clock = { now: at(0) };
    const take = createQuotaLeases({ db, now: () => clock.now });
    const rule = { key: "at once", limit: 300, windowSeconds: 60 };
    expect(take(rule)).toBeInstanceOf(Promise);
    // The first answer has to be there before the share can be counted down.
    expect(await take(rule)).toMatchObject({ allowed: true });
    expect(take(rule)).toMatchObject({ allowed: true, limit: 300 });
    for (let taken = 3; taken < 300; taken += 1) await take(rule);
    expect(await take(rule)).toMatchObject({ allowed: false, remaining: 0 });
    expect(take(rule)).toMatchObject({ allowed: false });
    clock.now = at(60);
    expect(await take(rule)).toMatchObject({ allowed: true, resetSeconds: 60 });
  });
});
