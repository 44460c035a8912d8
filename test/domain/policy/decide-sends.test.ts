import { describe, expect, test } from "vitest";
import { createCtx } from "../../../server/domain/context.ts";
import { decideSends } from "../../../server/domain/policy/decide-sends.ts";
import { replaceMessagePrices } from "../../../server/domain/policy/prices/replace-message-prices.ts";
import { recordVendorOptOut } from "../../../server/domain/policy/record-vendor-opt-out.ts";
import type { SendDecision, WantedSend } from "../../../server/domain/policy/send-decision.ts";
import { sendPolicy } from "../../../server/domain/policy/send-policy.ts";
import { updateSendSettings } from "../../../server/domain/policy/update-send-settings.ts";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { ago, factsWith, type Given, noon, said } from "./facts.ts";

const { db, createCompany } = await testDatabase();
const ctxOf = (companyId: number) => createCtx({ db, companyId, actor: { kind: "system" }, now: () => noon });
const sqlTime = (at: Date | null) => (at === null ? "null" : `'${at.toISOString()}'::timestamptz`);

async function idOf(text: string): Promise<number> {
  const [row] = await rows<{ id: number }>(db, text);
  if (!row) throw new Error(`nothing was written by ${text}`);
  return row.id;
}

async function company() {
  const companyId = await createCompany();
  await rows(
    db,
    `update company_settings set time_zone = 'Europe/Berlin' where company_id = ${companyId} returning company_id`,
  );
  return companyId;
}

const numberIn = (companyId: number, fields = "'whatsapp_cloud', 'connected', null, null, '{}'") =>
  idOf(`insert into channel_accounts (company_id, provider, status, business_id, messaging_limit, health, name, external_id, waba_id)
    values (${companyId}, ${fields}, 'Main', 'x' || nextval('channel_accounts_id_seq'), 'waba') returning id`);

const withProblem = (problem: string, details = "") =>
  `'whatsapp_cloud', 'connected', null, null, '${JSON.stringify({ problems: { [problem]: { details, since: "2026-11-20T00:00:00Z", until: null } } })}'`;

const templateIn = (companyId: number, name: string, category: string, status = "APPROVED") =>
  idOf(`insert into templates (company_id, waba_id, name, language, category, status, quality)
    values (${companyId}, 'waba', '${name}', 'en', '${category}', '${status}', 'GREEN') returning id`);

async function somebody(
  companyId: number,
  channel: number,
  given: { window?: Date | null; phone?: string; fields?: string } = {},
) {
  const { window = ago(noon, "-1h"), phone = "+4915112345678", fields } = given;
  const contactId = await personIn(db, companyId, { phone });
  if (fields) await rows(db, `update contacts set ${fields} where id = ${contactId} returning id`);
  const conversationId =
    await idOf(`insert into conversations (company_id, contact_id, channel_account_id, window_expires_at, last_inbound_at)
    values (${companyId}, ${contactId}, ${channel}, ${sqlTime(window)}, ${sqlTime(window && ago(window, "24h"))}) returning id`);
  return { contactId, conversationId };
}

type Sent = { age: string; state?: string; called?: boolean; purpose?: string; outside?: boolean; origin?: string };

async function sent(
  companyId: number,
  channel: number,
  person: { contactId: number; conversationId: number },
  given: Sent,
) {
  const { age, state = "accepted", called = true, purpose = "utility", outside = true, origin = "user" } = given;
  const at = sqlTime(ago(noon, age));
  const keys = `${companyId}, ${person.conversationId}, ${person.contactId}, ${channel}`;
  const message =
    await idOf(`insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, sent_at, origin)
    values (${keys}, 'out', 'text', ${at}, 'api') returning id`);
  return idOf(`insert into outbound_sends (company_id, conversation_id, contact_id, channel_account_id, message_id, purpose, request, state,
      origin, outside_window, called_at, created_at, next_attempt_at)
    values (${keys}, ${message}, '${purpose}', '{}', '${state}', '${origin}', ${outside}, ${called ? at : "null"}, ${at}, ${at}) returning id`);
}

const shown = (decision: SendDecision | undefined) =>
  !decision || decision.outcome === "allowed" ? decision?.outcome : `${decision.outcome} ${decision.obstacle}`;

const send = (contactId: number, channelAccountId: number, rest: Partial<WantedSend> = {}): WantedSend => ({
  contactId,
  channelAccountId,
  purpose: "service",
  content: { kind: "free" },
  origin: "user",
  ...rest,
});

async function decided(companyId: number, ...wanted: WantedSend[]) {
  return (await decideSends(ctxOf(companyId), wanted)).map(shown);
}

describe("what stands in the tables decides as the pure policy does", () => {
  const cases: [
    string,
    Given,
    Parameters<typeof somebody>[2],
    { consents?: [string, "granted" | "withdrawn"][]; template?: string; number?: string },
  ][] = [
    ["an open window", {}, {}, {}],
    ["a closed one", { windowExpiresAt: noon, lastInboundAt: ago(noon, "24h") }, { window: noon }, {}],
    ["no window", { windowExpiresAt: null, lastInboundAt: null }, { window: null }, {}],
    ["do not contact", { person: { doNotContact: true } }, { fields: "do_not_contact = true" }, {}],
    ["a deleted person", { person: null, windowExpiresAt: null }, { fields: "deleted_at = now()" }, {}],
    ["opted out", { person: { everything: said("withdrawn", noon) } }, {}, { consents: [["all", "withdrawn"]] }],
    [
      "marketing stopped",
      { template: { category: "MARKETING" }, person: { marketing: said("withdrawn") } },
      {},
      { consents: [["marketing", "withdrawn"]], template: "MARKETING" },
    ],
    [
      "marketing agreed to",
      { template: { category: "MARKETING" }, person: { marketing: said("granted") } },
      {},
      { consents: [["marketing", "granted"]], template: "MARKETING" },
    ],
    ["a template of another purpose", { template: { category: "UTILITY" } }, {}, { template: "UTILITY" }],
    [
      "+1",
      { template: { category: "MARKETING" }, person: { phone: "+14155550100", country: "US" } },
      { phone: "+14155550100" },
      { template: "MARKETING" },
    ],
    [
      "a gateway",
      { channel: { provider: "whatsapp_gateway" } },
      {},
      { number: "'whatsapp_gateway', 'connected', null, null, '{}'" },
    ],
    [
      "a disconnected number",
      { channel: { disconnected: true } },
      {},
      { number: "'whatsapp_cloud', 'disconnected', null, null, '{}'" },
    ],
    [
      "a restricted account",
      { windowExpiresAt: null, lastInboundAt: null, template: {}, channel: { restricted: { until: null } } },
      { window: null },
      { template: "UTILITY", number: withProblem("restricted", "Restricted: RESTRICTED_BIZ_INITIATED_MESSAGING.") },
    ],
    [
      "an account that may not call",
      { windowExpiresAt: null, lastInboundAt: null, template: {} },
      { window: null },
      { template: "UTILITY", number: withProblem("restricted", "Restricted: RESTRICTED_USER_INITIATED_CALLING.") },
    ],
    ["a blocked account", { channel: { blocked: true } }, {}, { number: withProblem("blocked") }],
    ["an expired token", { channel: { disconnected: true } }, {}, { number: withProblem("token_expired") }],
    [
      "no payment",
      { windowExpiresAt: null, lastInboundAt: null, template: {}, channel: { paymentMissing: true } },
      { window: null },
      { template: "UTILITY", number: withProblem("payment_missing") },
    ],
    ["low quality", { channel: { lowQuality: true } }, {}, { number: withProblem("quality_red") }],
  ];
  test.each(cases)("%s", async (_case, given, who, { consents = [], template, number }) => {
    const companyId = await company();
    const channel = await numberIn(companyId, number);
    const { contactId } = await somebody(companyId, channel, who);
    for (const [purpose, state] of consents)
      await rows(
        db,
        `insert into contact_consents (company_id, contact_id, channel, purpose, state, source, at)
        values (${companyId}, ${contactId}, 'whatsapp', '${purpose}', '${state}', 'test', ${sqlTime(purpose === "all" ? noon : ago(noon, "2d"))}) returning id`,
      );
    const templateId = template ? await templateIn(companyId, "order_update", template) : 0;
    const purposes: Partial<WantedSend>[] = [
      {},
      { purpose: "marketing" },
      { purpose: "marketing", origin: "campaign" },
    ];
    const wanted = purposes.map((rest) =>
      send(contactId, channel, { ...rest, ...(template ? { content: { kind: "template", templateId } } : {}) }),
    );
    const facts = factsWith(given);
    const expected = wanted.map((each) =>
      sendPolicy({ ...facts, channel: facts.channel && { ...facts.channel, id: channel } }, each, noon),
    );
    const actual = await Promise.all(wanted.map(async (each) => (await decideSends(ctxOf(companyId), [each]))[0]));
    const comparable = (decision: SendDecision | undefined) =>
      decision && { ...decision, alternatives: decision.alternatives.filter(({ kind }) => kind !== "use_template") };
    expect(actual.map(comparable)).toEqual(expected.map(comparable));
  });
});

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

test("a vendor's refusal writes down that somebody left, once", async () => {
  const companyId = await company();
  const channel = await numberIn(companyId);
  const ana = await somebody(companyId, channel);
  const note = (purpose: "all" | "marketing") =>
    ctxOf(companyId).transact((tx) =>
      recordVendorOptOut(tx, { contactId: ana.contactId, purpose, at: noon, evidence: { code: 131050 } }),
    );
  await note("marketing");
  await note("marketing");
  const asked = [send(ana.contactId, channel), send(ana.contactId, channel, { purpose: "marketing" })];
  expect(await decided(companyId, ...asked)).toEqual(["allowed", "refused marketing_opted_out"]);
  await note("all");
  expect(await decided(companyId, ...asked)).toEqual(["refused opted_out", "refused opted_out"]);
  expect(
    await rows(db, `select purpose from contact_consents where contact_id = ${ana.contactId} order by id`),
  ).toEqual([{ purpose: "marketing" }, { purpose: "all" }]);
});

test("a clock that only the database knows is no error", async () => {
  const companyId = await company();
  await rows(
    db,
    `update company_settings set time_zone = 'Factory' where company_id = ${companyId} returning company_id`,
  );
  const channel = await numberIn(companyId);
  const { contactId } = await somebody(companyId, channel);
  expect(await decided(companyId, send(contactId, channel))).toEqual(["allowed"]);
});

test("another company's people and numbers are nobody's", async () => {
  const [mine, theirs] = [await company(), await company()];
  const channel = await numberIn(theirs);
  const ana = await somebody(theirs, channel);
  expect(await decided(mine, send(ana.contactId, channel))).toEqual(["refused no_address"]);
});

test("a thousand people in one go, one more is refused", async () => {
  const companyId = await company();
  const channel = await numberIn(companyId);
  const templateId = await templateIn(companyId, "order_update", "MARKETING");
  await rows(
    db,
    `with people as (insert into contacts (company_id, name, phone) select ${companyId}, 'P', '+4915100' || lpad(n::text, 6, '0') from generate_series(1, 1000) n returning id)
    insert into conversations (company_id, contact_id, channel_account_id) select ${companyId}, id, ${channel} from people returning id`,
  );
  const ids = (await rows<{ id: number }>(db, `select id from contacts where company_id = ${companyId}`)).map(
    ({ id }) => id,
  );
  const wanted = ids.map((id) =>
    send(id, channel, { purpose: "marketing", origin: "campaign", content: { kind: "template", templateId } }),
  );
  const decisions = await decideSends(ctxOf(companyId), wanted);
  expect(decisions.every(({ outcome }) => outcome === "allowed")).toBe(true);
  await expect(decideSends(ctxOf(companyId), [...wanted, send(1, channel)])).rejects.toThrow("at most 1000");
});
