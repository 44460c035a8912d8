import { describe, expect, test } from "vitest";
import { getEmail } from "../../../server/domain/email/get-email.ts";
import { updateEmailAccount } from "../../../server/domain/email/save-email-account.ts";
import { suppressAddress } from "../../../server/domain/email/suppress-address.ts";
import { reviewUnanswered } from "../../../server/domain/sends/outbox/unanswered-sends.ts";
import { watchMailAccounts } from "../../../server/jobs/watch-mail-accounts.ts";
import { emailTestKey } from "../../factories/email-account.ts";
import { smtpDouble, smtpRefusal } from "../../fakes/smtp-double.ts";
import { sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { later, mailDesks } from "./mail-desk.ts";

const { db, sender, desk } = await mailDesks();

describe("a mail server", () => {
  test("that is not there lets the mail wait and get it later", async () => {
    const { c, send, account } = await desk({}, { smtp: { host: "127.0.0.1", port: 1, secure: false, user: null } });
    const mail = await send();
    await sendDue(db, sender);
    expect(await getEmail(c, mail.messageId)).toMatchObject({
      status: "queued",
      statusReason: "The mail server cannot be reached just now; it goes again by itself.",
    });
    const server = await smtpDouble();
    await rows(
      db,
      `update email_accounts set smtp = smtp || '{"port": ${server.port}}' where channel_account_id = ${account.id}`,
    );
    await sendDue(db, sender, later(5));
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "sent" });
    expect(server.mails).toHaveLength(1);
  });

  test("that asks to come back gets the same mail again", async () => {
    let asked = 0;
    const recipient = () => (++asked === 1 ? smtpRefusal(451, "4.7.1 Greylisted, try again") : undefined);
    const { c, server, send } = await desk({ recipient });
    const mail = await send();
    await sendDue(db, sender);
    expect(await getEmail(c, mail.messageId)).toMatchObject({
      status: "queued",
      statusReason: expect.stringContaining("Greylisted"),
    });
    await sendDue(db, sender, later(15));
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "sent" });
    expect(server.mails[0]?.raw).toContain(`Message-ID: <${mail.internetMessageId}>`);
  });

  test("that knows nobody there fails the mail in its words and closes the address", async () => {
    const { c, send, person } = await desk({ recipient: () => smtpRefusal(550, "5.1.1 No such user here") });
    const mail = await send();
    await sendDue(db, sender);
    expect(await getEmail(c, mail.messageId)).toMatchObject({
      status: "failed",
      statusReason: expect.stringContaining("No such user here"),
    });
    await expect(send()).rejects.toMatchObject({
      refusal: { obstacle: "address_suppressed", message: expect.stringContaining(person.address) },
    });
  });

  test("that refuses one of several names that one, and the others have the mail", async () => {
    const recipient = (address: string) =>
      address === "gone@people.example" ? smtpRefusal(550, "5.1.1 Unknown") : undefined;
    const { c, server, send } = await desk({ recipient });
    const mail = await send({ cc: ["gone@people.example"] });
    await sendDue(db, sender);
    expect(await getEmail(c, mail.messageId)).toMatchObject({
      status: "sent",
      statusReason: expect.stringContaining("gone@people.example was refused"),
    });
    expect(server.mails).toHaveLength(1);
  });

  test("that knew nobody at an address gets later mails without that copy, and who was left out is named", async () => {
    const { c, server, send, person } = await desk();
    const gone = { reason: "hard_bounce", detail: {} } as const;
    const waiting = await send({ cc: ["gone@people.example", "boss@people.example"] });
    await c.transact((tx) => suppressAddress(tx, { address: "gone@people.example", ...gone }));
    const later = await send({ cc: ["Gone@people.example"], bcc: ["boss@people.example"] });
    expect(later).toMatchObject({
      status: "queued",
      leftOut: expect.stringContaining("Left out: gone@people.example"),
    });
    await sendDue(db, sender);
    await sendDue(db, sender);
    for (const { messageId } of [waiting, later])
      expect(await getEmail(c, messageId)).toMatchObject({
        status: "sent",
        statusReason: expect.stringContaining("Left out: gone@people.example does not exist"),
      });
    expect(server.mails.map(({ to }) => to)).toEqual([
      [person.address, "boss@people.example"],
      [person.address, "boss@people.example"],
    ]);
    expect(server.mails.map(({ raw }) => raw).join()).not.toMatch(/gone@/i);
    await expect(send({ to: ["gone@people.example"] })).rejects.toMatchObject({
      refusal: { obstacle: "address_suppressed" },
    });
  });

  test("that does not take the password holds the account, until it does", async () => {
    const smtp = { user: "desk", secure: false, host: "127.0.0.1" };
    const server = await smtpDouble({ password: "right" });
    const { c, send, account } = await desk({}, { smtp: { ...smtp, port: server.port }, smtpPassword: "wrong" });
    const mail = await send();
    await sendDue(db, sender);
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "queued" });
    const [channel] = await rows<{ status: string }>(
      db,
      `select status from channel_accounts where id = ${account.id}`,
    );
    expect(channel?.status).toBe("token_expired");
    const deps = { encryptionKey: emailTestKey, hostFault: () => undefined };
    await updateEmailAccount(c, account.id, { smtpPassword: "right" }, deps);
    await sendDue(db, sender, later(1));
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "sent" });
  });

  test("that takes the password again is found out by the clock", async () => {
    let password = "another";
    const server = await smtpDouble({ password: () => password });
    const smtp = { host: "127.0.0.1", port: server.port, secure: false, user: "desk" };
    const { c, send } = await desk({}, { smtp, smtpPassword: "right" });
    const mail = await send();
    await sendDue(db, sender);
    const deps = { encryptionKey: emailTestKey, policy: { allowPrivate: true } };
    await watchMailAccounts(db, deps);
    await sendDue(db, sender, later(2));
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "queued" });
    password = "right";
    await watchMailAccounts(db, deps);
    await sendDue(db, sender, later(2));
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "sent" });
  });

  test("that takes only the mailbox itself as sender gets that", async () => {
    const sender_ = (address: string) => (address.includes("+") ? smtpRefusal(550, "5.7.60 Not your name") : undefined);
    const { server, send } = await desk({ sender: sender_ });
    await send();
    await sendDue(db, sender);
    expect(server.mails.map(({ from }) => from)).toEqual(["desk@clinic.example"]);
  });

  test("that dies after the whole mail leaves it unknown, and it is never sent again by itself", async () => {
    const { c, server, send } = await desk({
      body: (_mail, { drop }) => {
        drop();
        return "silence";
      },
    });
    const mail = await send();
    await sendDue(db, sender);
    expect(await getEmail(c, mail.messageId)).toMatchObject({
      status: "unknown",
      statusReason: expect.stringContaining("The mail server did not say whether it took this message"),
    });
    for (const minutes of [20, 40, 60]) {
      await reviewUnanswered(db, later(minutes)());
      await sendDue(db, sender, later(minutes));
    }
    expect(server.mails).toHaveLength(1);
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "unknown" });
  });

  test("that says nothing after the whole mail leaves it unknown too", async () => {
    const { c, server, send } = await desk({ body: () => "silence" });
    const mail = await send();
    await sendDue(db, sender);
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "unknown" });
    expect(server.mails).toHaveLength(1);
  });
});
