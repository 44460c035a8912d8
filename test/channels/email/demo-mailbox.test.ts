import { afterAll, describe, expect, test } from "vitest";
import { startDemoMailbox } from "../../../server/channels/email/demo/start-demo-mailbox.ts";
import { createMailReader } from "../../../server/channels/email-intake/mail-reader.ts";
import { mediaFiles } from "../../../server/domain/media/media-files.ts";
import { processMail } from "../../../server/jobs/process-mail.ts";
import { mailSender, personWithMail } from "../../factories/email-account.ts";
import { sendDue } from "../../harness/outbox.ts";
import { testApp, testEncryptionKey } from "../../harness/test-app.ts";

const t = await testApp();
const { app, db, ctx, companyId, dataDir } = t;
const errors: unknown[] = [];
const mailbox = await startDemoMailbox({
  db,
  companyId,
  encryptionKey: testEncryptionKey,
  onError: (error) => errors.push(error),
});
// As in production: nothing private is reachable, but for the demo's own server.
const sender = mailSender(db, { policy: { allowPrivate: false } });
const reader = createMailReader();
afterAll(async () => {
  sender.close();
  await reader.close();
  await mailbox.close();
});

const headers = await t.headers();
const c = ctx(companyId);

async function call(method: "GET" | "POST", url: string, payload?: object) {
  const answer = await app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: answer.statusCode, body: answer.json() };
}

async function read(): Promise<void> {
  while ((await processMail(db, { reader, files: mediaFiles(dataDir) })) > 0);
}

async function sent(subject: string) {
  const person = await personWithMail(c);
  const mail = await call("POST", "/v1/emails", { contact_id: person.id, subject, body: "Are you coming?" });
  await sendDue(db, sender);
  const box = await call("GET", "/v1/simulator/mailbox");
  return { person, mail: mail.body, taken: box.body.data[0] };
}

describe("the demo's mailbox", () => {
  test("takes what the demo's account sends, over SMTP, with private addresses shut", async () => {
    const { mail, taken, person } = await sent("Your visit");
    expect(await call("GET", `/v1/emails/${mail.id}`)).toMatchObject({ body: { status: "sent" } });
    expect(taken).toMatchObject({
      subject: "Your visit",
      envelope_to: [person.address],
      internet_message_id: mail.internet_message_id,
      text: expect.stringContaining("Are you coming?"),
    });
    const raw = await app.inject({ method: "GET", url: `/v1/simulator/mailbox/${taken.id}/raw`, headers });
    expect(raw.headers["content-type"]).toBe("message/rfc822");
    expect(raw.body).toContain(`Message-ID: <${mail.internet_message_id}>`);
    expect(errors).toEqual([]);
  });

  test("answers in the thread, by the way that mails from outside take", async () => {
    const { mail, taken } = await sent("Question");
    expect((await call("POST", `/v1/simulator/mailbox/${taken.id}/answer`, { text: "Yes, gladly." })).status).toBe(202);
    await read();
    const thread = await call("GET", `/v1/emails/${mail.id}/thread`);
    expect(thread.body.data).toMatchObject([
      { subject: "Question", direction: "out", status: "delivered" },
      { subject: "Re: Question", direction: "in", body: "Yes, gladly." },
    ]);
  });

  test("lets a server give a mail back, which fails it and closes the address", async () => {
    const { mail, taken, person } = await sent("Nobody there");
    await call("POST", `/v1/simulator/mailbox/${taken.id}/answer`, { kind: "bounce", text: "550 5.1.1 No such user" });
    await read();
    expect(await call("GET", `/v1/emails/${mail.id}`)).toMatchObject({ body: { status: "failed" } });
    const again = await call("POST", "/v1/emails", { contact_id: person.id, subject: "Again", body: "x" });
    expect(again).toMatchObject({ status: 409, body: { obstacle: "address_suppressed" } });
  });

  test("lets somebody new write", async () => {
    const mail = { from: "Bo New <bo@people.example>", subject: "Hello", text: "What does it cost?" };
    expect((await call("POST", "/v1/simulator/mailbox", mail)).status).toBe(202);
    await read();
    const inbox = await call("GET", "/v1/conversations");
    // A mail's own time has no fractions, so that it may stand behind what was written in the same second.
    const names = inbox.body.data.map(({ contact }: { contact: { name: string } }) => contact.name);
    expect(names).toContain("Bo New");
  });

  test("gives no other mail server of loopback away", async () => {
    const policy = { allowPrivate: false };
    const { openSession } = await import("../../../server/channels/email/smtp-session.ts");
    const server = { host: "127.0.0.1", port: mailbox.port, secure: false, user: null, password: null };
    await expect(openSession(server, policy)).rejects.toThrow("lies in a private network");
    await expect(openSession({ ...server, host: "localhost" }, policy)).rejects.toThrow("leads into a private network");
  });
});
