import { describe, expect, test } from "vitest";
import { decideSends } from "../../../server/domain/policy/decide-sends.ts";
import { replaceMessagePrices } from "../../../server/domain/policy/prices/replace-message-prices.ts";
import { updateSendSettings } from "../../../server/domain/policy/update-send-settings.ts";
import { rows } from "../../harness/rows.ts";
import { ago, noon } from "./facts.ts";
import { policyTables, send, sqlTime } from "./policy-tables.ts";

const { db, ctxOf, company, numberIn, templateIn, somebody, sent, decided } = await policyTables();

describe("caps and tiers", () => {
  test("marketing counts over seven days, failed and cancelled do not", async () => {
    const companyId = await company();
    const channel = await numberIn(companyId);
    const ana = await somebody(companyId, channel);
    const marketing = send(ana.contactId, channel, { purpose: "marketing" });
    for (const age of ["1d", "6d"]) await sent(companyId, channel, ana, { age, purpose: "marketing" });
    await sent(companyId, channel, ana, { age: "1h", purpose: "marketing", state: "failed" });
    await sent(companyId, channel, ana, { age: "8d", purpose: "marketing" });
    expect(await decided(companyId, marketing)).toEqual(["allowed"]);
    await sent(companyId, channel, ana, { age: "1h", purpose: "marketing", state: "queued", called: false });
    expect(await decided(companyId, marketing)).toEqual(["later marketing_cap"]);
  });

  test("a long talk since does not hide an advertisement", async () => {
    const companyId = await company();
    const channel = await numberIn(companyId);
    const ana = await somebody(companyId, channel);
    await updateSendSettings(ctxOf(companyId), { marketingPerWeek: 1 });
    await sent(companyId, channel, ana, { age: "2d", purpose: "marketing" });
    const answer = await sent(companyId, channel, ana, { age: "1h", purpose: "service", outside: false });
    await rows(
      db,
      `with copies as (
        insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, sent_at, origin)
        select company_id, conversation_id, contact_id, channel_account_id, direction, type, sent_at, origin
        from messages, generate_series(1, 120) where company_id = ${companyId} and id = (select message_id from outbound_sends where id = ${answer})
        returning id
      )
      insert into outbound_sends (company_id, conversation_id, contact_id, channel_account_id, message_id, purpose, request, state, origin,
        outside_window, called_at, created_at, next_attempt_at)
      select company_id, conversation_id, contact_id, channel_account_id, c.id, purpose, request, state, origin, outside_window, called_at,
        created_at, next_attempt_at
      from outbound_sends s, copies c where s.company_id = ${companyId} and s.id = ${answer} returning id`,
    );
    expect(await decided(companyId, send(ana.contactId, channel, { purpose: "marketing" }))).toEqual([
      "later marketing_cap",
    ]);
  });

  test("a row of the outbox is not held up by itself nor by those behind it", async () => {
    const companyId = await company();
    const channel = await numberIn(companyId);
    const ana = await somebody(companyId, channel);
    await updateSendSettings(ctxOf(companyId), { marketingPerWeek: 1 });
    const first = await sent(companyId, channel, ana, {
      age: "1h",
      purpose: "marketing",
      state: "queued",
      called: false,
    });
    const second = await sent(companyId, channel, ana, {
      age: "1m",
      purpose: "marketing",
      state: "queued",
      called: false,
    });
    const ask = (sendId: number) => decided(companyId, send(ana.contactId, channel, { purpose: "marketing", sendId }));
    expect(await ask(first)).toEqual(["allowed"]);
    expect(await ask(second)).toEqual(["later marketing_cap"]);
  });

  test("one list uses up places, caps and free replies as it goes", async () => {
    const companyId = await company();
    const channel = await numberIn(companyId, "'whatsapp_cloud', 'connected', 'business', 'TIER_50', '{}'");
    const templateId = await templateIn(companyId, "order_update", "UTILITY");
    const template = { content: { kind: "template", templateId } } as const;
    const people: Awaited<ReturnType<typeof somebody>>[] = [];
    for (let index = 0; index < 5; index++) people.push(await somebody(companyId, channel, { window: null }));
    for (const person of people.slice(0, 2)) await sent(companyId, channel, person, { age: "23h" });
    await rows(db, `update channel_accounts set messaging_limit = 'TIER_3' where id = ${channel} returning id`);
    const wanted = people.map(({ contactId }) => send(contactId, channel, template));
    expect(await decided(companyId, ...wanted)).toEqual([
      "allowed",
      "allowed",
      "allowed",
      "later tier_reached",
      "later tier_reached",
    ]);
    await updateSendSettings(ctxOf(companyId), { businessInitiatedPerDay: 2 });
    const again = Array.from({ length: 3 }, () => send(people[2]?.contactId ?? 0, channel, template));
    expect(await decided(companyId, ...again)).toEqual(["allowed", "allowed", "later frequency_cap"]);
  });

  test("numbers of one business share its tier", async () => {
    const companyId = await company();
    const limited = "'whatsapp_cloud', 'connected', 'business', 'TIER_1', '{}'";
    const [first, second, other] = [
      await numberIn(companyId, limited),
      await numberIn(companyId, limited),
      await numberIn(companyId, limited.replace("'business'", "'other'")),
    ];
    const ana = await somebody(companyId, first, { window: null });
    await sent(companyId, first, ana, { age: "1h" });
    const ben = await somebody(companyId, second, { window: null });
    await rows(
      db,
      `insert into conversations (company_id, contact_id, channel_account_id) values (${companyId}, ${ben.contactId}, ${other}) returning id`,
    );
    const templateId = await templateIn(companyId, "order_update", "UTILITY");
    const template = { content: { kind: "template", templateId } } as const;
    expect(
      await decided(
        companyId,
        send(ben.contactId, second, template),
        send(ben.contactId, other, template),
        send(ana.contactId, second, template),
      ),
    ).toEqual(["later tier_reached", "allowed", "allowed"]);
  });

  test("a pause and a pair's borrowed burst are waits", async () => {
    const companyId = await company();
    const channel = await numberIn(companyId);
    const ana = await somebody(companyId, channel);
    await rows(
      db,
      `insert into pair_rates (company_id, channel_account_id, contact_id, next_free_at)
      values (${companyId}, ${channel}, ${ana.contactId}, ${sqlTime(ago(noon, "-300s"))}) returning contact_id`,
    );
    expect(await decided(companyId, send(ana.contactId, channel))).toEqual(["later pair_rate"]);
    await rows(
      db,
      `insert into number_rates (company_id, channel_account_id, paused_until, pause_reason)
      values (${companyId}, ${channel}, ${sqlTime(ago(noon, "-10m"))}, 'throttled') returning company_id`,
    );
    expect(await decided(companyId, send(ana.contactId, channel))).toEqual(["later number_paused"]);
  });
});

describe("prices", () => {
  test("free replies of the number's month run out, then the own price list counts", async () => {
    const companyId = await company();
    const channel = await numberIn(companyId);
    const [ana, ben] = [await somebody(companyId, channel), await somebody(companyId, channel)];
    await rows(
      db,
      `insert into channel_months (company_id, channel_account_id, month_on, category, delivered)
      values (${companyId}, ${channel}, '2026-11-01', 'service', 900), (${companyId}, ${channel}, '2026-11-01', 'utility_in_window', 99),
        (${companyId}, ${channel}, '2026-10-01', 'service', 5000), (${companyId}, ${channel}, '2026-11-01', 'marketing', 5000) returning company_id`,
    );
    await replaceMessagePrices(ctxOf(companyId), [
      { market: "DE", category: "utility", validFromOn: "2026-10-01", currency: "EUR", amount: "0.0412" },
    ]);
    const decisions = await decideSends(ctxOf(companyId), [send(ana.contactId, channel), send(ben.contactId, channel)]);
    expect(decisions.map(({ price }) => [price?.amount, price?.currency, price?.free])).toEqual([
      ["0", "EUR", "allotment"],
      ["0.0412", "EUR", null],
    ]);
  });

  test("an ad opens 72 free hours when it was answered within 24", async () => {
    const companyId = await company();
    const channel = await numberIn(companyId);
    const templateId = await templateIn(companyId, "order_update", "MARKETING");
    const free = async (adAge: string, answerAge: string | null) => {
      const ana = await somebody(companyId, channel, { window: null });
      await rows(
        db,
        `update conversations set free_entry_expires_at = ${sqlTime(ago(ago(noon, adAge), "-72h"))} where id = ${ana.conversationId} returning id`,
      );
      if (answerAge) await sent(companyId, channel, ana, { age: answerAge, outside: false });
      const wanted = send(ana.contactId, channel, { content: { kind: "template", templateId } });
      return (await decideSends(ctxOf(companyId), [wanted]))[0]?.price?.free ?? null;
    };
    expect(await free("71h", "50h")).toBe("free_entry_point");
    expect(await free("71h", "40h")).toBeNull();
    expect(await free("71h", null)).toBeNull();
    expect(await free("23h", null)).toBe("free_entry_point");
    expect(await free("73h", "60h")).toBeNull();
  });
});
