import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { type CommunicationCursor, listCommunications } from "../../../server/domain/activities/list-communications.ts";
import { logActivity, type NewActivity } from "../../../server/domain/activities/log-activity.ts";
import { updateActivity } from "../../../server/domain/activities/update-activity.ts";
import { getContact } from "../../../server/domain/contacts/get-contact.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { personIn } from "../../factories/people.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";

const app = await testApp();
const { db } = app;
const clock = () => new Date("2026-06-01T12:00:00Z");

async function person() {
  const company = app.ctx(await app.createCompany(), { kind: "system" }, clock);
  const contactId = await personIn(db, company.companyId);
  const log = (fields: Partial<NewActivity> = {}) =>
    logActivity(company, { contactId, activityType: "call", title: "Call", ...fields });
  const contacted = async () => (await getContact(company, contactId)).lastContactedAt;
  return { company, contactId, log, contacted };
}

describe("a call", () => {
  test("keeps who spoke with whom, how long and where the recording is", async () => {
    const { company, log } = await person();
    const fields = {
      direction: "outgoing",
      status: "completed",
      durationSeconds: 420,
      outcome: "interested",
      fromName: "Mia",
      toName: "Ana",
      phone: "+49 30 1",
      recordingUrl: "https://example.test/1.mp3",
      metadata: { line: 2 },
    } as const;
    const call = await log(fields);
    expect(call).toMatchObject({ ...fields, durationMinutes: 7 });
    expect(await updateActivity(company, call.id, { outcome: "booked" })).toMatchObject({ durationSeconds: 420 });
    expect(await updateActivity(company, call.id, { durationSeconds: 61 })).toMatchObject({ durationSeconds: 61 });
    expect(await updateActivity(company, call.id, { durationMinutes: 0.1 })).toMatchObject({ durationMinutes: 0.1 });
    expect(await updateActivity(company, call.id, { durationSeconds: null })).toMatchObject({
      durationSeconds: null,
      durationMinutes: null,
    });
  });

  test.each([
    [{ direction: "incoming", status: "completed" }, true],
    [{ direction: "missed", status: "missed" }, false],
    [{ direction: "missed", status: "completed" }, false],
    [{ direction: "incoming", status: "missed" }, false],
    [{ direction: "incoming" }, true],
    [{ direction: "outgoing", status: "completed" }, true],
    [{}, true],
    [{ direction: "outgoing", status: "no_answer" }, false],
    [{ direction: "outgoing", status: "voicemail" }, false],
    [{ status: "scheduled", scheduledAt: "2026-06-02T10:00:00Z" }, false],
    [{ direction: "incoming", status: "cancelled" }, false],
  ] as const)("%o counts as contact: %s", async (fields, counts) => {
    const { log, contacted } = await person();
    await log(fields);
    expect(await contacted()).toBe(counts ? "2026-06-01T12:00:00Z" : null);
  });
});

test("migration 0036 gives whom a missed call took off the follow-up list the time that remains", async () => {
  const { company, contactId, log, contacted } = await person();
  const stands = (at: string) =>
    rows(db, `update contacts set last_contacted_at = '${at}' where company_id = ${company.companyId}`);
  const migrate = async () => {
    const text = await readFile(new URL("../../../db/migrations/0036_missed_calls.sql", import.meta.url), "utf8");
    await db.run({ name: "", text, values: [] });
    return contacted();
  };
  await log({ direction: "missed", status: "missed" });
  await stands("2026-06-01T12:00:00Z");
  expect(await migrate()).toBeNull();
  await updateContact(company, contactId, { lastContactedAt: "2026-05-02T12:00:00Z" });
  expect(await migrate()).toBe("2026-05-02T12:00:00Z");
  await stands("2026-06-01T12:00:00Z");
  expect(await migrate()).toBe("2026-05-02T12:00:00Z");
  await log({ occurredAt: "2026-05-03T12:00:00Z" });
  await stands("2026-06-01T12:00:00Z");
  expect(await migrate()).toBe("2026-05-03T12:00:00Z");
  await log();
  expect(await migrate()).toBe("2026-06-01T12:00:00Z");
});

describe("a planned call", () => {
  test("is moved, announced anew, and counts as contact at its time once it took place", async () => {
    const { company, log, contacted } = await person();
    const { id } = await log({ status: "scheduled", scheduledAt: "2026-05-31T10:00:00Z" });
    await rows(db, `update activities set reminded_at = now() where id = ${id} and company_id = ${company.companyId}`);
    await updateActivity(company, id, { scheduledAt: "2026-06-01T10:00:00Z" });
    expect(
      await rows(db, `select reminded_at from activities where id = ${id} and company_id = ${company.companyId}`),
    ).toEqual([{ reminded_at: null }]);
    expect(await contacted()).toBeNull();
    expect(await updateActivity(company, id, { status: "completed", durationSeconds: 60 })).toMatchObject({
      status: "completed",
      occurredAt: "2026-06-01T10:00:00Z",
    });
    expect(await contacted()).toBe("2026-06-01T10:00:00Z");
  });

  test("that is completed before its time took place now; a cancelled one did not", async () => {
    const { company, log, contacted } = await person();
    const later = { status: "scheduled", scheduledAt: "2026-07-01T10:00:00Z" } as const;
    const [kept, dropped] = [await log(later), await log(later)];
    await updateActivity(company, dropped.id, { status: "cancelled" });
    expect(await contacted()).toBeNull();
    await updateActivity(company, kept.id, { status: "completed" });
    expect(await contacted()).toBe("2026-06-01T12:00:00Z");
  });
});

describe("all that was said with a person", () => {
  test("stands in one order: activities and messages, by type, time and words, in pages", async () => {
    const { companyId } = app;
    const company = app.ctx(companyId);
    await app.receive(
      textBody({ text: "How much is it?", at: new Date("2026-02-02T10:00:00Z"), phoneNumberId: `sim-${companyId}` }),
    );
    const [contact] = await rows(db, `select id from contacts where company_id = ${companyId}`);
    const contactId = Number(contact?.id);
    for (const [day, activityType] of [
      ["01", "call"],
      ["03", "email"],
      ["04", "whatsapp"],
      ["05", "note"],
    ] as const)
      await logActivity(company, {
        contactId,
        activityType,
        title: `On ${day}`,
        occurredAt: `2026-02-${day}T10:00:00Z`,
      });
    const list = async (query: object = {}) =>
      (await listCommunications(company, { contactId, limit: 10, ...query })).items.map(({ title }) => title);
    expect(await list()).toEqual(["On 05", "On 04", "On 03", "How much is it?", "On 01"]);
    expect(await list({ types: ["whatsapp"] })).toEqual(["On 04", "How much is it?"]);
    expect(await list({ types: ["call", "note"] })).toEqual(["On 05", "On 01"]);
    expect(await list({ from: "2026-02-02", to: "2026-02-04" })).toEqual(["On 03", "How much is it?"]);
    expect(await list({ search: "how MUCH" })).toEqual(["How much is it?"]);
    expect(await list({ offset: 1, limit: 2 })).toEqual(["On 04", "On 03"]);
    const paged: string[] = [];
    let cursor: CommunicationCursor | undefined;
    do {
      const query = { contactId, limit: 2, ...(cursor ? { cursor } : {}) };
      const page: Awaited<ReturnType<typeof listCommunications>> = await listCommunications(company, query);
      paged.push(...page.items.map(({ title }) => title));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(paged).toEqual(await list());
    const [message] = (await listCommunications(company, { contactId, limit: 1, offset: 3 })).items;
    expect(message).toMatchObject({ kind: "message", type: "whatsapp", direction: "incoming", status: "completed" });
  });

  test("is not told of somebody else's person", async () => {
    const { contactId } = await person();
    const stranger = await person();
    await expect(listCommunications(stranger.company, { contactId, limit: 1 })).rejects.toMatchObject({
      refusal: { kind: "not_found" },
    });
  });
});
