import { describe, expect, test } from "vitest";
import { bookAppointment } from "../../../server/domain/appointments/book-appointment.ts";
import { markNoShow } from "../../../server/domain/appointments/change-status.ts";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { recordConsent } from "../../../server/domain/contacts/record-consent.ts";
import type { Ctx } from "../../../server/domain/context.ts";
import { listDueCustomers } from "../../../server/domain/customers/list-due-customers.ts";
import { updateSendSettings } from "../../../server/domain/policy/update-send-settings.ts";
import { openRebooking } from "../../../server/domain/rebooking/open-rebooking.ts";
import { rebookingProposals } from "../../../server/domain/rebooking/rebooking-proposal.ts";
import { updateReminderSettings } from "../../../server/domain/reminders/update-reminder-settings.ts";
import { connectMailbox, mailSender } from "../../factories/email-account.ts";
import { smtpDouble } from "../../fakes/smtp-double.ts";
import { sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { monday, type RemindedClinic, remindedClinics, shifted } from "../reminders/reminded-clinic.ts";
import { regularPeople } from "./regular-people.ts";

const database = await testDatabase();
const { db, ctx } = database;
const { office, outgoing, remindAt } = remindedClinics(database);
const { comeOften, regular, closeWindow } = regularPeople(database);

async function previewOf({ own }: RemindedClinic, contactId: number) {
  return (await rebookingProposals(own, [contactId], { origin: "user" })).get(contactId);
}

/** What is shown before, and what then leaves. */
async function shownAndSaid(one: RemindedClinic, contactId = one.contactId) {
  const shown = await previewOf(one, contactId);
  const { message } = await openRebooking(one.own, contactId, { origin: "user" });
  return { shown, message };
}

/** Somebody who came often and has an address and no number. */
async function byMail() {
  const one = await office();
  await updateSendSettings(one.own, { quietFrom: null, quietTo: null });
  const bo = { name: "Bo Ek", email: "bo@people.example", language: "de" };
  const { id: contactId } = await createContact(one.own, bo);
  await comeOften(one, contactId);
  return { one, contactId };
}

const addressOf = (contactId: number) =>
  rows(db, `update contacts set email = 'ana@people.example' where id = ${contactId}`);

describe("what is shown of a proposal is what leaves", () => {
  test("inside the window: the list, in the person's language", async () => {
    const one = await regular();
    await rows(db, `update contacts set language = 'hi' where id = ${one.contactId}`);
    const { shown, message } = await shownAndSaid(one);
    expect(shown).toMatchObject({ by: "text", language: "hi", refusal: null });
    expect([message.type, shown?.text.startsWith(message.text ?? "-")]).toEqual(["interactive", true]);
  });

  test("outside: the template's own words, in its language and not the person's", async () => {
    const one = await regular();
    await closeWindow(one);
    await rows(db, `update contacts set language = 'hi' where id = ${one.contactId}`);
    const { shown, message } = await shownAndSaid(one);
    expect(shown).toMatchObject({ by: "template", language: "en", refusal: null });
    expect([message.type, message.text]).toEqual(["template", shown?.text]);
  });

  test("with the same word for how late it is, by the company's calendar", async () => {
    const one = await regular();
    await rows(db, `update company_settings set time_zone = 'America/Bogota' where company_id = ${one.companyId}`);
    await rows(
      db,
      `update customer_records set due_from_on = '2026-11-01', due_until_on = '2026-11-20' where contact_id = ${one.contactId}`,
    );
    // Evening of the last day over there, and the next day by UTC.
    const evening = ctx(one.companyId, { kind: "system" }, () => new Date("2026-11-21T03:00:00Z"));
    const { items } = await listDueCustomers(evening, { limit: 5 });
    const shown = (await rebookingProposals(evening, [one.contactId], { origin: "user" })).get(one.contactId);
    const { proposal } = await openRebooking(evening, one.contactId, { origin: "user" });
    expect([items[0]?.state, proposal.text]).toEqual(["due", shown?.text]);
  });

  test("where nothing may leave, why not", async () => {
    const one = await regular();
    await rows(db, `update contacts set do_not_contact = true where id = ${one.contactId}`);
    const shown = await previewOf(one, one.contactId);
    expect([shown?.by, shown?.refusal]).toEqual([null, expect.stringContaining("do not contact")]);
    await expect(openRebooking(one.own, one.contactId, { origin: "user" })).rejects.toThrow(shown?.refusal ?? "-");
  });

  test("for many people in as many statements as for a few", async () => {
    const one = await regular();
    const { id: channelAccountId } = await connectMailbox(one.own, 2525);
    const people = [one.contactId];
    for (const number of [1, 2, 3, 4, 5]) {
      const { id } = await createContact(one.own, { name: `Bo ${number}`, email: `bo${number}@people.example` });
      await comeOften(one, id, number);
      people.push(id);
    }
    const counted = async (ids: number[]) => {
      let statements = 0;
      const own = one.own.db;
      const counting: Ctx["db"] = {
        ...own,
        all: (query) => {
          statements += 1;
          return own.all(query);
        },
        first: (query) => {
          statements += 1;
          return own.first(query);
        },
      };
      const shown = await rebookingProposals({ ...one.own, db: counting }, ids, { origin: "user" });
      return { statements, by: [...shown.values()].map(({ by }) => by) };
    };
    await counted(people);
    const few = await counted(people.slice(0, 2));
    const many = await counted(people);
    expect(many.by).toEqual(["text", "mail", "mail", "mail", "mail", "mail"]);
    expect([many.statements, channelAccountId > 0]).toEqual([few.statements, true]);
  });
});

describe("a proposal to somebody whom WhatsApp does not reach", () => {
  test("goes by mail with the times and the way out of marketing", async () => {
    const { one, contactId } = await byMail();
    const server = await smtpDouble();
    await connectMailbox(one.own, server.port);
    const { shown, message } = await shownAndSaid(one, contactId);
    expect(shown).toMatchObject({ by: "mail", language: "de", refusal: null });
    expect([message.type, message.text]).toEqual(["email", shown?.text]);
    expect(shown?.text).toMatch(/Botox Treatment.*\n\n– .*14:00/s);
    const addresses = {
      link: () => "https://clinic.example/l",
      unsubscribe: () => "https://clinic.example/u/way-out",
    };
    await sendDue(db, mailSender(db, { addresses }));
    expect([
      server.mails.length,
      server.mails[0]?.raw.includes("List-Unsubscribe: <https://clinic.example/u/way-out>"),
    ]).toEqual([1, true]);
  });

  test("goes by mail where WhatsApp takes no marketing: to the United States", async () => {
    const one = await regular();
    await closeWindow(one);
    await rows(db, `update contact_identities set value = '12025550143' where contact_id = ${one.contactId}`);
    await connectMailbox(one.own, 2525);
    const refused = openRebooking(one.own, one.contactId, { origin: "user" });
    await expect(refused).rejects.toMatchObject({ refusal: { kind: "send_refused", obstacle: "marketing_to_us" } });
    await addressOf(one.contactId);
    const { shown, message } = await shownAndSaid(one);
    expect([shown?.by, message.type]).toEqual(["mail", "email"]);
  });

  test("stays away from whoever unsubscribed, and says both reasons", async () => {
    const { one, contactId } = await byMail();
    await connectMailbox(one.own, 2525);
    await one.own.transact((tx) =>
      recordConsent(tx, {
        contactId,
        channel: "email",
        purpose: "marketing",
        state: "withdrawn",
        source: "unsubscribe_link",
        at: new Date(),
      }),
    );
    await expect(openRebooking(one.own, contactId, { origin: "user" })).rejects.toThrow(
      /no WhatsApp number.*By e-mail: .*stopped marketing/,
    );
    expect(await outgoing(one)).toEqual([]);
  });

  test("after a missed visit goes by mail too, and not as marketing", async () => {
    const { one, contactId } = await byMail();
    await updateReminderSettings(one.own, { recoveryEnabled: true, recoveryAfterMinutes: 60 });
    await connectMailbox(one.own, 2525);
    const visit = await bookAppointment(one.own, { ...one.clinic, contactId, startsAt: shifted(monday, 0) });
    const later = (minutes: number) => new Date(monday.getTime() + minutes * 60_000);
    await markNoShow(
      ctx(one.companyId, { kind: "system" }, () => later(120)),
      visit.id,
    );
    await remindAt(later(180));
    const sent = await rows(
      db,
      `select r.sent_by, s.purpose from appointment_reminders r join outbound_sends s using (company_id, message_id)
       where company_id = ${one.companyId} and r.kind = 'recovery'`,
    );
    expect(sent).toEqual([{ sent_by: "email", purpose: "utility" }]);
  });

  test("is no way round a STOP on WhatsApp", async () => {
    const one = await regular();
    await closeWindow(one);
    await connectMailbox(one.own, 2525);
    await addressOf(one.contactId);
    await one.own.transact((tx) =>
      recordConsent(tx, {
        contactId: one.contactId,
        channel: "whatsapp",
        purpose: "marketing",
        state: "withdrawn",
        source: "stop_word",
        at: new Date(),
      }),
    );
    await expect(openRebooking(one.own, one.contactId, { origin: "user" })).rejects.toMatchObject({
      refusal: { obstacle: "marketing_opted_out" },
    });
  });
});

describe("a proposal by a mailbox that is named", () => {
  test("goes by mail although WhatsApp would do", async () => {
    const one = await regular();
    const { id: channelAccountId } = await connectMailbox(one.own, 2525);
    await addressOf(one.contactId);
    const { message, proposal } = await openRebooking(one.own, one.contactId, {
      origin: "user",
      channelAccountId,
      text: "Come again, Ana",
    });
    expect([message.type, proposal.by, message.text?.startsWith("Come again, Ana\n")]).toEqual(["email", "mail", true]);
  });

  test("is refused in words where there is no address", async () => {
    const one = await regular();
    const { id: channelAccountId } = await connectMailbox(one.own, 2525);
    await expect(openRebooking(one.own, one.contactId, { origin: "user", channelAccountId })).rejects.toMatchObject({
      refusal: { kind: "send_refused", obstacle: "no_address" },
    });
  });
});
