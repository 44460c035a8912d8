import { describe, expect, test } from "vitest";
import { createUser } from "../../../server/domain/accounts/create-user.ts";
import { emailAccount, rawMail } from "../../factories/mail.ts";
import { mailbox } from "../../harness/mailbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany("main");
const account = await emailAccount(db, companyId);
const { receive } = await mailbox(db, companyId);

const head = (id: string, from: string, more: Record<string, string> = {}) => ({
  From: from,
  To: "office@clinic.example",
  Subject: "Prices",
  Date: "Fri, 20 Nov 2026 10:00:00 +0000",
  "Message-ID": `<${id}>`,
  ...more,
});

const enquiry =
  "Hi, I'm Maria Santos from Clinica Sol. How much is it? We need appointment reminders and want to buy, our budget is $5,000";

describe("a first mail", () => {
  test("makes a person, a conversation, a scored lead, a task, a notification and an activity", async () => {
    await receive(account, rawMail(head("first@sol.example", "maria <Maria@ClinicaSol.example>"), enquiry));
    const [person] = await rows(db, "select * from contacts where email = 'maria@clinicasol.example'");
    expect(person).toMatchObject({ name: "Maria Santos", source: "email", phone: null });
    const where = `company_id = ${companyId} and contact_id = ${Number(person?.id)}`;
    expect(await rows(db, `select kind, value from contact_identities where ${where}`)).toEqual([
      { kind: "email", value: "maria@clinicasol.example" },
    ]);
    expect(await rows(db, `select type, text, direction, origin, provider_id from messages where ${where}`)).toEqual([
      { type: "email", text: enquiry, direction: "in", origin: "person", provider_id: "first@sol.example" },
    ]);
    expect(await rows(db, `select * from emails where ${where}`)).toMatchObject([
      { subject: "Prices", from_address: "maria@clinicasol.example", from_name: "maria", is_automatic: false },
    ]);
    expect(
      await rows(db, `select activity_type, direction, title, description from activities where ${where}`),
    ).toEqual([{ activity_type: "email", direction: "incoming", title: "Prices", description: enquiry }]);
    const [conversation] = await rows(db, `select * from conversations where ${where}`);
    expect(conversation).toMatchObject({ unread_count: 1, last_message_text: enquiry, window_expires_at: null });
    expect(await count(db, `leads where ${where}`)).toBe(1);
    expect(await count(db, `lead_scores where ${where}`)).toBe(1);
    expect(await count(db, `tasks where ${where}`)).toBe(1);
    const types = (await rows<{ type: string }>(db, `select type from events where ${where}`)).map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(["contact.created", "message.received", "lead.created", "task.created"]),
    );
  });

  test("is told as a mail in the notification and in the task", async () => {
    await createUser(ctx(companyId), { email: "admin@example.test", role: "admin" });
    await receive(account, rawMail(head("juergen@sol.example", "Jürgen <juergen@sol.example>"), "Guten Tag"));
    const person = "(select id from contacts where email = 'juergen@sol.example')";
    expect(await rows(db, `select title, body from notifications where contact_id = ${person}`)).toEqual([
      { title: "New lead: Jürgen", body: "Wrote by e-mail for the first time." },
    ]);
    expect(await rows(db, `select description from tasks where contact_id = ${person}`)).toMatchObject([
      { description: expect.stringMatching(/^Wrote by e-mail for the first time\./) },
    ]);
  });

  test("told three times is one message", async () => {
    const mail = rawMail(head("thrice@sol.example", "ana@sol.example"));
    await receive(account, mail, mail);
    await receive(account, mail);
    expect(await count(db, "messages where provider_id = 'thrice@sol.example'")).toBe(1);
    expect(await count(db, "contacts where email = 'ana@sol.example'")).toBe(1);
  });

  test("without a Message-ID is known by its bytes", async () => {
    const { "Message-ID": _id, ...nameless } = head("-", "nina@sol.example");
    const mail = rawMail(nameless, "No id");
    await receive(account, mail, mail, rawMail(nameless, "No id either"));
    expect(
      await count(db, "messages m join contacts c on c.id = m.contact_id where c.email = 'nina@sol.example'"),
    ).toBe(2);
  });
});
