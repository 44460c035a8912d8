import { expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { getAppointment } from "../../../server/domain/appointments/get-appointment.ts";
import { rescheduleAppointment } from "../../../server/domain/appointments/reschedule-appointment.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { connectMailbox, mailSender } from "../../factories/email-account.ts";
import { rawMail } from "../../factories/mail.ts";
import { smtpDouble } from "../../fakes/smtp-double.ts";
import { mailbox } from "../../harness/mailbox.ts";
import { sendDue } from "../../harness/outbox.ts";
import { count } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { dayMs, monday, remindedClinics, shifted } from "./reminded-clinic.ts";

const database = await testDatabase();
const { db, ctx } = database;
const { office, remindAt, reminders, outgoing, followAll } = remindedClinics(database);
const dayAhead = new Date(monday.getTime() - dayMs);

/** Somebody with an address and no number, who has a visit on Monday. */
async function byMail() {
  const one = await office();
  const bo = { name: "Bo Ek", email: "bo@people.example", language: "de" };
  const { id: contactId } = await createContact(one.own, bo);
  const visit = await bookAppointment(one.own, { ...one.clinic, contactId, startsAt: shifted(monday, 0) });
  return { one, visit };
}

test("who has no number is reminded by mail, in their language, once", async () => {
  const { one } = await byMail();
  const server = await smtpDouble();
  await connectMailbox(one.own, server.port);
  await remindAt(dayAhead);
  await remindAt(dayAhead);
  expect((await reminders(one))[0]).toMatchObject({ state: "queued", sent_by: "email" });
  await sendDue(db, mailSender(db), () => dayAhead);
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]?.raw).toContain("Botox Treatment");
  expect((await outgoing(one))[0]?.text).toContain("Hallo Bo Ek, wir freuen uns auf Sie");
});

test("without an account nothing waits for one, and the team hears of it", async () => {
  const { one } = await byMail();
  await remindAt(dayAhead);
  expect((await reminders(one))[0]).toMatchObject({
    state: "failed",
    reason: "There is no WhatsApp number of this person. No e-mail account is connected.",
  });
  expect(await outgoing(one)).toEqual([]);
});

test("a mail that waits is cancelled when the visit is moved", async () => {
  const { one, visit } = await byMail();
  const server = await smtpDouble();
  await connectMailbox(one.own, server.port);
  await remindAt(dayAhead);
  const then = ctx(one.companyId, { kind: "system" }, () => dayAhead);
  await rescheduleAppointment(then, visit.id, { startsAt: shifted(monday, dayMs) });
  await sendDue(db, mailSender(db), () => dayAhead);
  expect([server.mails.length, (await outgoing(one))[0]?.status]).toEqual([0, "cancelled"]);
});

test.each([
  ["Ja, ich komme", "confirmed", 0, 0],
  ["Ich kann leider nicht", "booked", 1, 0],
  ["Ich kann leider nicht, geht ein anderer Termin?", "booked", 1, 0],
  ["Ja, aber geht es auch um elf? Vorher bin ich noch in der Stadt unterwegs.", "booked", 0, 1],
] as const)(
  "“%s” as an answer to the mail leaves the visit %s, and no machine answers it",
  async (text, status, tasks, unread) => {
    const { one, visit } = await byMail();
    const server = await smtpDouble();
    const { id: channelAccountId } = await connectMailbox(one.own, server.port);
    await remindAt(dayAhead);
    await sendDue(db, mailSender(db), () => dayAhead);
    const box = await mailbox(db, one.companyId);
    await box.receive(
      channelAccountId,
      rawMail({ From: "Bo Ek <bo@people.example>", Subject: "Re: Ihr Termin" }, text),
    );
    await followAll();
    expect((await getAppointment(one.own, visit.id)).status).toBe(status);
    expect(await outgoing(one)).toHaveLength(1);
    expect(
      await count(
        db,
        `tasks where company_id = ${one.companyId} and title like 'Find another time%' and status = 'todo'`,
      ),
    ).toBe(tasks);
    expect(await count(db, `tasks where company_id = ${one.companyId} and title like 'Answer to the reminder%'`)).toBe(
      unread,
    );
  },
);
