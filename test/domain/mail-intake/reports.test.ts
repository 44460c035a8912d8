import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { sendEmail } from "../../../server/domain/email/send-email.ts";
import { mostSoftBounces } from "../../../server/domain/email/suppress-address.ts";
import { emailAccount, rawMail } from "../../factories/mail.ts";
import { mailbox } from "../../harness/mailbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany("main");
const account = await emailAccount(db, companyId);
const { receive } = await mailbox(db, companyId);

let people = 0;

type Sent = { contactId: number; messageId: number; token: string; internetId: string; address: string };

function nextAddress(): string {
  people += 1;
  return `person-${people}@sol.example`;
}

/** A mail of ours that a server took. */
async function sent(address = nextAddress()): Promise<Sent> {
  const [known] = await rows(db, `select contact_id from contact_identities where value = '${address}'`);
  const contactId = known
    ? Number(known.contact_id)
    : (await createContact(ctx(companyId), { name: address, email: address })).id;
  const { messageId } = await sendEmail(ctx(companyId), { contactId, subject: "Offer", body: "Here it is" });
  const [row] = await rows(db, `select reply_token, internet_message_id from emails where message_id = ${messageId}`);
  const internetId = String(row?.internet_message_id);
  await rows(db, `update messages set status = 'accepted', provider_id = '${internetId}' where id = ${messageId}`);
  await rows(db, `update outbound_sends set state = 'accepted' where message_id = ${messageId}`);
  return { contactId, messageId, token: String(row?.reply_token), internetId, address };
}

let reports = 0;

/** A delivery status notification as Postfix writes it. */
function bounce(
  to: Sent,
  said: { status: string; text: string; action?: string },
  { to: returnPath = "office@clinic.example", id = "" } = {},
): Buffer {
  reports += 1;
  const body = `--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

<${to.address}>: host mx.sol.example said: ${said.text}

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.clinic.example

Final-Recipient: rfc822; ${to.address}
Action: ${said.action ?? "failed"}
Status: ${said.status}
Diagnostic-Code: smtp; ${said.text}

--b
Content-Type: text/rfc822-headers

From: office@clinic.example
To: ${to.address}
${id === "" ? "Subject: Offer" : `Message-ID: <${id}>`}

--b--
`;
  return rawMail(
    {
      From: "Mail Delivery System <MAILER-DAEMON@mx.clinic.example>",
      To: returnPath,
      Subject: "Undelivered Mail Returned to Sender",
      "Message-ID": `<report-${reports}@mx.clinic.example>`,
      "Content-Type": 'multipart/report; report-type=delivery-status; boundary="b"',
      "Return-Path": "<>",
    },
    body,
  );
}

const stateOf = async ({ messageId }: Sent) =>
  (
    await rows(
      db,
      `select m.status, m.status_reason, e.bounce, s.state from messages m join emails e on e.message_id = m.id
    join outbound_sends s on s.message_id = m.id where m.id = ${messageId}`,
    )
  )[0];

const suppression = async (address: string) =>
  (
    await rows(
      db,
      `select reason, soft_bounces, suppressed_at is not null as closed from email_suppressions where address = '${address}'`,
    )
  )[0];

describe("a bounce", () => {
  test("found by the token in the return path fails the mail in words and closes the address", async () => {
    const mail = await sent();
    const raw = bounce(
      mail,
      { status: "5.1.1", text: "550 5.1.1 User unknown" },
      { to: `bounce+${mail.token}@clinic.example` },
    );
    await receive(account, raw, raw);
    expect(await stateOf(mail)).toMatchObject({
      status: "failed",
      state: "failed",
      status_reason: `${mail.address} takes no mail (5.1.1). The server says: “550 5.1.1 User unknown”`,
      bounce: { class: "hard", status: "5.1.1", recipient: mail.address },
    });
    expect(await suppression(mail.address)).toMatchObject({ reason: "hard_bounce", closed: true });
    expect(await rows(db, `select matched_by from email_reports where message_id = ${mail.messageId}`)).toEqual([
      { matched_by: "token" },
    ]);
    expect(await count(db, "contacts where email like '%mailer-daemon%'")).toBe(0);
    expect(await count(db, `events where type = 'email.bounced' and subject_id = ${mail.messageId}`)).toBe(1);
    await expect(
      sendEmail(ctx(companyId), { contactId: mail.contactId, subject: "Again", body: "?" }),
    ).rejects.toThrow();
  });

  test("is found by the Message-ID it gives back, and by the newest mail to its recipient; that one proves nothing", async () => {
    const [named, guessed] = [await sent(), await sent()];
    await receive(account, bounce(named, { status: "5.1.1", text: "550 no such user" }, { id: named.internetId }));
    await receive(account, bounce(guessed, { status: "5.1.1", text: "550 no such user" }));
    expect(
      await rows(
        db,
        `select message_id, matched_by from email_reports where message_id in (${named.messageId}, ${guessed.messageId}) order by id`,
      ),
    ).toEqual([
      { message_id: named.messageId, matched_by: "message_id" },
      { message_id: guessed.messageId, matched_by: "recipient" },
    ]);
    expect((await stateOf(named))?.status).toBe("failed");
    // Anybody could have written it: it is told on the person, and neither fails the mail nor closes the address.
    expect(await stateOf(guessed)).toMatchObject({ status: "accepted", bounce: null });
    expect(await suppression(guessed.address)).toBeUndefined();
    expect(
      await rows(
        db,
        `select data ->> 'unproven' as unproven from events where type = 'email.bounced' and contact_id = ${guessed.contactId}`,
      ),
    ).toEqual([{ unproven: "true" }]);
    const before = await rows(db, `select health from channel_accounts where id = ${account}`);
    for (const status of ["5.7.26", "5.2.2"])
      await receive(account, bounce(guessed, { status, text: `550 ${status} refused` }));
    expect(await rows(db, `select health from channel_accounts where id = ${account}`)).toEqual(before);
    expect(await suppression(guessed.address)).toBeUndefined();
  });

  test("on a mail to several closes no address that it did not go to", async () => {
    const mail = await sent();
    await rows(
      db,
      `update emails set cc_addresses = '[{"address": "cc@sol.example", "name": ""}]' where message_id = ${mail.messageId}`,
    );
    const stranger = { ...mail, address: "victim@sol.example" };
    await receive(account, bounce(stranger, { status: "5.1.1", text: "550 no such user" }, { id: mail.internetId }));
    expect(await suppression("victim@sol.example")).toBeUndefined();
    expect(await suppression(mail.address)).toBeUndefined();
  });

  test("that may pass is counted once each, and closes the address after several; a mail from there opens it", async () => {
    const address = "full@sol.example";
    for (let index = 1; index <= mostSoftBounces; index += 1) {
      const mail = await sent(address);
      const raw = bounce(mail, { status: "5.2.2", text: "552 5.2.2 Mailbox full" }, { id: mail.internetId });
      await receive(account, raw, raw);
      expect(await suppression(address)).toMatchObject({ soft_bounces: index, closed: index === mostSoftBounces });
    }
    await receive(
      account,
      rawMail({ From: address, To: "office@clinic.example", "Message-ID": "<alive@sol.example>" }, "I am here"),
    );
    expect(await suppression(address)).toBeUndefined();
  });

  test("about our sending is the account's trouble and not the person's", async () => {
    const mail = await sent();
    await receive(
      account,
      bounce(mail, { status: "5.7.26", text: "550-5.7.26 the sender is unauthenticated" }, { id: mail.internetId }),
    );
    expect(await stateOf(mail)).toMatchObject({ status: "failed", bounce: { class: "policy" } });
    expect(await suppression(mail.address)).toBeUndefined();
    const [channel] = await rows(db, `select health, status from channel_accounts where id = ${account}`);
    expect(channel).toMatchObject({
      status: "connected",
      health: { problems: { mail_refused: { details: expect.stringContaining("unauthenticated") } } },
    });
    await receive(
      account,
      rawMail({
        From: mail.address,
        To: "office@clinic.example",
        "Message-ID": "<ok@sol.example>",
        "In-Reply-To": `<${mail.internetId}>`,
      }),
    );
    expect(
      (await rows(db, `select health -> 'problems' as p from channel_accounts where id = ${account}`))[0]?.p,
    ).toEqual({});
  });

  test("that only says it takes longer changes nothing", async () => {
    const mail = await sent();
    await receive(
      account,
      bounce(mail, { status: "4.4.1", text: "connection timed out", action: "delayed" }, { id: mail.internetId }),
    );
    expect((await stateOf(mail))?.status).toBe("accepted");
    expect(await suppression(mail.address)).toBeUndefined();
  });

  test("of a mail that never left from here changes nothing, and is kept", async () => {
    const stranger = { contactId: 0, messageId: 0, token: "", internetId: "", address: "stranger@nowhere.example" };
    await receive(account, bounce(stranger, { status: "5.1.1", text: "550 no such user" }));
    expect(await suppression(stranger.address)).toBeUndefined();
    expect(await count(db, "email_reports where recipient = 'stranger@nowhere.example' and message_id is null")).toBe(
      1,
    );
  });

  test("cannot reach into another company", async () => {
    const mail = await sent();
    const other = await createCompany();
    const theirs = await emailAccount(db, other, "office@other.example");
    await (await mailbox(db, other)).receive(
      theirs,
      bounce(
        mail,
        { status: "5.1.1", text: "550 no such user" },
        { id: mail.internetId, to: `bounce+${mail.token}@x.example` },
      ),
    );
    expect((await stateOf(mail))?.status).toBe("accepted");
  });
});

describe("a complaint", () => {
  test("ends marketing to the person and leaves the mail as it was", async () => {
    const mail = await sent();
    const body = `--c\nContent-Type: text/plain\n\nThis is an abuse report.\n\n--c\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: X/1\nVersion: 1\n\n--c\nContent-Type: message/rfc822\n\nFrom: office@clinic.example\nTo: ${mail.address}\nMessage-ID: <${mail.internetId}>\n\nHere it is\n--c--\n`;
    await receive(
      account,
      rawMail(
        {
          From: "fbl@isp.example",
          To: "office@clinic.example",
          Subject: "Abuse",
          "Message-ID": "<arf@isp.example>",
          "Content-Type": 'multipart/report; report-type=feedback-report; boundary="c"',
        },
        body,
      ),
    );
    expect((await stateOf(mail))?.status).toBe("accepted");
    expect(await suppression(mail.address)).toMatchObject({ reason: "complaint", closed: true });
    expect(
      await rows(
        db,
        `select channel, purpose, state, source from contact_consents where contact_id = ${mail.contactId}`,
      ),
    ).toEqual([{ channel: "email", purpose: "marketing", state: "withdrawn", source: "complaint" }]);
  });
});
