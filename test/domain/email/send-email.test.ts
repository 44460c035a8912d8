import { describe, expect, test } from "vitest";
import { recordConsent } from "../../../server/domain/contacts/record-consent.ts";
import { updateContact } from "../../../server/domain/contacts/update-contact.ts";
import { DomainError } from "../../../server/domain/domain-error.ts";
import { getEmail } from "../../../server/domain/email/get-email.ts";
import { emailsOfContact, threadOf } from "../../../server/domain/email/list-emails.ts";
import { createEmailAccount, disconnectEmailAccount } from "../../../server/domain/email/save-email-account.ts";
import { type SendEmail, sendEmail } from "../../../server/domain/email/send-email.ts";
import { queueMessage } from "../../../server/domain/sends/queue-message.ts";
import { connectMailbox, emailTestKey, mailSender, personWithMail } from "../../factories/email-account.ts";
import { smtpDouble } from "../../fakes/smtp-double.ts";
import { sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const sender = mailSender(db);

async function company() {
  const c = ctx(await createCompany());
  const person = await personWithMail(c);
  const send = (extra: Partial<SendEmail> = {}) =>
    sendEmail(c, { contactId: person.id, subject: "Hello", body: "A word.", origin: "user", ...extra });
  return { c, person, send };
}

const refusal = (error: unknown) => (error instanceof DomainError ? error.refusal : undefined);

describe("without an account", () => {
  test("a mail waits as queued with the reason, and goes out once there is one", async () => {
    const { c, send } = await company();
    const mail = await send();
    expect(mail).toMatchObject({
      status: "queued",
      statusReason: expect.stringContaining("No e-mail account is connected"),
    });
    await sendDue(db, sender);
    const server = await smtpDouble();
    await connectMailbox(c, server.port);
    await sendDue(db, sender);
    expect(server.mails).toHaveLength(1);
    const sent = await getEmail(c, mail.messageId);
    expect(sent).toMatchObject({ status: "sent", from: { address: "desk@clinic.example" } });
    expect(sent.internetMessageId).toMatch(/@clinic\.example$/);
    expect(server.mails[0]?.raw).toContain("From: The desk <desk@clinic.example>");
  });

  test("two mails at once wait on one account", async () => {
    const { c, send } = await company();
    const other = await personWithMail(c);
    await Promise.all([send(), send({ contactId: other.id })]);
    expect(await count(db, `channel_accounts where company_id = ${c.companyId} and provider = 'email'`)).toBe(1);
  });

  test("what waits on an account that was let go leaves by the next one", async () => {
    const { c, send } = await company();
    const first = await connectMailbox(c, 1);
    await disconnectEmailAccount(c, first.id);
    const mail = await send();
    const server = await smtpDouble();
    const smtp = { host: "127.0.0.1", port: server.port, secure: false, user: null };
    const deps = { encryptionKey: emailTestKey, hostFault: () => undefined };
    const next = await createEmailAccount(c, { fromAddress: "new@clinic.example", smtp }, deps);
    expect(next.id).toBe(first.id);
    await sendDue(db, sender);
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "sent" });
  });

  test("an account that is there is not connected twice", async () => {
    const { c } = await company();
    await connectMailbox(c, 1);
    await expect(connectMailbox(c, 1)).rejects.toThrow("desk@clinic.example is connected already.");
  });
});

describe("the send policy", () => {
  test("refuses people who are not to be contacted, and those who left", async () => {
    const { c, send, person } = await company();
    await c.transact((tx) =>
      recordConsent(tx, {
        contactId: person.id,
        channel: "email",
        purpose: "all",
        state: "withdrawn",
        source: "api",
        at: new Date(),
      }),
    );
    expect(refusal(await send().catch((error: unknown) => error))).toMatchObject({ obstacle: "opted_out" });
    await updateContact(c, person.id, { doNotContact: true });
    expect(refusal(await send().catch((error: unknown) => error))).toMatchObject({ obstacle: "do_not_contact" });
    expect(await count(db, `emails where company_id = ${c.companyId}`)).toBe(0);
  });

  test("asks for the consent of mail, not of WhatsApp", async () => {
    const { c, send, person } = await company();
    const withdraw = (channel: string) =>
      c.transact((tx) =>
        recordConsent(tx, {
          contactId: person.id,
          channel,
          purpose: "marketing",
          state: "withdrawn",
          source: "api",
          at: new Date(),
        }),
      );
    await withdraw("whatsapp");
    expect(await send({ purpose: "marketing" })).toMatchObject({ status: "queued" });
    await withdraw("email");
    expect(refusal(await send({ purpose: "marketing" }).catch((error: unknown) => error))).toMatchObject({
      obstacle: "marketing_opted_out",
    });
    expect(await send()).toMatchObject({ status: "queued" });
  });

  test("knows no window and no price", async () => {
    const { c, send } = await company();
    await connectMailbox(c, 1);
    const { messageId } = await send();
    const [row] = await rows<{ decision: { reason: string }; price: string | null; outside_window: boolean }>(
      db,
      `select decision, price, outside_window from outbound_sends where message_id = ${messageId}`,
    );
    expect(row).toMatchObject({
      price: null,
      outside_window: false,
      decision: { reason: "A mail may be sent any time." },
    });
  });

  test("lets machines wait in quiet hours, and not people", async () => {
    const { c, person } = await company();
    const night = ctx(c.companyId, { kind: "system" }, () => new Date("2026-11-22T01:00:00Z"));
    await connectMailbox(c, 1);
    const mail = { contactId: person.id, subject: "Hello", body: "A word." };
    const byMachine = await sendEmail(night, { ...mail, origin: "system" });
    const byPerson = await sendEmail(night, { ...mail, origin: "user" });
    expect(byMachine.statusReason).toContain("quiet");
    expect(byPerson.statusReason).toBeNull();
  });

  test("lets no template and no WhatsApp text out by a mailbox", async () => {
    const { c, send } = await company();
    await connectMailbox(c, 1);
    const { conversationId } = await send();
    const location = { type: "location", latitude: 1, longitude: 1 } as const;
    const error = await queueMessage(c, { conversationId, content: location, origin: "user" }).catch(
      (each: unknown) => each,
    );
    expect(refusal(error)).toMatchObject({ obstacle: "channel_cannot_send" });
  });
});

describe("what is written", () => {
  test("into a mailbox's conversation is an answer in its thread", async () => {
    const { c, send } = await company();
    await connectMailbox(c, 1);
    const first = await send({ subject: "Prices" });
    const { message } = await queueMessage(c, {
      conversationId: first.conversationId,
      content: { type: "text", text: "And one more thing." },
      origin: "user",
    });
    expect(await getEmail(c, message.id)).toMatchObject({
      subject: "Re: Prices",
      threadId: first.messageId,
      inReplyTo: first.internetMessageId,
      text: "And one more thing.",
    });
    expect((await threadOf(c, message.id)).map(({ messageId }) => messageId)).toEqual([first.messageId, message.id]);
  });

  test("to a person is listed, newest first, page by page", async () => {
    const { c, send, person } = await company();
    for (const subject of ["one", "two", "three"]) await send({ subject });
    const first = await emailsOfContact(c, { contactId: person.id, limit: 2 });
    expect(first.items.map(({ subject }) => subject)).toEqual(["three", "two"]);
    const rest = await emailsOfContact(c, { contactId: person.id, limit: 2, before: first.next ?? 0 });
    expect(rest).toMatchObject({ items: [{ subject: "one" }], next: null });
  });

  test.each([
    [{ to: ["nobody"] }, "“nobody” is not an e-mail address"],
    [{ to: ["a@b.example\r\nBcc: c@d.example"] }, "is not an e-mail address"],
    [{ subject: "x".repeat(901) }, "subject must have at most 900 characters"],
    [{ body: "" }, "body must not be empty"],
    [{ attachmentIds: [999_999] }, "there is no file 999999"],
    [{ inReplyToMessageId: 999_999 }, "inReplyToMessageId names no e-mail"],
  ])("is refused in words: %o", async (extra, words) => {
    const { c, send } = await company();
    await connectMailbox(c, 1);
    await expect(send(extra)).rejects.toThrow(words);
  });

  test("in HTML has its words beside it, and no header can be slipped in", async () => {
    const { c, person } = await company();
    const mail = await sendEmail(c, {
      contactId: person.id,
      subject: "Line\r\nBcc: x@y.example",
      html: '<p>Dear Ana,</p><p>see <a href="https://clinic.example/a?b=1&amp;c=2">our page</a>.</p>',
    });
    expect(mail).toMatchObject({
      subject: "Line Bcc: x@y.example",
      text: "Dear Ana,\nsee our page (https://clinic.example/a?b=1&c=2).",
    });
  });

  test("goes to no address that was taken off the person", async () => {
    const { c, person } = await company();
    await updateContact(c, person.id, { email: "newer@people.example" });
    await updateContact(c, person.id, { email: null });
    const mail = { contactId: person.id, subject: "Hello", body: "A word." };
    await expect(sendEmail(c, mail)).rejects.toThrow("This person has no e-mail address. Name one in to.");
  });

  test("that waits for an address which is taken off the person meanwhile never goes there", async () => {
    const { c, person, send } = await company();
    const server = await smtpDouble();
    const other = await personWithMail(c);
    const [mail, copy, others] = [
      await send(),
      await send({ to: ["boss@people.example"], cc: [person.address] }),
      await sendEmail(c, { contactId: other.id, subject: "Hello", body: "A word.", origin: "user" }),
    ];
    await updateContact(c, person.id, { email: null });
    await sendDue(db, sender);
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "cancelled" });
    await connectMailbox(c, server.port);
    await sendDue(db, sender);
    const takers = server.mails.map(({ to }) => to.join());
    expect(new Set(takers)).toEqual(new Set([`boss@people.example,${person.address}`, other.address]));
    expect(await getEmail(c, copy.messageId)).toMatchObject({ status: "sent" });
    expect(await getEmail(c, others.messageId)).toMatchObject({ status: "sent" });
  });

  test("answers nobody at an address that was taken off the person; one that was replaced still is", async () => {
    const { c, person, send } = await company();
    const first = await send();
    const old = person.address;
    await updateContact(c, person.id, { email: "newer@people.example" });
    const answer = { contactId: person.id, subject: "Re: Hello", body: "Again.", inReplyToMessageId: first.messageId };
    expect((await sendEmail(c, answer)).to).toMatchObject([{ address: old }]);
    await updateContact(c, person.id, { email: old });
    await updateContact(c, person.id, { email: null });
    await expect(sendEmail(c, answer)).rejects.toThrow("This person has no e-mail address. Name one in to.");
    await updateContact(c, person.id, { email: "third@people.example" });
    expect((await sendEmail(c, answer)).to).toMatchObject([{ address: "third@people.example" }]);
    await updateContact(c, person.id, { email: old });
    expect((await sendEmail(c, answer)).to).toMatchObject([{ address: old }]);
  });

  test("to somebody without an address needs one to be named", async () => {
    const { c } = await company();
    const { createContact } = await import("../../../server/domain/contacts/create-contact.ts");
    const person = await createContact(c, { name: "Nobody" });
    const mail = { contactId: person.id, subject: "Hello", body: "A word." };
    await expect(sendEmail(c, mail)).rejects.toThrow("This person has no e-mail address. Name one in to.");
    expect(await sendEmail(c, { ...mail, to: ["Else <else@people.example>"] })).toMatchObject({
      to: [{ address: "else@people.example", name: "Else" }],
    });
  });
});
