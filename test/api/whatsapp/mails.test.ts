import { describe, expect, test } from "vitest";
import { createContact } from "../../../server/domain/contacts/create-contact.ts";
import { listConversations } from "../../../server/domain/conversations/list-conversations.ts";
import { sendEmail } from "../../../server/domain/email/send-email.ts";
import { checkRollups } from "../../../server/domain/rollups/check-rollups.ts";
import { listOf, objectOf } from "../../../shared/json.ts";
import { emailAccount, rawMail } from "../../factories/mail.ts";
import { mailbox } from "../../harness/mailbox.ts";
import { rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";
import { whatsappCaller } from "./whatsapp-caller.ts";

const harness = await testApp();
const caller = await whatsappCaller(harness);
const { companyId, ctx } = caller;
const account = await emailAccount(harness.db, companyId);
const { receive } = await mailbox(harness.db, companyId);

const data = async (url: string) => objectOf((await caller.get(url)).body.data ?? null);
const list = async (url: string) => listOf((await caller.get(url)).body.data ?? null).map(objectOf);

describe("mails are no WhatsApp", async () => {
  const ana = await createContact(ctx, { name: "Ana", phone: "+919876543210", email: "ana@sol.example" });
  const bob = await createContact(ctx, { name: "Bob", email: "bob@sol.example" });
  await rows(
    harness.db,
    `insert into bot_settings (company_id, enabled) values (${companyId}, true) on conflict (company_id) do update set enabled = true`,
  );
  await caller.hears("by phone", { phone: "919876543210", at: new Date(Date.now() - 3_600_000) });
  await sendEmail(ctx, { contactId: bob.id, subject: "Offer", body: "Here it is" });
  for (const [index, from] of ["ana@sol.example", "ana@sol.example", "bob@sol.example"].entries())
    await receive(
      account,
      rawMail({ From: from, To: "office@clinic.example", "Message-ID": `<m${index}@sol.example>`, Subject: "Hi" }),
    );
  const conversations = (await listConversations(ctx, { limit: 10, filter: {} })).items;
  const mailOf = (contactId: number) =>
    conversations.find((one) => one.contactId === contactId && one.lastMessageType === "email");

  test("the inbox of v1 shows both", () => {
    expect(conversations).toHaveLength(3);
  });

  test("neither conversations nor the counts of them have mails", async () => {
    expect((await list("/api/crm/conversations")).map((one) => one?.lastMessage)).toEqual(["by phone"]);
    expect((await caller.get("/api/crm/conversations?status=open")).body.pagination).toMatchObject({ total: 1 });
    expect(await data("/api/crm/dashboard")).toMatchObject({
      contacts: { total: 2, active: 1 },
      conversations: { total: 1, open: 1 },
      messages: { total: 1, sent: 0, received: 1, avgPerDay: 0 },
      recent: { conversations: [{ lastMessage: "by phone" }], topContacts: [{ name: "Ana", messages: 1 }] },
    });
    expect((await data("/api/crm/analytics"))?.messageTrend).toMatchObject([{ count: 1, sent: 0, received: 1 }]);
  });

  test("people are listed by what they wrote by WhatsApp", async () => {
    const at = (await list("/api/crm/conversations"))[0]?.lastMessageAt;
    const told = [
      { name: "Ana", lastMessageAt: at, unreadCount: 1 },
      { name: "Bob", lastMessageAt: null, unreadCount: 0 },
    ];
    for (const url of ["/api/crm/contacts", "/whatsapp/api/crm/contacts"]) expect(await list(url)).toMatchObject(told);
    expect(await list("/api/crm/contacts?order=1")).toMatchObject(told.toReversed());
  });

  test("a conversation of mails is not there, and cannot be answered by WhatsApp", async () => {
    const id = mailOf(ana.id)?.id;
    expect((await caller.get(`/api/crm/conversation/${id}`)).status).toBe(404);
    expect((await caller.post(`/api/crm/conversation/${id}/reply`, { text: "hello" })).status).toBe(404);
    expect((await caller.post(`/api/crm/conversation/${id}/close`)).status).toBe(404);
  });

  test("the rollups agree with a recount", async () => {
    const equal = { companyId, totals: 0, traffic: 0, activity: 0, sales: 0 };
    expect(await checkRollups(harness.db, companyId)).toEqual(equal);
  });

  test("the bot has no turn for a mail", async () => {
    const turns = await rows(harness.db, `select conversation_id from bot_turns where company_id = ${companyId}`);
    const byPhone = conversations.find(({ lastMessageType }) => lastMessageType === "text");
    expect(turns).toEqual([{ conversation_id: byPhone?.id }]);
  });
});
