import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { markNoShow, reopenAppointment } from "../../../server/domain/appointments/change-status.ts";
import { openRebooking } from "../../../server/domain/rebooking/open-rebooking.ts";
import { rebookingProposals } from "../../../server/domain/rebooking/rebooking-proposal.ts";
import { updateReminderSettings } from "../../../server/domain/reminders/update-reminder-settings.ts";
import { personIn } from "../../factories/people.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { monday, remindedClinics, shifted } from "../reminders/reminded-clinic.ts";
import { regularPeople } from "./regular-people.ts";

const database = await testDatabase();
const { db, ctx } = database;
const { office, remindAt, outgoing } = remindedClinics(database);
const { regular, closeWindow } = regularPeople(database);

const withoutTemplate = (companyId: number, name: string) =>
  rows(db, `delete from templates where company_id = ${companyId} and name = '${name}'`);

const template = async (companyId: number, name: string) => {
  await withoutTemplate(companyId, name);
  await rows(
    db,
    `insert into templates (company_id, channel_account_id, name, language, category, status, components)
     values (${companyId}, (select id from channel_accounts where company_id = ${companyId} limit 1), '${name}', 'en', 'UTILITY', 'APPROVED',
      '[{"type": "BODY", "text": "Hello {{1}}, another {{2}}? Free: {{3}}."}, {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Show me times"}]}]')`,
  );
};

describe("a proposal to come again", () => {
  test("names free times as the person usually comes, in their language", async () => {
    const one = await regular();
    await rows(db, `update contacts set language = 'de' where id = ${one.contactId}`);
    const proposals = await rebookingProposals(one.own, [one.contactId], {
      origin: "user",
    });
    const proposal = proposals.get(one.contactId);
    expect(proposal?.text).toContain("Ihr letzter Besuch");
    expect(
      proposal?.times.map(({ startsAt }) => [new Date(startsAt).getUTCDay(), startsAt.slice(11, 16)]),
    ).toContainEqual([2, "14:00"]);
    expect(proposal?.times.every(({ providerId }) => providerId === one.clinic.providerId)).toBe(true);
  });

  test("opens the conversation inside the window with times to choose from", async () => {
    const one = await regular();
    const { message, decision } = await openRebooking(one.own, one.contactId, { origin: "user" });
    expect([decision.outcome, message.type]).toEqual(["allowed", "interactive"]);
    const [sent] = await outgoing(one);
    expect(sent?.request.interactive?.sections[0]?.rows[0]?.id).toMatch(/^appointment:\d+:book:\d+:\d+$/);
  });

  test("leaves as a template outside of it, or is refused with what could be done instead", async () => {
    const one = await regular();
    await closeWindow(one);
    await withoutTemplate(one.companyId, "time_for_a_visit");
    await expect(openRebooking(one.own, one.contactId, { origin: "user" })).rejects.toMatchObject({
      refusal: { kind: "send_refused", obstacle: "window_closed", alternatives: [{ kind: "use_template" }, {}] },
    });
    await template(one.companyId, "time_for_a_visit");
    const { message } = await openRebooking(one.own, one.contactId, { origin: "user" });
    expect(message.text).toMatch(/^Hello Ana, another Botox Treatment\? Free: .+;.+;.+\.$/);
  });

  test("leaves outside of it by the simulated number's own templates too, whose button brings times to choose from", async () => {
    const one = await regular();
    await closeWindow(one);
    const { message } = await openRebooking(one.own, one.contactId, { origin: "user" });
    expect(message.text).toMatch(/your next visit: Botox Treatment\. These times are free: .+;.+;.+\. /);
    const [sent] = await outgoing(one);
    expect(JSON.stringify(sent?.request)).toMatch(/appointment:\d+:again/);
  });

  test("is refused in words for somebody who was never here", async () => {
    const one = await office();
    await expect(openRebooking(one.own, one.contactId, { origin: "user" })).rejects.toThrow("has not been here yet");
    await expect(openRebooking(one.own, 999_999_999, { origin: "user" })).rejects.toThrow("not found");
  });
});

describe("a visit that was missed", () => {
  test("makes a task for the owner and, where it is wanted, one message after the delay", async () => {
    const one = await office();
    await updateReminderSettings(one.own, { recoveryEnabled: true, recoveryAfterMinutes: 60 });
    await template(one.companyId, "missed_appointment");
    const { id } = await bookAppointment(one.own, {
      ...one.clinic,
      contactId: one.contactId,
      startsAt: shifted(monday, 0),
    });
    const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);
    const at = ctx(one.companyId, { kind: "system" }, () => later(120));
    await markNoShow(at, id);
    expect(
      await count(db, `tasks where company_id = ${one.companyId} and title = 'Missed appointment: Botox Treatment'`),
    ).toBe(1);
    await remindAt(later(179));
    expect(await outgoing(one)).toHaveLength(0);
    await closeWindow(one);
    await remindAt(later(180));
    await remindAt(later(181));
    expect((await outgoing(one)).map(({ text }) => text)).toEqual([expect.stringContaining("another Botox Treatment")]);
    await reopenAppointment(at, id);
    await markNoShow(at, id);
    await remindAt(later(600));
    expect(await outgoing(one)).toHaveLength(1);
  });

  test("writes to nobody who had another one written down long shifted, or was not missed after all", async () => {
    const one = await office();
    await updateReminderSettings(one.own, { recoveryEnabled: true, recoveryAfterMinutes: 0 });
    const contactId = await personIn(db, one.companyId);
    const visit = { ...one.clinic, contactId, hours: "any" } as const;
    const old = await bookAppointment(one.own, { ...visit, startsAt: "2025-06-02T10:00:00Z" });
    await markNoShow(one.own, old.id);
    const recent = await bookAppointment(one.own, {
      ...visit,
      startsAt: new Date(Date.now() - 3_600_000).toISOString(),
    });
    await markNoShow(one.own, recent.id);
    await reopenAppointment(one.own, recent.id);
    expect(await count(db, `appointment_reminders where company_id = ${one.companyId} and kind = 'recovery'`)).toBe(0);
  });
});
