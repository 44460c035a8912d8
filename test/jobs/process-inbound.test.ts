import { describe, expect, test } from "vitest";
import { createUser } from "../../server/domain/accounts/create-user.ts";
import { deleteContact } from "../../server/domain/contacts/delete-contact.ts";
import { createDeliveryStore } from "../../server/domain/conversations/store-delivery.ts";
import { createLead } from "../../server/domain/leads/create-lead.ts";
import { processInbound } from "../../server/jobs/process-inbound.ts";
import { envelope, messageBody, nextId, statusBody, textBody } from "../factories/whatsapp-body.ts";
import { deliver, drain } from "../harness/deliver.ts";
import { count, rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const companyId = await createCompany("main");

const enquiry =
  "Hi, I'm Maria Santos from Clinica Sol, maria@clinicasol.example. How much is it? We need appointment reminders and want to buy, our budget is $5,000";

describe("a first message", () => {
  test("makes a person, a conversation, a scored lead, a task, a notification and, qualified, a deal", async () => {
    await deliver(db, textBody({ phone: "5511987654321", name: "maria", text: enquiry }));
    const [person] = await rows(
      db,
      `select c.*, o.name as company, i.unread_count, i.message_count from contacts c
       join contact_inbox i on i.company_id = c.company_id and i.contact_id = c.id
       left join organizations o on o.company_id = c.company_id and o.id = c.organization_id where c.phone = '+5511987654321'`,
    );
    expect(person).toMatchObject({
      name: "Maria Santos",
      email: "maria@clinicasol.example",
      company: "Clinica Sol",
      stage: "qualified",
      unread_count: 1,
      message_count: 1,
    });
    const where = `company_id = ${companyId} and contact_id = ${Number(person?.id)}`;
    const [lead] = await rows(db, `select * from leads where ${where}`);
    expect(lead).toMatchObject({ stage: "qualified", budget: "5000.0000", budget_currency: "USD" });
    const [score] = await rows(db, `select * from lead_scores where ${where}`);
    expect(score?.score).toBe(person?.lead_score);
    expect(await rows(db, `select title, stage, value from deals where ${where}`)).toMatchObject([
      { stage: "prospecting", value: "5000.0000" },
    ]);
    expect(await rows(db, `select status, task_type from tasks where ${where}`)).toEqual([
      { status: "todo", task_type: "follow_up" },
    ]);
    expect(await rows(db, `select type, text, intents from messages where ${where}`)).toMatchObject([
      { type: "text", text: enquiry },
    ]);
    const types = (await rows<{ type: string }>(db, `select type from events where ${where} order by id`)).map(
      ({ type }) => type,
    );
    expect(types).toEqual(
      expect.arrayContaining([
        "contact.created",
        "message.received",
        "lead.created",
        "contact.updated",
        "lead.scored",
        "task.created",
        "deal.created",
      ]),
    );
  });

  test("delivered again, and in parallel, changes nothing", async () => {
    const body = textBody({ phone: "919000000001", text: enquiry });
    await deliver(db, body);
    const before = await snapshot();
    await deliver(db, body, body, body);
    await Promise.all([deliver(db, body), deliver(db, body), drain(db)]);
    expect(await snapshot()).toEqual(before);
    expect(await miscounted()).toBe(0);
  });

  test("of a person whose lead was opened by hand makes a task, but no new lead is announced", async () => {
    await createUser(ctx(companyId), { email: "admin@example.test", role: "admin" });
    const lead = await createLead(ctx(companyId), { firstName: "Jürgen", phone: "+4917612345678" });
    await deliver(db, textBody({ phone: "4917612345678", text: "Hello there" }));
    await deliver(db, textBody({ phone: "4917612345679", name: "Nele", text: "Hello there" }));
    const told = "select title, body from notifications where kind = 'lead.created' and contact_id";
    expect(await rows(db, `${told} = ${lead.contactId}`)).toEqual([]);
    expect(await rows(db, `${told} = (select id from contacts where name = 'Nele')`)).toEqual([
      { title: "New lead: Nele", body: "Wrote on WhatsApp for the first time." },
    ]);
    expect(await rows(db, `select description from tasks where contact_id = ${lead.contactId}`)).toMatchObject([
      { description: expect.stringContaining("Wrote on WhatsApp for the first time.") },
    ]);
  });

  test("in two Brazilian spellings comes from one person", async () => {
    await deliver(
      db,
      textBody({ phone: "5521998765432", text: "oi" }),
      textBody({ phone: "552198765432", text: "oi de novo" }),
    );
    expect(await count(db, "contacts where phone in ('+5521998765432', '+552198765432')")).toBe(1);
  });

  test("may come from a person with a user id only", async () => {
    await deliver(db, textBody({ phone: "", userId: "US.13491208655302741918", name: "Sheena", text: "hello" }));
    expect(await rows(db, "select name, phone from contacts where phone is null")).toEqual([
      { name: "Sheena", phone: null },
    ]);
  });
});

describe("two keys of one message that lead to two people", () => {
  test("go by the phone and raise one merge proposal", async () => {
    await deliver(
      db,
      textBody({ phone: "", userId: "US.777", name: "By id", text: "a" }),
      textBody({ phone: "14155550123", name: "By phone", text: "b" }),
    );
    const both = textBody({ phone: "14155550123", userId: "US.777", text: "c" });
    await deliver(db, both);
    await deliver(db, textBody({ phone: "14155550123", userId: "US.777", text: "d" }));
    expect(await count(db, "contact_merges where status = 'proposed' and reason like 'One message%'")).toBe(1);
    expect(
      await count(
        db,
        "messages m join contacts c on c.company_id = m.company_id and c.id = m.contact_id where c.name = 'By phone'",
      ),
    ).toBe(3);
  });
});

describe("statuses", () => {
  const orders = [
    ["sent", "delivered", "read"],
    ["read", "delivered", "sent"],
    ["delivered", "sent", "delivered", "read"],
  ];
  test.each(orders)("%s, %s, %s end in read, before and after their message", async (...order) => {
    const id = nextId();
    const echo = envelope(
      {
        message_echoes: [
          {
            from: "15550783881",
            to: "919876500000",
            id,
            timestamp: String(Math.floor(Date.now() / 1000)),
            type: "text",
            text: { body: "ours" },
          },
        ],
      },
      undefined,
      "smb_message_echoes",
    );
    const [first, ...rest] = order.map((status) => statusBody({ id, status }));
    await deliver(db, first ?? null);
    await deliver(db, echo);
    for (const body of rest) await deliver(db, body);
    const [message] = await rows(
      db,
      `select direction, origin, status, delivered_at is not null as delivered from messages where provider_id = '${id}'`,
    );
    expect(message).toEqual({ direction: "out", origin: "echo", status: "read", delivered: true });
    expect(await count(db, "early_statuses")).toBe(0);
  });
});

describe("what nobody understands", () => {
  test("is kept, and holds up nothing", async () => {
    const id = nextId();
    await deliver(
      db,
      null,
      12,
      "text",
      { entry: [{}] },
      envelope({ strange: true }, undefined, "brand_new_field"),
      textBody({ text: "after", id }),
    );
    expect(await count(db, `messages where provider_id = '${id}'`)).toBe(1);
    expect(await count(db, "inbound_deliveries where state in ('received', 'failed')")).toBe(0);
    expect(await count(db, "events where type like 'channel.%'")).toBeGreaterThan(0);
  });

  test("keeps NUL and lone surrogates from the database", async () => {
    await deliver(db, messageBody({ type: "text", content: { body: "a\u0000b\ud800c" } }));
    expect(await count(db, "messages where text = 'ab\ufffdc'")).toBe(1);
  });
});

describe("many workers", () => {
  test("share the queue and make each person once", async () => {
    const bodies = Array.from({ length: 120 }, (_, index) =>
      textBody({ phone: `9198000000${String(index % 40).padStart(2, "0")}`, text: `n ${index}` }),
    );
    await Promise.all(bodies.map((body) => deliver(db, body)));
    await Promise.all([processInbound(db), processInbound(db), processInbound(db)]);
    expect(await rows(db, "select error from inbound_deliveries where attempts > 0")).toEqual([]);
    expect(await count(db, "contacts where phone like '+9198000000%'")).toBe(40);
    expect(await count(db, "messages where text like 'n %'")).toBe(120);
    expect(await count(db, "(select contact_id from leads group by 1 having count(*) > 1) twice")).toBe(0);
    expect(
      await count(
        db,
        "conversations v where unread_count <> (select count(*) from messages m where m.company_id = v.company_id and m.conversation_id = v.id and m.direction = 'in')",
      ),
    ).toBe(0);
    expect(await miscounted()).toBe(0);
  });
});

/** People whose count of messages is not that of their messages. */
async function miscounted(): Promise<number> {
  return count(
    db,
    "contact_inbox i where message_count <> (select count(*) from messages m where m.company_id = i.company_id and m.contact_id = i.contact_id)",
  );
}

async function snapshot(): Promise<number[]> {
  const tables = [
    "contacts",
    "contact_identities",
    "conversations",
    "messages",
    "leads",
    "tasks",
    "deals",
    "notifications",
    "events",
  ];
  return Promise.all(tables.map((table) => count(db, table)));
}

describe("a person who was deleted", () => {
  test("comes back with a new message, not with one told twice", async () => {
    const first = textBody({ phone: "919777000001", text: "hello" });
    await deliver(db, first);
    const [person] = await rows<{ id: number }>(db, "select id from contacts where phone = '+919777000001'");
    await deleteContact(ctx(companyId), person?.id ?? 0);
    await deliver(db, first);
    expect(await count(db, "contacts where phone = '+919777000001' and deleted_at is null")).toBe(0);
    await deliver(db, textBody({ phone: "919777000001", text: "hello again" }));
    expect(await count(db, "contacts where phone = '+919777000001' and deleted_at is null")).toBe(1);
  });
});

describe("a number learnt later", () => {
  test("stands on the person, who is found by it", async () => {
    await deliver(db, textBody({ phone: "", userId: "US.5550001", name: "Kim", text: "hi" }));
    await deliver(db, textBody({ phone: "15554100777", userId: "US.5550001", name: "Kim", text: "hi" }));
    const people = await rows(db, "select phone, search_text from contacts where name = 'Kim'");
    expect(people).toEqual([{ phone: "+15554100777", search_text: expect.stringContaining("15554100777") }]);
  });
});

describe("bytes that are no text", () => {
  test.each(["\u0000\u0001", '{"a":\u0000}'])("are settled at once (%j)", async (body) => {
    const store = createDeliveryStore(db, () => {});
    await store({ provider: "whatsapp_cloud", companyId: null, body: Buffer.from(body), receivedAt: new Date() });
    await drain(db);
    expect(await count(db, "inbound_deliveries where state <> 'processed'")).toBe(0);
  });
});

describe("a step that is switched off", () => {
  test("is left out, the others are not", async () => {
    await rows(
      db,
      `update company_settings set intake_notify = false, intake_task = false where company_id = ${companyId} returning 1`,
    );
    const before = await count(db, "notifications");
    await deliver(db, textBody({ phone: "919777000002", text: enquiry.replace("maria@", "rosa@") }));
    const where = "contact_id = (select id from contacts where phone = '+919777000002')";
    expect(await count(db, "notifications")).toBe(before);
    expect(await count(db, `tasks where ${where}`)).toBe(0);
    expect(await count(db, `deals where ${where}`)).toBe(1);
  });
});
