import { describe, expect, test } from "vitest";
import { decideSends } from "../../../server/domain/policy/decide-sends.ts";
import { recordVendorOptOut } from "../../../server/domain/policy/record-vendor-opt-out.ts";
import type { SendDecision, WantedSend } from "../../../server/domain/policy/send-decision.ts";
import { sendPolicy } from "../../../server/domain/policy/send-policy.ts";
import { rows } from "../../harness/rows.ts";
import { ago, factsWith, type Given, noon, said } from "./facts.ts";
import { policyTables, send, sqlTime } from "./policy-tables.ts";

const { db, ctxOf, company, numberIn, templateIn, somebody, decided } = await policyTables();

const withProblem = (problem: string, details = "") =>
  `'whatsapp_cloud', 'connected', null, null, '${JSON.stringify({ problems: { [problem]: { details, since: "2026-11-20T00:00:00Z", until: null } } })}'`;

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
