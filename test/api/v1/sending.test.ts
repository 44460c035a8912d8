import { describe, expect, test } from "vitest";
import { personIn } from "../../factories/people.ts";
import { rows } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, caller, anonymous } = await v1App();

async function idOf(text: string): Promise<number> {
  const [row] = await rows<{ id: number }>(db, text);
  return row?.id ?? 0;
}

/** Somebody with a conversation on a number of the caller's company, and an approved template. */
async function scene(window = "now() + interval '1 hour'") {
  const me = await caller();
  const { companyId } = me;
  const channel = await idOf(`insert into channel_accounts (company_id, provider, name, external_id, waba_id)
    values (${companyId}, 'whatsapp_cloud', 'Main', 'n' || nextval('channel_accounts_id_seq'), 'waba') returning id`);
  const contactId = await personIn(db, companyId, { phone: "+4915112345678" });
  const conversation =
    await idOf(`insert into conversations (company_id, contact_id, channel_account_id, window_expires_at, last_inbound_at)
    values (${companyId}, ${contactId}, ${channel}, ${window}, ${window} - interval '24 hours') returning id`);
  const template = await idOf(`insert into templates (company_id, waba_id, name, language, category, status)
    values (${companyId}, 'waba', 'order_update', 'en', 'UTILITY', 'APPROVED') returning id`);
  return { me, companyId, channel, contactId, conversation, template };
}

describe("send options", () => {
  test("say whether free text may go, until when and at what price", async () => {
    const { me, conversation, template } = await scene();
    const answer = await me.get(`/v1/conversations/${conversation}/send-options`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      conversation_id: conversation,
      window: { is_open: true, free_entry_expires_at: null },
      free_text: { outcome: "allowed", by: "free_text", obstacle: null, price: { amount: 0, free: "allotment" } },
      templates: [{ id: template, category: "utility", decision: { outcome: "allowed", by: "template" } }],
      consent: { do_not_contact: false, all: null, marketing: null },
    });
  });

  test("offer templates when the window is closed", async () => {
    const { me, conversation, template } = await scene("now() - interval '1 second'");
    expect((await me.get(`/v1/conversations/${conversation}/send-options`)).json()).toMatchObject({
      window: { is_open: false },
      free_text: {
        outcome: "refused",
        obstacle: "window_closed",
        alternatives: [{ kind: "use_template", template_ids: [template] }, { kind: "call" }],
      },
      templates: [
        { decision: { outcome: "allowed", price: { amount: 0.055, currency: "USD" }, outside_window: true } },
      ],
    });
  });

  test("are nobody else's", async () => {
    const { conversation } = await scene();
    expect((await (await caller()).get(`/v1/conversations/${conversation}/send-options`)).statusCode).toBe(404);
    expect((await anonymous.get(`/v1/conversations/${conversation}/send-options`)).statusCode).toBe(401);
  });
});

describe("send decisions", () => {
  test("answer for a list, with a summary, and send nothing", async () => {
    const { me, companyId, channel, contactId, template } = await scene();
    const other = await personIn(db, companyId, { phone: "+4915112345679" });
    const free = await me.post("/v1/send-decisions", {
      channel_account_id: channel,
      contact_ids: [contactId, other, 999_999],
    });
    expect(free.json()).toMatchObject({
      data: [
        { contact_id: contactId, decision: { outcome: "allowed" } },
        { contact_id: other, decision: { outcome: "refused", obstacle: "window_closed" } },
        { contact_id: 999_999, decision: { obstacle: "no_address" } },
      ],
      summary: { allowed: 1, later: 0, refused: 2, cost: [{ currency: "USD", amount: 0 }], unknown_prices: 0 },
    });
    const byTemplate = { channel_account_id: channel, contact_ids: [other], template_id: template };
    expect((await me.post("/v1/send-decisions", byTemplate)).json().summary).toMatchObject({
      allowed: 1,
      cost: [{ amount: 0.055 }],
    });
    expect(await rows(db, `select id from outbound_sends where company_id = ${companyId}`)).toEqual([]);
  });

  test.each([
    [{}],
    [{ channel_account_id: 1, contact_ids: [] }],
    [{ channel_account_id: 1, contact_ids: Array.from({ length: 1_001 }, (_, index) => index + 1) }],
    [{ channel_account_id: 1, contact_ids: ["x"] }],
    [{ channel_account_id: 1, contact_ids: [1], purpose: "spam" }],
    [{ channel_account_id: -1, contact_ids: [1] }],
  ])("refuse what is no question: %j", async (body) => {
    expect((await (await caller()).post("/v1/send-decisions", body)).statusCode).toBe(400);
  });
});

describe("send decisions on a number that is not ours", () => {
  test("are a 404, while a person who is not ours is refused alone", async () => {
    const { me, channel, contactId } = await scene();
    const stranger = await scene();
    for (const id of [999_999_999, stranger.channel]) {
      const answer = await me.post("/v1/send-decisions", { channel_account_id: id, contact_ids: [contactId] });
      expect([answer.statusCode, answer.json().status]).toEqual([404, 404]);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
    const asked = { channel_account_id: channel, contact_ids: [contactId, stranger.contactId] };
    expect((await me.post("/v1/send-decisions", asked)).json().summary).toMatchObject({ allowed: 1, refused: 1 });
  });
});

describe("settings of sending", () => {
  test("have defaults, change under If-Match and decide at once", async () => {
    const { me, channel, contactId, template } = await scene();
    const before = await me.get("/v1/settings/sending");
    expect(before.json()).toMatchObject({
      quiet_from: "20:00",
      require_marketing_consent: false,
      unknown_wait_seconds: 900,
    });
    const patch = { require_marketing_consent: true, quiet_from: null, quiet_to: null, quiet_weekdays: [7] };
    const changed = await me.patch("/v1/settings/sending", patch, { "if-match": String(before.headers.etag) });
    expect(changed.json()).toMatchObject({ ...patch, version: 2 });
    expect(changed.headers.etag).toBe('"v2"');
    expect((await me.patch("/v1/settings/sending", patch, { "if-match": '"v1"' })).statusCode).toBe(412);
    const marketing = {
      channel_account_id: channel,
      contact_ids: [contactId],
      template_id: template,
      purpose: "marketing",
    };
    expect((await me.post("/v1/send-decisions", marketing)).json().data[0].decision.obstacle).toBe(
      "no_marketing_consent",
    );
  });

  test.each([
    [{ quiet_from: "25:00" }, "/quiet_from"],
    [{ quiet_from: null }, "/quiet_to"],
    [{ quiet_weekdays: [0] }, "/quiet_weekdays"],
    [{ quiet_weekdays: [1, 2, 3, 4, 5, 6, 7] }, "/quiet_weekdays"],
    [{ marketing_per_week: -1 }, "/marketing_per_week"],
    [{ marketing_per_week: 51 }, "/marketing_per_week"],
    [{ business_initiated_per_day: 0 }, "/business_initiated_per_day"],
    [{ unknown_wait_seconds: 5 }, "/unknown_wait_seconds"],
  ])("refuse %j", async (patch, pointer) => {
    const answer = await (await caller()).patch("/v1/settings/sending", patch);
    expect([answer.statusCode, answer.json().errors?.[0]?.pointer]).toEqual([400, `#${pointer}`]);
  });

  test("are for admins and managers to change, for all to see", async () => {
    const seller = await caller("salesperson");
    expect((await seller.get("/v1/settings/sending")).statusCode).toBe(200);
    expect((await seller.patch("/v1/settings/sending", {})).statusCode).toBe(403);
    expect((await seller.raw("PUT", "/v1/message-prices", '{"data":[]}')).statusCode).toBe(403);
  });
});

describe("message prices", () => {
  const row = { market: "DE", category: "utility", valid_from_on: "2026-11-01", currency: "EUR", amount: 0.0412 };
  const put = async (me: Awaited<ReturnType<typeof caller>>, ...data: object[]) =>
    me.raw("PUT", "/v1/message-prices", JSON.stringify({ data }));

  test("come with the product, and the company's own go first", async () => {
    const me = await caller();
    const shipped = (await me.get("/v1/message-prices")).json();
    expect(shipped.source).toContain("check your contract");
    expect(shipped.data.every(({ is_own: isOwn }: { is_own: boolean }) => !isOwn)).toBe(true);
    expect((await put(me, row, { ...row, market: "*", amount: "0.000001" })).statusCode).toBe(200);
    const own = (await me.get("/v1/message-prices")).json().data.slice(0, 2);
    expect(own).toEqual([
      { ...row, market: "*", amount: 0.000001, is_own: true },
      { ...row, is_own: true },
    ]);
    await put(me);
    expect((await me.get("/v1/message-prices")).json().data).toHaveLength(shipped.data.length);
  });

  test.each([
    [{ market: "XX" }],
    [{ market: "somewhere" }],
    [{ category: "spam" }],
    [{ valid_from_on: "2026-02-30" }],
    [{ valid_from_on: "soon" }],
    [{ currency: "EURO" }],
    [{ currency: "XQQ" }],
    [{ amount: -1 }],
    [{ amount: "1e3" }],
    [{ amount: "0.0000001" }],
    [{ amount: "10000000" }],
  ])("refuse %j", async (wrong) => {
    expect((await put(await caller(), { ...row, ...wrong })).statusCode).toBe(400);
  });

  test("name a field as this surface spells it", async () => {
    const answer = await put(await caller(), { ...row, valid_from_on: "soon" });
    expect(answer.json()).toMatchObject({
      detail: "valid_from_on must be a date such as 2026-10-01",
      errors: [{ pointer: "#/data/0/valid_from_on" }],
    });
  });

  test("refuse the same market, category and date twice", async () => {
    const me = await caller();
    expect((await put(me, row, { ...row, amount: 1 })).statusCode).toBe(400);
    expect((await me.get("/v1/message-prices")).json().data[0].is_own).toBe(false);
  });
});

describe("consents", () => {
  test("are written by hand with evidence, and listed newest first", async () => {
    const { me, contactId } = await scene();
    const path = `/v1/contacts/${contactId}/consents`;
    const granted = await me.post(path, {
      purpose: "marketing",
      state: "granted",
      source: "form",
      evidence: "Ticked on paper, 20 Nov",
    });
    expect(granted.statusCode).toBe(201);
    expect(granted.json()).toMatchObject({
      channel: "whatsapp",
      state: "granted",
      evidence: { note: "Ticked on paper, 20 Nov" },
    });
    expect((await me.post(path, { purpose: "all", state: "withdrawn", source: "phone call" })).statusCode).toBe(201);
    const list = (await me.get(`${path}?limit=1`)).json();
    expect(list.data).toMatchObject([{ purpose: "all", state: "withdrawn" }]);
    const next = (await me.get(`${path}?limit=1&cursor=${list.next_cursor}`)).json();
    expect([next.data[0].purpose, next.next_cursor]).toEqual(["marketing", null]);
  });

  test.each([
    [{}],
    [{ purpose: "marketing", state: "granted", source: "form" }],
    [{ purpose: "marketing", state: "granted", source: "form", evidence: "  " }],
    [{ purpose: "marketing", state: "maybe", source: "form" }],
    [{ purpose: "everything", state: "withdrawn", source: "form" }],
    [{ purpose: "all", state: "withdrawn", source: "" }],
    [{ purpose: "all", state: "withdrawn", source: "form", channel: "pigeon" }],
  ])("refuse %j", async (body) => {
    const { me, contactId } = await scene();
    expect((await me.post(`/v1/contacts/${contactId}/consents`, body)).statusCode).toBe(400);
  });

  test("of nobody are a 404", async () => {
    const { contactId } = await scene();
    const me = await caller();
    expect((await me.get(`/v1/contacts/${contactId}/consents`)).statusCode).toBe(404);
    const body = { purpose: "all", state: "withdrawn", source: "form" };
    expect((await me.post(`/v1/contacts/${contactId}/consents`, body)).statusCode).toBe(404);
  });
});
