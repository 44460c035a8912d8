import { describe, expect, test } from "vitest";
import { createMemberMailer } from "../../../server/channels/email/member-mailer.ts";
import { connectMailbox, emailTestKey } from "../../factories/email-account.ts";
import { type SmtpManners, smtpDouble, smtpRefusal } from "../../fakes/smtp-double.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();

const times = { connectMs: 2_000, greetingMs: 2_000, idleMs: 500, wholeMs: 2_000 };

async function office(manners?: SmtpManners) {
  const companyId = await createCompany();
  const server = await smtpDouble(manners);
  await connectMailbox(ctx(companyId), server.port);
  const mailer = createMemberMailer({ db, encryptionKey: emailTestKey, policy: { allowPrivate: true }, times });
  const send = () => mailer.send(mailTo(companyId));
  return { companyId, server, send };
}

function mailTo(companyId: number) {
  return {
    companyId,
    to: "mia@clinic.example",
    subject: "3 unread notifications",
    text: "Overdue: Call",
    html: "<p>Overdue: Call</p>",
    messageKey: `notifications-${companyId}-7`,
  };
}

describe("a mail to a member", () => {
  test("goes over the company's account, names itself as automatic, and bears the same id at each attempt", async () => {
    const { companyId, server, send } = await office();
    expect(await send()).toEqual({ kind: "sent" });
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: "desk@clinic.example", to: ["mia@clinic.example"] });
    expect(mail?.raw).toContain("Auto-Submitted: auto-generated");
    expect(mail?.raw).toContain(`Message-ID: <notifications-${companyId}-7@clinic.example>`);
    expect(mail?.raw).toContain("Overdue: Call");
  });

  test("that the server refuses for now is for later; for good, refused; taken or not, unknown", async () => {
    const busy = await office({ recipient: () => smtpRefusal(451, "4.7.1 Come back later") });
    expect(await busy.send()).toMatchObject({ kind: "later" });
    const gone = await office({ recipient: () => smtpRefusal(550, "5.1.1 Nobody here") });
    expect(await gone.send()).toMatchObject({ kind: "refused" });
    const silent = await office({ body: () => "silence" });
    expect(await silent.send()).toMatchObject({ kind: "unknown" });
  });

  test("waits where nobody listens, and says so where there is no account", async () => {
    const companyId = await createCompany();
    const mailer = createMemberMailer({ db, encryptionKey: emailTestKey, policy: { allowPrivate: true }, times });
    expect(await mailer.send(mailTo(companyId))).toEqual({ kind: "no_account" });
    await connectMailbox(ctx(companyId), 1);
    expect(await mailer.send(mailTo(companyId))).toMatchObject({ kind: "later" });
    const strict = createMemberMailer({ db, encryptionKey: emailTestKey, policy: { allowPrivate: false }, times });
    expect(await strict.send(mailTo(companyId))).toMatchObject({
      kind: "later",
      why: expect.stringContaining("private"),
    });
  });
});
