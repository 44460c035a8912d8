import { expect, test } from "vitest";
import { connect } from "../../../server/db/connect.ts";
import type { Db } from "../../../server/db/connection.ts";
import { createCtx } from "../../../server/domain/context.ts";
import { recordEvent } from "../../../server/domain/events/record-event.ts";
import { followJournal } from "../../../server/domain/live/follow-journal.ts";
import { testDatabase } from "../../harness/test-database.ts";

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

test("what another process commits is told at its word, without waiting for the next look", async () => {
  const companyId = await createCompany();
  const told: number[] = [];
  const follower = followJournal(db, {
    companyIds: () => [companyId],
    onLines: (_companyId, lines) => void told.push(...lines.map(({ subjectId }) => subjectId)),
    onError: (error) => {
      throw error;
    },
    pollMs: 3_600_000,
  });
  await follower.start();
  const elsewhere = connect(db.address);
  try {
    // One may be found by the first look and one when the listening begins; the others by the word alone.
    for (const id of [1, 2, 3, 4]) {
      await createCtx({ db: elsewhere, companyId, actor: { kind: "system" } }).transact((tx) =>
        recordEvent(tx, { type: "note.created", subject: { kind: "note", id } }),
      );
      await expect.poll(() => told).toContain(id);
    }
  } finally {
    await elsewhere.close();
    await follower.stop();
  }
});
