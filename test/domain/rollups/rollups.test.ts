import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seedDemo } from "../../../server/demo/seed-demo.ts";
import { removeCompany } from "../../../server/domain/accounts/remove-company.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { deleteContact } from "../../../server/domain/contacts/delete-contact.ts";
import { restoreContact } from "../../../server/domain/contacts/restore-contact.ts";
import { acceptMerge } from "../../../server/domain/merges/accept-merge.ts";
import { proposeMergeByHand } from "../../../server/domain/merges/propose-by-hand.ts";
import { undoMerge } from "../../../server/domain/merges/undo-merge.ts";
import { checkRollups, rebuildRollups } from "../../../server/domain/rollups/check-rollups.ts";
import { companyTotals } from "../../../server/domain/rollups/company-totals.ts";
import { doubtfulTotals } from "../../../server/domain/rollups/doubtful-totals.ts";
import { recentCounts } from "../../../server/domain/rollups/recent-counts.ts";
import { trafficByDay } from "../../../server/domain/rollups/traffic-by-day.ts";
import { messagesOf } from "../../factories/messages.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { changes, type Drop, prepareGround } from "./random-changes.ts";

const { db, ctx, createCompany } = await testDatabase();

const drop: fc.Arbitrary<Drop> = fc.tuple(fc.nat(4), fc.boolean(), fc.nat(4_000));
const change = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("messages" as const),
      drops: fc.array(drop, { minLength: 1, maxLength: 12 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "toggleDeleted" as const,
        "status" as const,
        "lastMessage" as const,
        "removeMessages" as const,
        "moveMessages" as const,
        "moveConversation" as const,
      ),
      pick: fc.nat(1_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("removePerson" as const), pick: fc.nat(1_000) }) },
);

function equal(companyId: number) {
  return { companyId, totals: 0, traffic: 0, activity: 0, sales: 0 };
}

describe("the rollups", () => {
  test("equal a recount after any changes in any order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 5, maxLength: 25 }), async (all) => {
        const companyId = await createCompany();
        const ground = await prepareGround(db, companyId, 6);
        for (const one of all) {
          if (one.kind === "messages") await changes.messages(ground, one.drops);
          else await changes[one.kind](ground, one.pick);
        }
        expect(await checkRollups(db, companyId)).toEqual(equal(companyId));
      }),
      { numRuns: 25, seed: 20_261_121 },
    );
  });

  test("equal a recount when everybody writes at once", async () => {
    const companyId = await createCompany();
    const ground = await prepareGround(db, companyId, 4);
    // Two changes a transaction, first to the first two people, then to the others: everybody waits for somebody, nobody in a ring.
    const transactions = Array.from({ length: 80 }, (_, n) =>
      db.transaction(async (tx) => {
        const inside = { ...ground, db: tx };
        const later = 2 + (n % 2);
        await changes.messages(inside, [[n % 2, n % 3 === 0, (n * 37) % 500]]);
        if (n % 4 === 0) await changes.toggleDeleted(inside, later);
        if (n % 4 === 1) await changes.status(inside, later + 4 * n);
        if (n % 4 === 2) await changes.lastMessage(inside, later + 4 * n);
        if (n % 4 === 3) await changes.messages(inside, [[later, n % 2 === 0, (n * 53) % 500]]);
      }),
    );
    await Promise.all(transactions);
    expect(await checkRollups(db, companyId)).toEqual(equal(companyId));
  });

  test("see an answer that is written in another open transaction", async () => {
    const companyId = await createCompany();
    const contact = await createContact(ctx(companyId), { name: "Ana" });
    await messagesOf(db, companyId, contact.id, [{ direction: "in", sentAt: "2026-11-01T10:00:00Z" }]);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        messagesOf(db, companyId, contact.id, [
          { direction: n % 2 === 0 ? "in" : "out", sentAt: `2026-11-01T10:${String(10 + n)}:00Z` },
        ]),
      ),
    );
    expect(await checkRollups(db, companyId)).toEqual(equal(companyId));
  });

  test("count a conversation that begins while its person is being deleted", async () => {
    const companyId = await createCompany();
    const contacts = await Promise.all(
      Array.from({ length: 12 }, () => createContact(ctx(companyId), { name: "Ana" })),
    );
    await Promise.all(
      contacts.flatMap(({ id }) => [
        messagesOf(db, companyId, id, [{ direction: "in", sentAt: "2026-11-01T10:00:00Z" }]).catch(() => {}),
        deleteContact(ctx(companyId), id),
      ]),
    );
    expect(await checkRollups(db, companyId)).toEqual(equal(companyId));
    expect(await companyTotals(ctx(companyId))).toMatchObject({
      contacts: 0,
      openConversations: 0,
      messagesReceived: 12,
    });
  });

  test("are found wrong and mended after a change that went past the triggers", async () => {
    const companyId = await createCompany("bent");
    const contact = await createContact(ctx(companyId), { name: "Ana" });
    await messagesOf(db, companyId, contact.id, [{ direction: "in", sentAt: "2026-11-01T10:00:00Z" }]);
    await rows(
      db,
      `update traffic_rollups set received = received + 1 where company_id = ${companyId} and received > 0`,
    );
    await rows(db, `update company_totals set contacts = 9 where company_id = ${companyId}`);
    expect(await checkRollups(db, companyId)).toEqual({ companyId, totals: 1, traffic: 2, activity: 0, sales: 0 });
    expect(await doubtfulTotals(db)).toEqual([{ slug: "bent" }]);
    expect(await rebuildRollups(db, companyId)).toEqual(equal(companyId));
    expect(await doubtfulTotals(db)).toEqual([]);
  });

  test("follow a merge that throws two threads together, and its undoing", async () => {
    const companyId = await createCompany();
    const company = ctx(companyId);
    const ana = await createContact(company, { name: "Ana", phone: "+919876543210" });
    const same = await createContact(company, { name: "Ana P", phone: "+919876543211" });
    await messagesOf(db, companyId, ana.id, [
      { direction: "in", sentAt: "2026-11-01T10:00:00Z" },
      { direction: "out", sentAt: "2026-11-01T10:30:00Z" },
      { direction: "in", sentAt: "2026-11-01T11:00:00Z" },
    ]);
    await messagesOf(db, companyId, same.id, [
      { direction: "out", sentAt: "2026-11-01T10:10:00Z" },
      { direction: "in", sentAt: "2026-11-01T10:20:00Z" },
    ]);
    const { id } = await proposeMergeByHand(company, { keptId: ana.id, mergedId: same.id, reason: "the same person" });
    await acceptMerge(company, id);
    expect(await checkRollups(db, companyId)).toEqual(equal(companyId));
    expect(await companyTotals(company)).toMatchObject({ contacts: 1, openConversations: 1, messagesReceived: 3 });
    await undoMerge(company, id);
    expect(await checkRollups(db, companyId)).toEqual(equal(companyId));
    expect(await companyTotals(company)).toMatchObject({ contacts: 2, openConversations: 2, messagesReceived: 3 });
  });

  test("count what the demo plays", async () => {
    const { companyId } = await seedDemo(db, new Date());
    expect(await checkRollups(db, companyId)).toEqual(equal(companyId));
    expect((await companyTotals(ctx(companyId))).messagesReceived).toBeGreaterThan(100);
    await removeCompany(db, companyId);
  });

  test("go with their company", async () => {
    const companyId = await createCompany();
    const ground = await prepareGround(db, companyId, 3);
    await changes.messages(ground, [
      [0, false, 0],
      [0, true, 60],
      [1, false, 5],
    ]);
    await removeCompany(db, companyId);
    for (const table of ["company_totals", "traffic_rollups", "activity_rollups"])
      expect(await rows(db, `select 1 from ${table} where company_id = ${companyId}`)).toEqual([]);
  });
});

describe("what is read from them", () => {
  const now = () => new Date("2026-11-21T12:00:00Z");

  test("is exact at the edges of 30 and 7 days", async () => {
    const companyId = await createCompany();
    const ana = await createContact(ctx(companyId), { name: "Ana" });
    const bob = await createContact(ctx(companyId), { name: "Bob" });
    await messagesOf(db, companyId, ana.id, [
      { direction: "in", sentAt: "2026-10-22T11:59:59.999Z" },
      { direction: "in", sentAt: "2026-10-22T12:00:00Z" },
      { direction: "out", sentAt: "2026-10-22T12:20:00Z" },
    ]);
    await rows(db, `update contact_inbox set last_chat_at = '2026-10-22T12:00:00Z' where contact_id = ${ana.id}`);
    await rows(db, `update contact_inbox set last_chat_at = '2026-10-22T11:59:59.999Z' where contact_id = ${bob.id}`);
    await rows(db, `update contacts set created_at = '2026-11-14T12:00:00Z' where id = ${ana.id}`);
    await rows(db, `update contacts set created_at = '2026-11-14T11:59:59.999Z' where id = ${bob.id}`);
    expect(await recentCounts(ctx(companyId, { kind: "system" }, now))).toEqual({
      messagesToday: 0,
      messagesIn30Days: 2,
      contactsCreatedIn7Days: 1,
      activeContacts: 1,
    });
    expect(await checkRollups(db, companyId)).toEqual(equal(companyId));
  });

  test("is cut into days by the company's clock, newest first", async () => {
    const companyId = await createCompany();
    await rows(db, `update company_settings set time_zone = 'Asia/Kolkata' where company_id = ${companyId}`);
    const ana = await createContact(ctx(companyId, { kind: "system" }, now), { name: "Ana" });
    await messagesOf(db, companyId, ana.id, [
      { direction: "in", sentAt: "2026-11-20T18:29:00Z" },
      { direction: "out", sentAt: "2026-11-20T18:31:00Z" },
      { direction: "in", sentAt: "2026-11-21T10:00:00Z" },
    ]);
    const days = await trafficByDay(ctx(companyId, { kind: "system" }, now), 2);
    const quiet = { contactsCreated: 0, responses: 0, responseMs: 0 };
    expect(days).toEqual([
      { ...quiet, on: "2026-11-21", sent: 1, received: 1, contactsCreated: 1 },
      { ...quiet, on: "2026-11-20", sent: 0, received: 1, responses: 1, responseMs: 120_000 },
    ]);
    expect(await trafficByDay(ctx(companyId, { kind: "system" }, now), 1)).toHaveLength(1);
    expect(await recentCounts(ctx(companyId, { kind: "system" }, now))).toMatchObject({ messagesToday: 2 });
  });

  test.each(["UTC", "Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham", "Europe/Berlin"])(
    "is what a recount by the days of %s gives",
    async (zone) => {
      const companyId = await createCompany();
      await rows(db, `update company_settings set time_zone = '${zone}' where company_id = ${companyId}`);
      const ground = await prepareGround(db, companyId, 3);
      // Every 23 minutes from 1 November 2026 on, over two weeks.
      await changes.messages(
        ground,
        Array.from({ length: 880 }, (_, n): Drop => [n % 3, n % 4 === 0, n * 1_380]),
      );
      const recount = await rows(
        db,
        `select to_char(sent_at at time zone '${zone}', 'YYYY-MM-DD') as on, count(*) filter (where direction = 'out') as sent,
           count(*) filter (where direction = 'in') as received
         from messages m where company_id = ${companyId} and exists (
           select from channel_accounts a where a.id = m.channel_account_id and a.provider <> 'email') group by 1 order by 1 desc`,
      );
      const at = ctx(companyId, { kind: "system" }, now);
      const days = (await trafficByDay(at, 30)).filter(({ sent, received }) => sent + received > 0);
      expect(days.map(({ on, sent, received }) => ({ on, sent, received }))).toEqual(recount);
      expect((await recentCounts(at)).messagesIn30Days).toBe(587);
    },
  );

  test("counts people and conversations while they live, and messages for good", async () => {
    const companyId = await createCompany();
    const ana = await createContact(ctx(companyId), { name: "Ana" });
    await messagesOf(db, companyId, ana.id, [{ direction: "in", sentAt: "2026-11-01T10:00:00Z" }]);
    const one = { contacts: 1, openConversations: 1, messagesReceived: 1 };
    expect(await companyTotals(ctx(companyId))).toMatchObject(one);
    await deleteContact(ctx(companyId), ana.id);
    expect(await companyTotals(ctx(companyId))).toMatchObject({ ...one, contacts: 0, openConversations: 0 });
    await restoreContact(ctx(companyId), ana.id);
    expect(await companyTotals(ctx(companyId))).toMatchObject(one);
  });
});
