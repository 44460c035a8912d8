import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { readPosition, writePosition } from "../../../server/domain/events/journal-position.ts";
import { mendJournal } from "../../../server/domain/events/mend-journal.ts";
import { readHorizon, readJournal } from "../../../server/domain/events/read-journal.ts";
import { recordEvent } from "../../../server/domain/events/record-event.ts";
import { startLoop } from "../../../server/domain/wakeful-loop.ts";
import { fanOut } from "../../../server/domain/webhooks/fan-out.ts";
import { createWebhook } from "../../../server/domain/webhooks/write-webhook.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const encryptionKey = Buffer.alloc(32, 9).toString("base64url");
const beginning = { transactionId: 0n, eventId: 0 };

async function note(companyId: number, id: number): Promise<void> {
  await ctx(companyId).transact((tx) => recordEvent(tx, { type: "note.created", subject: { kind: "note", id } }));
}

/** Without what began the company: a transaction of another test file may hold that back until here. */
async function notesSeen(companyId: number, between: Pick<Parameters<typeof readJournal>[1], "after" | "before">) {
  const lines = await readJournal(db, { ...between, companyIds: [companyId], limit: 10 });
  return lines.flatMap(({ type, subjectId }) => (type === "note.created" ? [subjectId] : []));
}

describe("a follower", () => {
  test("sees nothing of a younger transaction while an older one is open, and then both in order", async () => {
    const companyId = await createCompany();
    const { before: start } = await readHorizon(db, beginning);
    const after = { transactionId: start, eventId: 0 };
    const { promise: letGo, resolve: release } = Promise.withResolvers<void>();
    const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
    const older = ctx(companyId).transact(async (tx) => {
      await recordEvent(tx, { type: "note.created", subject: { kind: "note", id: 1 } });
      // Events are sent without waiting; an answer to a later statement says that they have arrived.
      await tx.tx.first(answered({}));
      wrote();
      await letGo;
    });
    await written;
    await note(companyId, 2);
    const held = await readHorizon(db, after);
    expect(held).toMatchObject({ held: true });
    expect(await notesSeen(companyId, { after, before: held.before })).toEqual([]);
    release();
    await older;
    await expect.poll(async () => (await readHorizon(db, after)).held).toBe(false);
    const { before } = await readHorizon(db, after);
    expect(await notesSeen(companyId, { after, before })).toEqual([1, 2]);
  });

  test("goes on after a dump was loaded into another PostgreSQL, whose transactions count anew", async () => {
    const companyId = await createCompany();
    const url = "https://example.com/hook";
    await createWebhook(
      ctx(companyId),
      { url, eventTypes: ["note.created"] },
      { encryptionKey, faultOfUrl: () => undefined },
    );
    await note(companyId, 1);
    await rows(db, "update events set transaction_id = '9000000000'");
    await rows(db, "update journal_cursors set transaction_id = '9000000001'");
    expect(await mendJournal(db)).toBe(await count(db, "events"));
    expect(await mendJournal(db)).toBe(0);
    await note(companyId, 2);
    await expect.poll(async () => (await fanOut(db)).read).toBe(1);
  });
});

describe("a position", () => {
  test.each(["7.1", "18446744073709.0", "0.0"])("%s is read and written", (text) => {
    const position = readPosition(text);
    expect(position && writePosition(position)).toBe(text);
  });

  test.each(["", "7", "7.", ".1", "-1.2", "1.2.3", "a.b", "1e3.1", "12345678901234567890.1"])("%j is none", (text) => {
    expect(readPosition(text)).toBeUndefined();
  });
});

describe("a loop", () => {
  test("runs when it is woken, also during a step, and goes on after an error", async () => {
    let steps = 0;
    const errors: unknown[] = [];
    const loop = startLoop(
      async () => {
        steps += 1;
        if (steps === 2) loop.wake();
        if (steps === 3) throw new Error("passing");
        return 60_000;
      },
      { pollMs: 60_000, onError: (error) => errors.push(error) },
    );
    await expect.poll(() => steps).toBe(1);
    loop.wake();
    await expect.poll(() => steps).toBe(3);
    loop.wake();
    await expect.poll(() => steps).toBe(4);
    expect(errors.length).toBe(1);
    await loop.stop();
    loop.wake();
    expect(steps).toBe(4);
  });
});

const answered = prepared<object>()(() => sql`select 1 as one`);
