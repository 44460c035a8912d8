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

  test("slides: what was used up before the clock's edge counts behind it for as long as it lies in the last hour", async () => {
    const rule = { key: "slides", limit: 100, windowSeconds: 3_600 };
    const edge = 3_600 * 3;
    const all = (seconds: number, count: number) =>
      Promise.all(Array.from({ length: count }, () => takeQuota(db, rule, at(seconds))));
    const passed = (quotas: { allowed: boolean }[]) => quotas.filter(({ allowed }) => allowed).length;
    expect(passed(await all(edge - 10, 120))).toBe(100);
    expect(passed(await all(edge + 10, 100))).toBe(1);
    expect(await takeQuota(db, rule, at(edge + 10))).toMatchObject({ allowed: false, remaining: 0, resetSeconds: 26 });
    expect(await takeQuota(db, rule, at(edge + 36))).toMatchObject({ allowed: true, remaining: 0, resetSeconds: 36 });
    expect(passed(await all(edge + 1_800, 100))).toBe(49);
    expect(passed(await all(edge + 2 * 3_600 + 1_800, 120))).toBe(100);
  });

  test("lets through who keeps to it", async () => {
    const rule = { key: "steady", limit: 100, windowSeconds: 3_600 };
    for (let index = 0; index < 250; index += 1)
      expect(await takeQuota(db, rule, at(index * 36))).toMatchObject({ allowed: true });
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
    const answers = await Promise.all(Array.from({ length: 900 }, async (_, index) => processes[index % 3]?.(rule)));
    expect(answers.filter((quota) => quota?.allowed)).toHaveLength(250);
  });

  test("slides too, and asks again when the next one may pass", async () => {
    const clock = { now: at(50) };
    const rule = { key: "leased and sliding", limit: 300, windowSeconds: 60 };
    const take = createQuotaLeases({ db, now: () => clock.now });
    const passed = async (count: number) => {
      const answers = await Promise.all(Array.from({ length: count }, async () => take(rule)));
      return answers.filter((quota) => quota?.allowed).length;
    };
    expect(await passed(400)).toBe(300);
    clock.now = at(60);
    expect(await passed(400)).toBe(1);
    clock.now = at(61);
    expect(await passed(400)).toBe(5);
    clock.now = at(90);
    expect(await passed(400)).toBe(145);
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
    expect(await take(rule)).toMatchObject({ allowed: true, resetSeconds: 1 });
  });
});
