import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { prepared } from "../../../server/db/prepared.ts";
import { logActivity } from "../../../server/domain/activities/log-activity.ts";
import { factsOf } from "../../../server/domain/scoring/facts-of.ts";
import { messagesOf } from "../../factories/messages.ts";
import { personIn } from "../../factories/people.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

const setTimeZone = prepared<{ companyId: number; timeZone: string }>()(
  (_db, arg) => sql<never>`
    update company_settings set time_zone = ${arg("timeZone")}::text where company_id = ${arg("companyId")}::bigint`,
);

async function facts(companyId: number, contactId: number) {
  return (await factsOf(db, companyId, [contactId])).get(contactId);
}

describe("the facts a score rests on", () => {
  test("of a person of whom nothing is known", async () => {
    const companyId = await createCompany();
    expect(await facts(companyId, await personIn(db, companyId))).toEqual({
      hasEmail: false,
      hasCompany: false,
      hasPosition: false,
      messageDays: 0,
      conversations: 0,
      medianReplySeconds: null,
      askedPricing: false,
      requestedDemo: false,
      downloadedResources: false,
    });
  });

  test("of a profile", async () => {
    const companyId = await createCompany();
    const contactId = await personIn(db, companyId, { email: "ana@example.test", position: "CTO", company: "Tech" });
    expect(await facts(companyId, contactId)).toMatchObject({ hasEmail: true, hasCompany: true, hasPosition: true });
  });

  test("count days in the company's time zone", async () => {
    const companyId = await createCompany();
    const contactId = await personIn(db, companyId);
    // 23:00 and 01:00 UTC: two days in Greenwich, one evening in São Paulo.
    await messagesOf(db, companyId, contactId, [
      { direction: "in", sentAt: "2026-11-20T23:00:00Z" },
      { direction: "in", sentAt: "2026-11-21T01:00:00Z" },
    ]);
    expect(await facts(companyId, contactId)).toMatchObject({ messageDays: 2, conversations: 1 });
    await db.run(setTimeZone({ companyId, timeZone: "America/Sao_Paulo" }));
    expect(await facts(companyId, contactId)).toMatchObject({ messageDays: 1 });
  });

  test("count conversations", async () => {
    const companyId = await createCompany();
    const contactId = await personIn(db, companyId);
    await messagesOf(db, companyId, contactId, [
      { direction: "in", sentAt: "2026-11-20T10:00:00Z" },
      { direction: "in", sentAt: "2026-11-20T11:00:00Z", thread: "second" },
    ]);
    expect(await facts(companyId, contactId)).toMatchObject({ messageDays: 1, conversations: 2 });
  });

  test("take the median of the person's answers to us, within one conversation", async () => {
    const companyId = await createCompany();
    const contactId = await personIn(db, companyId);
    await messagesOf(db, companyId, contactId, [
      { direction: "in", sentAt: "2026-11-20T09:00:00Z" },
      { direction: "out", sentAt: "2026-11-20T10:00:00Z" },
      { direction: "in", sentAt: "2026-11-20T10:01:00Z" },
      { direction: "in", sentAt: "2026-11-20T12:00:00Z" },
      { direction: "out", sentAt: "2026-11-20T13:00:00Z" },
      { direction: "in", sentAt: "2026-11-20T13:03:00Z" },
      { direction: "out", sentAt: "2026-11-20T14:00:00Z" },
      { direction: "in", sentAt: "2026-11-20T14:00:30Z", thread: "second" },
      { direction: "in", sentAt: "2026-11-21T14:00:00Z" },
    ]);
    expect(await facts(companyId, contactId)).toMatchObject({ medianReplySeconds: 180 });
  });

  test("find intents in what the person wrote and in what was noted about them, not in what we wrote", async () => {
    const companyId = await createCompany();
    const contactId = await personIn(db, companyId);
    await messagesOf(db, companyId, contactId, [
      { direction: "in", sentAt: "2026-11-20T09:00:00Z", intents: ["pricing"] },
      { direction: "out", sentAt: "2026-11-20T09:00:01Z", intents: ["resources"] },
    ]);
    await logActivity(ctx(companyId), {
      contactId,
      activityType: "call",
      title: "Call",
      description: "Asked for a demo",
    });
    expect(await facts(companyId, contactId)).toMatchObject({
      askedPricing: true,
      requestedDemo: true,
      downloadedResources: false,
    });
  });

  test("leave out people who are not there", async () => {
    const companyId = await createCompany();
    const stranger = await personIn(db, await createCompany());
    const own = await personIn(db, companyId);
    expect([...(await factsOf(db, companyId, [own, stranger, 999_999])).keys()]).toEqual([own]);
  });
});
