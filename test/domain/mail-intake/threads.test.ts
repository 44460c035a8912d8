import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { sendEmail } from "../../../server/domain/email/send-email.ts";
import { emailAccount, rawMail } from "../../factories/mail.ts";
import { mailbox } from "../../harness/mailbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany("main");
const account = await emailAccount(db, companyId);
const { receive } = await mailbox(db, companyId);

let people = 0;

async function written(): Promise<{
  contactId: number;
  messageId: number;
  token: string;
  internetId: string;
  threadId: number;
  address: string;
}> {
  people += 1;
  const address = `person-${people}@sol.example`;
  const { id: contactId } = await createContact(ctx(companyId), { name: `Person ${people}`, email: address });
  const { messageId, threadId } = await sendEmail(ctx(companyId), { contactId, subject: "Offer", body: "Here it is" });
  const [row] = await rows(db, `select reply_token, internet_message_id from emails where message_id = ${messageId}`);
  return {
    contactId,
    messageId,
    threadId,
    token: String(row?.reply_token),
    internetId: String(row?.internet_message_id),
    address,
  };
}

async function mailNamed(id: string) {
  const [row] = await rows(
    db,
    `select e.thread_id, e.from_address, e.is_automatic, m.contact_id, m.origin, m.text, e.quoted_text
    from emails e join messages m on m.company_id = e.company_id and m.id = e.message_id where e.internet_message_id = '${id}'`,
  );
  return row;
}

const reply = (id: string, from: string, headers: Record<string, string>, body = "Yes, please") =>
  rawMail({ From: from, To: "office@clinic.example", Subject: "Re: Offer", "Message-ID": `<${id}>`, ...headers }, body);

describe("a reply", () => {
  test("to the plus address joins its thread and its person, from whatever address, and nobody is merged", async () => {
    const { contactId, threadId, token } = await written();
    await receive(
      account,
      reply("plus@x.example", "Boss <boss@other.example>", { To: `reply+${token.toUpperCase()}@clinic.example` }),
    );
    expect(await mailNamed("plus@x.example")).toMatchObject({
      thread_id: threadId,
      contact_id: contactId,
      from_address: "boss@other.example",
    });
    expect(await count(db, "contact_identities where value = 'boss@other.example'")).toBe(0);
  });

  test("by In-Reply-To joins the thread and belongs to whoever wrote it", async () => {
    const { contactId, threadId, internetId, address } = await written();
    await receive(
      account,
      reply(
        "inreply@x.example",
        address,
        { "In-Reply-To": `<${internetId}>` },
        "Yes, please\n\nOn Fri, Nov 20, 2026, Clinic <office@clinic.example> wrote:\n> Here it is\n",
      ),
      reply("colleague@x.example", "colleague@sol.example", { "In-Reply-To": `<${internetId}>` }),
    );
    expect(await mailNamed("inreply@x.example")).toMatchObject({
      thread_id: threadId,
      contact_id: contactId,
      text: "Yes, please",
      quoted_text: "On Fri, Nov 20, 2026, Clinic <office@clinic.example> wrote:\n> Here it is",
    });
    const other = await mailNamed("colleague@x.example");
    expect(other?.thread_id).toBe(threadId);
    expect(other?.contact_id).not.toBe(contactId);
  });

  test("from an address that we wrote to ourselves belongs to the person written to, and makes nobody new", async () => {
    const { id: contactId } = await createContact(ctx(companyId), { name: "Sam", email: "s@s.test" });
    const to = ["Other <other@s.test>"];
    const sent = await sendEmail(ctx(companyId), { contactId, to, cc: ["third@s.test"], subject: "Offer", body: "Hi" });
    const [row] = await rows(db, `select internet_message_id as id from emails where message_id = ${sent.messageId}`);
    const answer = { "In-Reply-To": `<${String(row?.id)}>`, References: `<${String(row?.id)}>` };
    await receive(
      account,
      reply("first@s.test", "Other <Other@s.test>", answer),
      // An answer to their own mail names ours further back.
      reply("second@s.test", "third@s.test", {
        "In-Reply-To": "<first@s.test>",
        References: `<${String(row?.id)}> <first@s.test>`,
      }),
      reply("eve@s.test", "eve@s.test", answer),
    );
    for (const id of ["first@s.test", "second@s.test"])
      expect(await mailNamed(id)).toMatchObject({ thread_id: sent.threadId, contact_id: contactId });
    const stranger = await mailNamed("eve@s.test");
    expect([stranger?.thread_id, stranger?.contact_id === contactId]).toEqual([sent.threadId, false]);
    expect(await count(db, "contact_identities where value in ('other@s.test', 'third@s.test')")).toBe(0);
    expect(await count(db, `leads where contact_id = ${contactId}`)).toBe(1);
  });

  test("whose parent a gateway renamed is found by the References", async () => {
    const { threadId, internetId, address } = await written();
    await receive(
      account,
      reply("refs@x.example", address, {
        "In-Reply-To": "<renamed@gateway.example>",
        References: `<${internetId}> <renamed@gateway.example>`,
      }),
    );
    expect((await mailNamed("refs@x.example"))?.thread_id).toBe(threadId);
  });

  test("that comes before what it answers is joined by it", async () => {
    await receive(
      account,
      reply("child@y.example", "late@y.example", { "In-Reply-To": "<parent@y.example>" }),
      reply("parent@y.example", "late@y.example", {}),
      reply("sibling@y.example", "late@y.example", { "In-Reply-To": "<parent@y.example>" }),
    );
    const threads = [
      await mailNamed("child@y.example"),
      await mailNamed("parent@y.example"),
      await mailNamed("sibling@y.example"),
    ];
    expect(new Set(threads.map((row) => row?.thread_id)).size).toBe(1);
  });

  test("to another company's plus address begins a thread of its own", async () => {
    const { token, contactId } = await written();
    const other = await createCompany();
    const box = await mailbox(db, other);
    const theirs = await emailAccount(db, other, "office@other.example");
    await box.receive(theirs, reply("foreign@z.example", "eve@z.example", { To: `reply+${token}@clinic.example` }));
    expect((await mailNamed("foreign@z.example"))?.contact_id).not.toBe(contactId);
  });
});

describe("a machine's mail", () => {
  test.each([
    ["an absence note", { "Auto-Submitted": "auto-replied (vacation)" }, "auto_reply"],
    ["Outlook's, without a header", { Subject: "Automatic reply: Offer" }, "auto_reply"],
    ["a newsletter", { "List-Unsubscribe": "<mailto:u@x.example>", Precedence: "bulk" }, "bulk"],
    ["a list", { "List-Id": "<talk.x.example>" }, "list"],
  ])("is kept and counts as no answer: %s", async (name, headers, kind) => {
    const { internetId, contactId, address, threadId } = await written();
    const id = `${kind}-${name.length}@auto.example`;
    await receive(account, reply(id, address, { "In-Reply-To": `<${internetId}>`, ...headers }));
    expect(await mailNamed(id)).toMatchObject({
      origin: "automatic",
      is_automatic: true,
      contact_id: contactId,
      thread_id: threadId,
    });
    const [conversation] = await rows(
      db,
      `select unread_count, last_inbound_at from conversations where contact_id = ${contactId}`,
    );
    expect(conversation).toEqual({ unread_count: 0, last_inbound_at: null });
    expect(await count(db, `leads where contact_id = ${contactId}`)).toBe(0);
    expect(await count(db, `bot_turns where contact_id = ${contactId}`)).toBe(0);
  });

  test("of our own account, and a copy of what we sent, make no message", async () => {
    await receive(account, reply("self@clinic.example", "office@clinic.example", {}));
    expect(await count(db, "emails where internet_message_id = 'self@clinic.example'")).toBe(0);
    expect(await rows(db, "select error from inbound_deliveries order by id desc limit 1")).toEqual([
      { error: "It comes from this account's own address." },
    ]);
  });
});

describe("somebody who writes nothing but a stop word", () => {
  test("of another language is not taken at that word, unless it is theirs", async () => {
    const { contactId, address } = await written();
    await receive(account, reply("acha@x.example", address, {}, "Acha thank you"));
    expect(await count(db, `contact_consents where contact_id = ${contactId}`)).toBe(0);
    await rows(db, `update contacts set language = 'sw' where id = ${contactId} returning id`);
    await receive(account, reply("acha-again@x.example", address, {}, "Acha"));
    expect(await count(db, `contact_consents where contact_id = ${contactId}`)).toBe(1);
  });

  test("gets no more marketing by mail, and is still heard", async () => {
    const { contactId, address } = await written();
    await receive(account, reply("stop@x.example", address, {}, "Unsubscribe"));
    expect(
      await rows(db, `select channel, purpose, state from contact_consents where contact_id = ${contactId}`),
    ).toEqual([{ channel: "email", purpose: "marketing", state: "withdrawn" }]);
    expect(await count(db, `messages where contact_id = ${contactId} and direction = 'in'`)).toBe(1);
  });
});
