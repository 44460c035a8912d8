import { describe, expect, test } from "vitest";
import { getEmail } from "../../../server/domain/email/get-email.ts";
import { settleEmail } from "../../../server/domain/email/settle-email.ts";
import { claimSends } from "../../../server/domain/sends/outbox/claim-sends.ts";
import { expireLeases, reviewUnanswered } from "../../../server/domain/sends/outbox/unanswered-sends.ts";
import { createOutboxSender } from "../../../server/jobs/outbox-sender.ts";
import { personWithMail } from "../../factories/email-account.ts";
import { sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { later, mailDesks } from "./mail-desk.ts";

const { db, ctx, sender, desk } = await mailDesks();

describe("a mail", () => {
  test("goes out by SMTP with text and HTML, its own Message-ID and an address for the answer", async () => {
    const { c, server, send, person } = await desk({}, { signature: "The desk\n+49 30 1234" });
    const queued = await send();
    expect(queued).toMatchObject({ status: "queued", statusReason: null, subject: "Your visit" });
    await sendDue(db, sender);
    expect(await getEmail(c, queued.messageId)).toMatchObject({ status: "sent", statusReason: null });
    const [mail] = server.mails;
    expect(mail?.to).toEqual([person.address]);
    expect(mail?.from).toMatch(/^desk\+[0-9a-f]{24}@clinic\.example$/);
    expect(mail?.raw).toContain(`Message-ID: <${queued.internetMessageId}>`);
    expect(mail?.raw).toContain(`Reply-To: The desk <${mail?.from}>`);
    expect(mail?.raw).toContain("multipart/alternative");
    expect(mail?.raw).toContain("-- \r\nThe desk");
    expect(mail?.raw).not.toContain("Auto-Submitted");
  });

  test("is one message, one activity, one row of the outbox and one event", async () => {
    const { c, send } = await desk();
    const { messageId, activityId } = await send();
    expect(await count(db, `emails where company_id = ${c.companyId}`)).toBe(1);
    expect(await count(db, `outbound_sends where company_id = ${c.companyId}`)).toBe(1);
    const [activity] = await rows(
      db,
      `select activity_type, direction, title, message_id from activities where id = ${activityId}`,
    );
    expect(activity).toEqual({
      activity_type: "email",
      direction: "outgoing",
      title: "Your visit",
      message_id: messageId,
    });
  });

  test("answers in its thread", async () => {
    const { server, send } = await desk();
    const first = await send();
    const second = await send({ inReplyToMessageId: first.messageId, subject: "Re: Your visit" });
    await sendDue(db, sender);
    await sendDue(db, sender);
    expect(second.threadId).toBe(first.messageId);
    const answer = server.mails.find(({ raw }) => raw.includes(`Message-ID: <${second.internetMessageId}>`));
    expect(answer?.raw).toContain(`In-Reply-To: <${first.internetMessageId}>`);
    expect(answer?.raw).toContain(`References: <${first.internetMessageId}>`);
  });

  test("that nobody wrote by hand says so", async () => {
    const { server, send } = await desk();
    await send({ origin: "system", purpose: "utility" });
    await sendDue(db, sender, () => new Date("2030-06-12T12:00:00Z"));
    expect(server.mails[0]?.raw).toContain("Auto-Submitted: auto-generated");
  });

  test("keeps blind recipients out of its head", async () => {
    const { server, send } = await desk();
    await send({ bcc: ["Secret <boss@clinic.example>"] });
    await sendDue(db, sender);
    expect(server.mails[0]?.to).toContain("boss@clinic.example");
    expect(server.mails[0]?.raw).not.toContain("boss@clinic.example");
  });
});

describe("nothing is sent twice", () => {
  test("by two workers at once", async () => {
    const { server, send } = await desk();
    for (let mail = 0; mail < 12; mail += 1) await send({ onceKey: `mail ${mail % 6}` });
    await Promise.all([sendDue(db, sender), sendDue(db, sender), sendDue(db, sender)]);
    await sendDue(db, sender);
    expect(new Set(server.mails.map(({ raw }) => /Message-ID: (\S+)/.exec(raw)?.[1])).size).toBe(6);
    expect(server.mails).toHaveLength(6);
  });

  test("by a worker that died between the call and the note of it", async () => {
    const { c, server, send, account } = await desk();
    const mail = await send();
    const claimed = await claimSends(
      db,
      { companyId: c.companyId, channelAccountId: account.id },
      { now: () => new Date(), limit: 10, leaseMs: 45_000 },
    );
    // The server has it; whoever claimed it says nothing more.
    for (const one of claimed) await sender.send(one.call);
    await expireLeases(db, later(4)());
    await reviewUnanswered(db, later(30)());
    await sendDue(db, sender, later(31));
    expect(server.mails).toHaveLength(1);
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "unknown" });
  });

  test("and one account never has more than four calls under way", async () => {
    let open = 0;
    let most = 0;
    const { server, send } = await desk();
    for (let mail = 0; mail < 9; mail += 1) {
      const { id } = await personWithMail(
        ctx((await rows<{ id: number }>(db, "select max(id) as id from companies"))[0]?.id ?? 0),
      );
      await send({ contactId: id });
    }
    const slow = {
      ...sender,
      async send(call: Parameters<typeof sender.send>[0]) {
        most = Math.max(most, ++open);
        const outcome = await sender.send(call);
        open -= 1;
        return outcome;
      },
    };
    const outbox = createOutboxSender(db, {
      senderOf: () => slow,
      onError: (error) => {
        throw error;
      },
    });
    for (let turn = 0; turn < 40 && server.mails.length < 9; turn += 1) {
      await outbox.takeMore();
      await outbox.drain();
      await outbox.settle();
    }
    expect(server.mails).toHaveLength(9);
    expect(most).toBeLessThanOrEqual(4);
  });
});

describe("what becomes of a mail later", () => {
  const bounce = { class: "hard", status: "5.1.1", diagnostic: "550 unknown", at: new Date().toISOString() };

  test("a bounce fails what a server had taken, and an answer before it stands", async () => {
    const { c, send, person } = await desk();
    const [bounced, answered] = [await send(), await send({ subject: "Second" })];
    await sendDue(db, sender);
    await sendDue(db, sender);
    const fate = {
      kind: "bounced",
      bounce: { ...bounce, recipient: person.address },
      words: "Nobody is there.",
    } as const;
    await c.transact((tx) => settleEmail(tx, answered.messageId, { kind: "delivered", at: new Date() }));
    for (const { messageId } of [bounced, answered, bounced])
      await c.transact((tx) => settleEmail(tx, messageId, fate));
    expect(await getEmail(c, bounced.messageId)).toMatchObject({
      status: "failed",
      statusReason: "Nobody is there.",
    });
    expect(await getEmail(c, answered.messageId)).toMatchObject({ status: "delivered" });
  });

  test("a bounce for one of several leaves the others their mail", async () => {
    const { c, send } = await desk();
    const mail = await send({ cc: ["b@people.example"] });
    await sendDue(db, sender);
    const fate = {
      kind: "bounced",
      bounce: { ...bounce, recipient: "b@people.example" },
      words: "b is gone.",
    } as const;
    await c.transact((tx) => settleEmail(tx, mail.messageId, fate));
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "sent", statusReason: "b is gone." });
  });

  test("an answer settles what nobody knew", async () => {
    const { c, send } = await desk({ body: () => "silence" });
    const mail = await send();
    await sendDue(db, sender);
    await c.transact((tx) => settleEmail(tx, mail.messageId, { kind: "delivered", at: new Date() }));
    expect(await getEmail(c, mail.messageId)).toMatchObject({ status: "delivered", statusReason: null });
  });
});
