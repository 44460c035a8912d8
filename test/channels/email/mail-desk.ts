import { afterAll } from "vitest";
import { sendEmail } from "../../../server/domain/email/send-email.ts";
import { connectMailbox, mailSender, personWithMail } from "../../factories/email-account.ts";
import { type SmtpManners, smtpDouble } from "../../fakes/smtp-double.ts";
import { testDatabase } from "../../harness/test-database.ts";

/** A database, the sender of mails, and companies with a mailbox at a mail server of their own. */
export async function mailDesks() {
  const { db, ctx, createCompany } = await testDatabase();
  const sender = mailSender(db);
  afterAll(() => sender.close());

  async function desk(manners: SmtpManners = {}, input: Parameters<typeof connectMailbox>[2] = {}) {
    const c = ctx(await createCompany());
    const server = await smtpDouble(manners);
    const account = await connectMailbox(c, server.port, input);
    const person = await personWithMail(c);
    const send = (extra: Partial<Parameters<typeof sendEmail>[1]> = {}) =>
      sendEmail(c, { contactId: person.id, subject: "Your visit", body: "See you at ten.", origin: "user", ...extra });
    return { c, server, account, person, send };
  }

  return { db, ctx, sender, desk };
}

export const later = (minutes: number) => () => new Date(Date.now() + minutes * 60_000);
