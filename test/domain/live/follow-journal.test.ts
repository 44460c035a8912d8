import { expect, test, vi } from "vitest";
import type { Db } from "../../../server/db/connection.ts";
import { recordEvent } from "../../../server/domain/events/record-event.ts";
import { followJournal } from "../../../server/domain/live/follow-journal.ts";
import { testDatabase } from "../../harness/test-database.ts";

// Followers wait for every open transaction of the server, and other test files have long ones.
vi.setConfig({ testTimeout: 90_000, expect: { poll: { timeout: 30_000 } } });

const { db, ctx, createCompany } = await testDatabase();

test("a company that joins while the follower is about to look is told what happens from then on", async () => {
  const [first, second] = [await createCompany(), await createCompany()];
  let wanted: number[] = [];
  const told: number[] = [];
  const errors: unknown[] = [];
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  let waiting = 0;
  const slow: Db = {
    ...db,
    async first(statement) {
      waiting += 1;
      await gate.promise;
      waiting -= 1;
      return db.first(statement);
    },
  };
  const follower = followJournal(slow, {
    companyIds: () => wanted,
    onLines: (companyId) => void told.push(companyId),
    onError: (error) => errors.push(error),
  });
  await follower.start();
  gate = Promise.withResolvers();
  wanted = [first];
  await expect.poll(() => waiting).toBe(1);
  wanted = [first, second];
  await ctx(second).transact((tx) => recordEvent(tx, { type: "note.created", subject: { kind: "note", id: 1 } }));
  gate.resolve();
  await expect.poll(() => told).toContain(second);
  await follower.stop();
  expect(errors).toEqual([]);
});
