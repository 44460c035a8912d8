import { describe, expect, test } from "vitest";
import { signBody, verifySignature } from "../../server/channels/whatsapp-cloud/signature.ts";
import { readOnPhone } from "../../server/domain/simulator/read-messages.ts";
import { findPhone } from "../../server/domain/simulator/simulated-phone.ts";
import { makeFail } from "../../server/domain/simulator/simulator-failures.ts";
import { postDueWebhooks, startSimulatorWorker } from "../../server/jobs/simulator-worker.ts";
import { listOf, objectOf } from "../../shared/json.ts";
import { idOf, simulatedCompany, simulatorSecret } from "../channels/simulator/simulated-company.ts";
import { drain } from "../harness/deliver.ts";
import { rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const database = await testDatabase();
const { db } = database;
const to = "+14155550104";

type Company = Awaited<ReturnType<typeof simulatedCompany>>;

function post({ clock }: Company, afterMs = 0): Promise<number> {
  const now = () => new Date(clock.now.getTime() + afterMs);
  return postDueWebhooks(db, { appSecret: simulatorSecret, onStored: () => {}, now });
}

async function deliveries(): Promise<Record<string, unknown>[]> {
  const stored = await rows<{ body: Buffer }>(db, "delete from inbound_deliveries returning body, id");
  return stored.map(({ body }) => {
    const change = objectOf(listOf(objectOf(listOf(objectOf(JSON.parse(body.toString()))?.entry)[0])?.changes)[0]);
    return objectOf(change?.value) ?? {};
  });
}

describe("the simulated WhatsApp", () => {
  test("tells what became of a message, as Meta spells it", async () => {
    const company = await simulatedCompany(database);
    await company.write(to);
    const id = idOf(await company.send({ to, text: { body: "Hi" }, biz_opaque_callback_data: "ours" }));
    expect(await post(company)).toBe(0);
    expect(await post(company, 300)).toBe(1);
    const [sent] = await deliveries();
    expect(sent).toMatchObject({
      messaging_product: "whatsapp",
      metadata: { phone_number_id: company.account.phoneNumberId, display_phone_number: "15550100000" },
      contacts: [{ wa_id: "14155550104", user_id: expect.stringMatching(/^US\./) }],
      statuses: [
        {
          id,
          status: "sent",
          timestamp: "1795168800",
          recipient_id: "14155550104",
          biz_opaque_callback_data: "ours",
          pricing: { pricing_model: "PMP", category: "service", type: "regular" },
        },
      ],
    });
    await post(company, 1_000);
    await post(company, 50_000);
    const later = await deliveries();
    expect(later.map(({ statuses }) => objectOf(listOf(statuses)[0])?.status)).toEqual(["delivered", "read"]);
    expect(await post(company, 1e9)).toBe(0);
  });

  test("counts a message as read when the customer looks", async () => {
    const company = await simulatedCompany(database);
    await company.write(to);
    await company.send({ to, text: { body: "Hi" } });
    company.later(1_000);
    const phone = await findPhone(company.ctx, { waId: to.slice(1) });
    await readOnPhone(company.ctx, phone?.id ?? 0);
    expect(await post(company)).toBe(3);
  });

  test("says failed without naming anybody", async () => {
    const company = await simulatedCompany(database);
    await deliveries();
    await company.write(to);
    await makeFail(company.ctx, { kind: "131049", count: 1 });
    await company.send({ to, text: { body: "Hi" } });
    await post(company, 1_000);
    const [failed] = await deliveries();
    expect(failed?.contacts).toBeUndefined();
    expect(failed).toMatchObject({ statuses: [{ status: "failed", errors: [{ code: 131049 }] }] });
    expect(objectOf(listOf(failed?.statuses)[0])?.recipient_user_id).toBeUndefined();
  });

  test("prices an ad's conversation as free, and names it", async () => {
    const company = await simulatedCompany(database);
    await company.write(to);
    await rows(
      db,
      `update simulator_phones set free_entry_until = '2026-11-22T10:00:00Z'
      where company_id = ${company.companyId} returning id`,
    );
    await deliveries();
    await company.send({ to, text: { body: "Hi" } });
    await post(company, 300);
    expect(await deliveries()).toMatchObject([
      {
        statuses: [
          { conversation: { origin: { type: "referral_conversion" } }, pricing: { type: "free_entry_point" } },
        ],
      },
    ]);
  });

  test("reviews a template, and turns one down when asked to", async () => {
    const company = await simulatedCompany(database);
    await deliveries();
    const path = `/${company.account.wabaId}/message_templates`;
    const components = [{ type: "BODY", text: "Good news." }];
    const create = (name: string) =>
      company.transport.call({ method: "POST", path, body: { name, language: "en", category: "UTILITY", components } });
    await create("good");
    await makeFail(company.ctx, { kind: "template_rejected", count: 1 });
    await create("bad");
    await post(company, 10_000);
    expect(await deliveries()).toMatchObject([
      { event: "APPROVED", message_template_name: "good", reason: "NONE" },
      { event: "REJECTED", message_template_name: "bad" },
    ]);
    await create("routed");
    await post(company, 10_000);
    await drain(db);
    // Account-level webhooks name the account and no number; they find the company all the same.
    expect(await rows(db, "select state from inbound_deliveries")).toEqual([{ state: "processed" }]);
    const listed = await company.transport.call({ method: "GET", path, query: { name: "bad" } });
    expect(listed.body).toMatchObject({ data: [{ status: "REJECTED", rejected_reason: "INVALID_FORMAT" }] });
  });
});

describe("the statuses", () => {
  test("are applied to the message by the real way in, in the order of strength", async () => {
    const company = await simulatedCompany(database);
    await deliveries();
    await company.write(to, "Hello", async (body) => {
      await rows(
        db,
        `insert into inbound_deliveries (provider, body) values ('whatsapp_cloud', '\\x${body.toString("hex")}') returning id`,
      );
      return verifySignature(simulatorSecret, body, signBody(simulatorSecret, body));
    });
    await drain(db);
    const id = idOf(await company.send({ to, text: { body: "Hi" } }));
    await rows(
      db,
      `insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, provider_id, status, sent_at)
       select company_id, id, contact_id, channel_account_id, 'out', 'text', '${id}', 'accepted', now() from conversations
       where company_id = ${company.companyId} returning id`,
    );
    await makeFail(company.ctx, { kind: "duplicate_statuses", count: 1 });
    await post(company, 100_000);
    await drain(db);
    expect(await rows(db, `select status from messages where provider_id = '${id}'`)).toEqual([{ status: "read" }]);
  });

  test("are told once by two workers, and go on after a restart", async () => {
    const company = await simulatedCompany(database);
    await rows(db, "delete from simulator_webhooks returning id");
    await rows(db, "delete from inbound_deliveries returning id");
    const template = { name: "hello_world", language: { code: "en_US" } };
    for (let person = 0; person < 40; person += 1)
      await company.send({ to: `+141555502${String(person).padStart(2, "0")}`, type: "template", template });
    const now = () => new Date(company.clock.now.getTime() + 300);
    await Promise.all(
      [1, 2, 3, 4].map(() => postDueWebhooks(db, { appSecret: simulatorSecret, onStored: () => {}, now })),
    );
    expect(await deliveries()).toHaveLength(40);

    // A worker that was not there when the messages were sent tells the rest.
    let stored = 0;
    const worker = startSimulatorWorker(db, {
      appSecret: simulatorSecret,
      pollMs: 10,
      onStored: () => {
        stored += 1;
      },
      onError: (error) => {
        throw error;
      },
      now: () => new Date(company.clock.now.getTime() + 100_000),
    });
    await expect.poll(async () => (await rows(db, "select id from simulator_webhooks")).length).toBe(0);
    await worker.stop();
    expect(stored).toBeGreaterThan(0);
    expect(await deliveries()).toHaveLength(80);
  });

  test("stay where they are when the transaction does not come to its end", async () => {
    const company = await simulatedCompany(database);
    await rows(db, "delete from simulator_webhooks returning id");
    await deliveries();
    await company.write(to);
    await company.send({ to, text: { body: "Hi" } });
    const now = () => new Date(company.clock.now.getTime() + 300);
    // Without a secret nothing verifies, so the step fails after the claim.
    await expect(postDueWebhooks(db, { appSecret: "", onStored: () => {}, now })).rejects.toThrow("signature");
    expect(await deliveries()).toHaveLength(0);
    expect(await post(company, 300)).toBe(1);
  });
});
