import { describe, expect, test } from "vitest";
import { deleteActivity } from "../../../server/domain/activities/delete-activity.ts";
import { getActivity } from "../../../server/domain/activities/get-activity.ts";
import { listActivities } from "../../../server/domain/activities/list-activities.ts";
import { logActivity, type NewActivity } from "../../../server/domain/activities/log-activity.ts";
import { updateActivity } from "../../../server/domain/activities/update-activity.ts";
import { createDeal } from "../../../server/domain/deals/create-deal.ts";
import { personIn } from "../../factories/people.ts";
import { eventsIn, eventTypes, personRow } from "../../factories/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

async function person() {
  const company = ctx(await createCompany());
  const contactId = await personIn(db, company.companyId, { company: "Tech Corp" });
  const log = (fields: Partial<NewActivity> = {}) =>
    logActivity(company, { contactId, activityType: "call", title: "Discovery call", ...fields });
  return { company, contactId, log };
}

describe("logging an activity", () => {
  test.each([0, 0.1, 0.33, 1 / 3, 2 / 3, 7.5, 45, 59.999, 1e6, 1e-7, 123_456.789])(
    "gives a duration of %d minutes back exactly",
    async (durationMinutes) => {
      const { company, log } = await person();
      const { id } = await log({ durationMinutes });
      expect((await getActivity(company, id)).durationMinutes).toBe(durationMinutes);
    },
  );

  test("brings person and deal along and tells it", async () => {
    const { company, contactId, log } = await person();
    const deal = await createDeal(company, { contactId, title: "Licence" });
    const activity = await log({ dealId: deal.id, outcome: "positive" });
    expect(activity).toMatchObject({
      durationMinutes: null,
      outcome: "positive",
      contact: { name: "Ana", company: "Tech Corp" },
      deal: { title: "Licence", stage: "prospecting" },
    });
    expect((await eventsIn(db, company.companyId)).at(-1)).toMatchObject({ type: "activity.logged", contactId });
  });

  test("moves the time of the last contact forward only, and not for a note", async () => {
    const { company, contactId, log } = await person();
    await log({ activityType: "note", occurredAt: "2026-11-25T10:00:00Z" });
    expect(await personRow(db, company.companyId, contactId)).toMatchObject({ lastContactedAt: null });
    await log({ occurredAt: "2026-11-20T10:00:00Z" });
    await log({ occurredAt: "2026-11-10T10:00:00Z" });
    expect(await personRow(db, company.companyId, contactId)).toMatchObject({
      lastContactedAt: "2026-11-20T10:00:00Z",
    });
  });

  test("of a time to come is contact of now at the latest", async () => {
    const { company, contactId, log } = await person();
    const before = Date.now();
    await log({ occurredAt: "2031-01-01T00:00:00Z" });
    const { lastContactedAt } = (await personRow(db, company.companyId, contactId)) ?? {};
    expect(Date.parse(String(lastContactedAt))).toBeGreaterThanOrEqual(before - 1_000);
    expect(Date.parse(String(lastContactedAt))).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  test("notices what the person asked for", async () => {
    const { log } = await person();
    const activity = await log({ description: "She asked: how much does it cost? She would like a demo." });
    expect(activity.intents).toEqual(expect.arrayContaining(["pricing", "demo"]));
  });

  test.each([
    [{ title: "" }, "title"],
    [{ durationMinutes: -1 }, "durationMinutes"],
    [{ durationMinutes: 1_000_000_000 }, "durationMinutes"],
    [{ durationMinutes: Number.NaN }, "durationMinutes"],
    [{ durationMinutes: Number.POSITIVE_INFINITY }, "durationMinutes"],
    [{ outcome: "x".repeat(201) }, "outcome"],
    [{ occurredAt: "yesterday" }, "occurredAt"],
  ])("refuses %o", async (fields, path) => {
    const { company, log } = await person();
    await expect(log(fields)).rejects.toMatchObject({ refusal: { kind: "invalid", problems: [{ path }] } });
    expect(await eventTypes(db, company.companyId)).toEqual([]);
  });

  test("refuses person, deal and task of another company, and a deal of another person", async () => {
    const { company, contactId, log } = await person();
    const stranger = await person();
    const theirs = { contactId, activityType: "call", title: "a" } as const;
    await expect(logActivity(stranger.company, theirs)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await expect(log({ taskId: 999_999 })).rejects.toMatchObject({ refusal: { kind: "not_found", entity: "task" } });
    const ben = await personIn(db, company.companyId);
    const deal = await createDeal(company, { contactId: ben, title: "b" });
    await expect(log({ dealId: deal.id })).rejects.toMatchObject({ refusal: { kind: "invalid" } });
  });
});

describe("a logged activity", () => {
  test("can be corrected; its intents follow the text", async () => {
    const { company, log } = await person();
    const { id } = await log({ durationMinutes: 0.1 });
    const after = await updateActivity(company, id, { description: "Can I get a demo?", outcome: "scheduled" });
    expect(after).toMatchObject({ outcome: "scheduled", durationMinutes: 0.1, version: 2 });
    expect(after.intents).toContain("demo");
    expect(await updateActivity(company, id, { outcome: "scheduled" })).toMatchObject({ version: 2 });
    await expect(updateActivity(company, id, { title: "x" }, { ifVersion: 1 })).rejects.toMatchObject({
      refusal: { kind: "precondition_failed" },
    });
  });

  test("can be deleted, and belongs to its company", async () => {
    const { company, log } = await person();
    const { id } = await log();
    const stranger = ctx(await createCompany());
    await expect(getActivity(stranger, id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await expect(updateActivity(stranger, id, { title: "mine" })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
    await expect(deleteActivity(stranger, id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
    await deleteActivity(company, id);
    await expect(getActivity(company, id)).rejects.toMatchObject({ refusal: { kind: "not_found" } });
  });
});

describe("listing activities", () => {
  test("gives a person's, newest first, in pages", async () => {
    const { company, contactId, log } = await person();
    for (const day of ["10", "12", "11"]) await log({ title: day, occurredAt: `2026-11-${day}T10:00:00Z` });
    await logActivity(company, {
      contactId: await personIn(db, company.companyId),
      activityType: "demo",
      title: "other",
    });
    const first = await listActivities(company, { contactId, limit: 2 });
    expect(first.items.map((activity) => activity.title)).toEqual(["12", "11"]);
    const cursor = first.next ?? { at: "", id: 0 };
    expect((await listActivities(company, { contactId, limit: 2, cursor })).items.map(({ title }) => title)).toEqual([
      "10",
    ]);
    expect((await listActivities(company, { contactId, limit: 2, offset: 1 })).items.map(({ title }) => title)).toEqual(
      ["11", "10"],
    );
    expect((await listActivities(company, { limit: 10, activityType: "demo" })).items).toHaveLength(1);
  });

  test("refuses a person who is not there", async () => {
    const { contactId } = await person();
    const stranger = ctx(await createCompany());
    await expect(listActivities(stranger, { contactId, limit: 10 })).rejects.toMatchObject({
      refusal: { kind: "not_found", entity: "contact" },
    });
  });
});
