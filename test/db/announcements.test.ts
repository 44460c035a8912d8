import { describe, expect, test } from "vitest";
import { connect } from "../../server/db/connect.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db } = await testDatabase();

describe("an announcement", () => {
  test("is told after the commit, once, and never after a rollback", async () => {
    const told: string[] = [];
    const stop = db.subscribe("events", () => told.push("events"));
    // The first connection of the listener wakes everybody.
    await expect.poll(() => told.length).toBe(1);
    await db.transaction(async (tx) => {
      tx.announce("events");
      tx.announce("events");
      expect(told.length).toBe(1);
    });
    expect(told.length).toBe(2);
    await db
      .transaction(async (tx) => {
        tx.announce("events");
        throw new Error("no");
      })
      .catch(() => {});
    await db.transaction(async (tx) => tx.announce("webhook_deliveries"));
    expect(told.length).toBe(2);
    stop();
    await db.transaction(async (tx) => tx.announce("events"));
    expect(told.length).toBe(2);
  });

  test("reaches another process, also after its connection was cut", async () => {
    const elsewhere = connect(db.address);
    let told = 0;
    elsewhere.subscribe("events", () => {
      told += 1;
    });
    try {
      await expect.poll(() => told).toBeGreaterThan(0);
      const first = told;
      await db.transaction(async (tx) => tx.announce("events"));
      await expect.poll(() => told).toBeGreaterThan(first);
      const second = told;
      await rows(
        db,
        "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()",
      );
      // Connected again, everybody looks, because something may have been said meanwhile.
      await expect.poll(() => told).toBeGreaterThan(second);
      const before = told;
      await db.transaction(async (tx) => tx.announce("events"));
      await expect.poll(() => told).toBeGreaterThan(before);
    } finally {
      await elsewhere.close();
    }
  });
});
