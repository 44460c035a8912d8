import { describe, expect, test } from "vitest";
import { openChannels } from "../../../server/channels/registry.ts";
import { clearChannelProblem, markChannelProblem } from "../../../server/domain/channels/mark-channel-problem.ts";
import { queueMessage } from "../../../server/domain/sends/queue-message.ts";
import { syncChannels, watchChannels } from "../../../server/jobs/watch-channels.ts";
import { memberOf, personIn } from "../../factories/people.ts";
import { graphRefusal, graphServer } from "../../fakes/graph-server.ts";
import { drain } from "../../harness/deliver.ts";
import { sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testApp, testAppSecret, testEncryptionKey } from "../../harness/test-app.ts";

const graph = await graphServer();
const harness = await testApp({ graphUrl: graph.url });
const { app, db, ctx, companyId, dataDir } = harness;
const second = await harness.createCompany("second");
const admin = await harness.headers();

let number = 500;

/** An account with one number at Meta; the business's id and the token's end as said. */
function atMeta({ business = "900", expiresAt = 0, status = "CONNECTED" } = {}) {
  number += 1;
  const phone = `10${number}`;
  const waba = `20${number}`;
  graph.on(`GET /${phone}`, () => ({
    body: {
      id: phone,
      display_phone_number: "+1 555-010-0000",
      verified_name: "Nora's Flowers",
      quality_rating: "GREEN",
      code_verification_status: "VERIFIED",
      name_status: "APPROVED",
      status,
      platform_type: status === "CONNECTED" ? "CLOUD_API" : "NOT_APPLICABLE",
      throughput: { level: "STANDARD" },
      whatsapp_business_manager_messaging_limit: "TIER_2K",
    },
  }));
  graph.on(`GET /${waba}/phone_numbers`, () => ({ body: { data: [{ id: phone }] } }));
  graph.on(`GET /${waba}`, () => ({
    body: { id: waba, ...(business ? { owner_business_info: { id: business } } : {}) },
  }));
  graph.on(`POST /${waba}/subscribed_apps`, () => ({ body: { success: true } }));
  graph.on(`DELETE /${waba}/subscribed_apps`, () => ({ body: { success: true } }));
  graph.on(`GET /${waba}/subscribed_apps`, () => ({
    body: { data: [{ whatsapp_business_api_data: { id: "1000" } }] },
  }));
  graph.on("GET /debug_token", () => ({ body: { data: { is_valid: true, expires_at: expiresAt } } }));
  return { phone, waba };
}

const connect = (payload: object, headers = admin) =>
  app.inject({ method: "POST", url: "/v1/channel-accounts", headers, payload });

async function connected(options: Parameters<typeof atMeta>[0] = {}) {
  const { phone, waba } = atMeta(options);
  const answer = await connect({ phone_number_id: phone, waba_id: waba, access_token: `token-${phone}` });
  expect(answer.statusCode, answer.body).toBe(201);
  const body: { id: number } = answer.json();
  return { phone, waba, id: body.id };
}

const opened = openChannels({ db, encryptionKey: testEncryptionKey, appSecret: "s", graphUrl: graph.url, dataDir });
const watch = {
  transportOf: opened.transportOf,
  encryptionKey: testEncryptionKey,
  app: { id: "1000", secret: testAppSecret },
  onError: (_what: string, error: unknown) => {
    throw error;
  },
};

const get = async (id: number) =>
  (await app.inject({ method: "GET", url: `/v1/channel-accounts/${id}`, headers: admin })).json();
const notices = (id: number) =>
  rows<{ kind: string }>(db, `select kind from notifications where dedupe_key like 'channel:${id}:%'`);
await memberOf(db, companyId, "admin");

describe("connecting a number by token and ids", () => {
  test("asks WhatsApp, subscribes, seals the token and knows the business", async () => {
    const { id, waba } = await connected();
    expect(await get(id)).toMatchObject({
      status: "connected",
      sync_status: "synced",
      business_id: "900",
      quality: "green",
      verified: true,
      is_active: true,
      verified_name: "Nora's Flowers",
      problems: [],
    });
    expect(graph.calls.some(({ method, path }) => method === "POST" && path === `/${waba}/subscribed_apps`)).toBe(true);
    const [row] = await rows<{ sealed: string }>(
      db,
      `select access_token_sealed as sealed from channel_accounts where id = ${id}`,
    );
    expect(row?.sealed).toMatch(/^v1\./);
    const health = await app.inject({ method: "GET", url: `/v1/channel-accounts/${id}/health`, headers: admin });
    expect(health.json()).toMatchObject({ healthy: true });
  });

  test("reads the account's templates at once, and connects where they cannot be read", async () => {
    const { phone, waba } = atMeta();
    const template = { id: `30${waba}`, name: "welcome", language: "en", status: "APPROVED", category: "UTILITY" };
    graph.on(`GET /${waba}/message_templates`, () => ({ body: { data: [{ ...template, components: [] }] } }));
    await connect({ phone_number_id: phone, waba_id: waba, access_token: "t" });
    const list = () => app.inject({ method: "GET", url: `/v1/templates?waba_id=${waba}`, headers: admin });
    expect((await list()).json().data).toMatchObject([{ name: "welcome", status: "APPROVED" }]);
    const { waba: other } = await connected();
    expect(graph.calls.at(-1)?.path).toBe(`/${other}/message_templates`);
  });

  test("stays pending until the business is known", async () => {
    const { id, waba } = await connected({ business: "" });
    expect(await get(id)).toMatchObject({ sync_status: "pending", last_sync_error: null });
    graph.on(`GET /${waba}`, () => ({ body: { id: waba, owner_business_info: { id: "901" } } }));
    await syncChannels(db, watch);
    expect(await get(id)).toMatchObject({ sync_status: "synced", business_id: "901" });
  });

  test("is refused to a second company, and possible once the first has let go", async () => {
    const { phone, waba, id } = await connected();
    const theirs = await harness.headers("admin", second);
    const body = { phone_number_id: phone, waba_id: waba, access_token: "t" };
    expect((await connect(body, theirs)).statusCode).toBe(409);
    expect((await app.inject({ method: "DELETE", url: `/v1/channel-accounts/${id}`, headers: admin })).statusCode).toBe(
      204,
    );
    expect((await connect(body, theirs)).statusCode).toBe(201);
  });

  test("is refused with WhatsApp's reason for a wrong token, a number of another account and an expired token", async () => {
    const { phone, waba } = atMeta();
    const body = { phone_number_id: phone, waba_id: waba, access_token: "t" };
    graph.on(`GET /${waba}/phone_numbers`, () => ({ body: { data: [{ id: "1" }] } }));
    expect((await connect(body)).json()).toMatchObject({ status: 400, errors: [{ pointer: "#/phone_number_id" }] });
    graph.on(`GET /${phone}`, () => graphRefusal(401, 190, "Invalid OAuth access token"));
    const answer = await connect(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain("Invalid OAuth access token");
    expect((await connect({ ...body, phone_number_id: "../1" })).statusCode).toBe(400);
  });

  test("registers with a PIN, and says what is missing without one", async () => {
    const { phone, waba } = atMeta({ status: "PENDING" });
    const body = { phone_number_id: phone, waba_id: waba, access_token: "t" };
    const without: { id: number } = (await connect(body)).json();
    expect((await get(without.id)).problems).toMatchObject([{ problem: "setup" }]);
    graph.on(`POST /${phone}/register`, () => ({ body: { success: true } }));
    await connect({ ...body, pin: "123456" });
    expect(graph.calls.map(({ path }) => path)).toContain(`/${phone}/register`);
    expect((await get(without.id)).problems).toEqual([]);
  });

  test("brings back what came for the number before anyone had connected it", async () => {
    const { phone, waba } = atMeta();
    const value = {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: "15550100000", phone_number_id: phone },
      contacts: [{ profile: { name: "Early Bird" }, wa_id: "15550177777" }],
      messages: [
        { from: "15550177777", id: `wamid.${phone}`, timestamp: "1763720000", type: "text", text: { body: "hi" } },
      ],
    };
    await harness.receive({
      object: "whatsapp_business_account",
      entry: [{ id: waba, changes: [{ field: "messages", value }] }],
    });
    expect(await rows(db, `select 1 from messages where provider_id = 'wamid.${phone}'`)).toEqual([]);
    await connect({ phone_number_id: phone, waba_id: waba, access_token: "t" });
    await drain(db);
    expect(await rows(db, `select 1 from messages where provider_id = 'wamid.${phone}'`)).toHaveLength(1);
  });
});

describe("Embedded Signup", () => {
  const signup = (payload: object) =>
    app.inject({ method: "POST", url: "/v1/channel-accounts/embedded-signup", headers: admin, payload });

  test("exchanges the code at once and connects", async () => {
    const { phone, waba } = atMeta();
    graph.on("GET /oauth/access_token", ({ query }) =>
      query.get("code") === "good"
        ? { body: { access_token: "fresh" } }
        : graphRefusal(400, 100, "This authorization code has expired."),
    );
    const body = { phone_number_id: phone, waba_id: waba, business_id: "77", code: "good", event: "FINISH" };
    const before = graph.calls.length;
    expect((await signup(body)).json()).toMatchObject({ business_id: "77", status: "connected" });
    expect(graph.calls[before]?.path).toBe("/oauth/access_token");
    const late = await signup({ ...body, code: "late" });
    expect([late.statusCode, late.body]).toEqual([400, expect.stringContaining("expired")]);
  });

  test("of a number that stays in the phone app asks for contacts and history once each and never registers", async () => {
    const { phone, waba } = atMeta({ status: "PENDING" });
    graph.on("GET /oauth/access_token", () => ({ body: { access_token: "fresh" } }));
    graph.on(`POST /${phone}/smb_app_data`, ({ json }) =>
      json.sync_type === "history" ? graphRefusal(400, 2593107) : { body: { request_id: "1" } },
    );
    const answer = await signup({
      phone_number_id: phone,
      waba_id: waba,
      code: "good",
      event: "FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING",
    });
    expect(answer.json()).toMatchObject({ problems: [] });
    const asked = graph.calls.filter(({ path }) => path.startsWith(`/${phone}/`));
    expect(asked.map(({ json }) => json.sync_type)).toEqual(["smb_app_state_sync", "history"]);
  });
});

describe("the watchdog", () => {
  test("stops a number whose token is gone, tells the team once, and starts it again", async () => {
    const { id, phone } = await connected();
    graph.on("GET /debug_token", ({ query }) => ({
      body: {
        data:
          query.get("input_token") === `token-${phone}`
            ? { is_valid: false, error: { message: "Session has expired" } }
            : { is_valid: true },
      },
    }));
    await watchChannels(db, watch);
    await watchChannels(db, watch);
    expect(await get(id)).toMatchObject({
      status: "token_expired",
      is_active: false,
      problems: [{ problem: "token_expired" }],
    });
    const found = `select 1 from events where type = 'channel.problem_found' and subject_id = ${id}`;
    expect(await rows(db, found)).toHaveLength(1);
    expect(await notices(id)).toEqual([{ kind: "channel.problem" }]);
    const health = (await app.inject({ method: "GET", url: "/health" })).json();
    expect(health.channels).toMatchObject({ status: "problems", problems: { token_expired: 1 } });
    graph.on("GET /debug_token", () => ({ body: { data: { is_valid: true, expires_at: 0 } } }));
    await watchChannels(db, watch);
    expect(await get(id)).toMatchObject({ status: "connected", problems: [] });
  });

  test("subscribes an app again that somebody has unsubscribed", async () => {
    const { waba } = await connected();
    graph.on(`GET /${waba}/subscribed_apps`, () => ({ body: { data: [] } }));
    const before = graph.calls.length;
    await watchChannels(db, watch);
    const asked = graph.calls.slice(before).filter(({ path }) => path === `/${waba}/subscribed_apps`);
    expect(asked.map(({ method }) => method)).toEqual(["GET", "POST"]);
  });

  test("takes no trouble of WhatsApp's own for ours", async () => {
    const { id, phone } = await connected();
    graph.on(`GET /${phone}`, () => ({ status: 503, body: Buffer.from("") }));
    await syncChannels(db, watch);
    expect(await get(id)).toMatchObject({
      status: "connected",
      problems: [],
      last_sync_error: expect.stringContaining("503"),
    });
  });

  test("notices silence where people usually write", async () => {
    const { id, phone, waba } = await connected();
    const messages = Array.from({ length: 25 }, (_, index) => ({
      from: "15550188888",
      id: `wamid.${phone}.${index}`,
      timestamp: String(Math.floor(Date.now() / 1000) - 5 * 86_400 + index * 60),
      type: "text",
      text: { body: "hi" },
    }));
    const value = {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: "15550100000", phone_number_id: phone },
      contacts: [{ profile: { name: "Quiet" }, wa_id: "15550188888" }],
      messages,
    };
    await harness.receive({
      object: "whatsapp_business_account",
      entry: [{ id: waba, changes: [{ field: "messages", value }] }],
    });
    await rows(
      db,
      `update number_rates set last_inbound_at = null, last_status_at = null where channel_account_id = ${id}`,
    );
    await watchChannels(db, { ...watch });
    expect((await get(id)).problems).toMatchObject([{ problem: "silence" }]);
  });
});

describe("a token revoked in mid-batch", () => {
  test("stops the number, loses nothing, doubles nothing, and goes on once the token is good again", async () => {
    const { id, phone, waba } = await connected();
    const people = Array.from({ length: 6 }, (_, index) => `1555019${phone.slice(-3)}${index}`);
    await harness.receive(
      ...people.map((wa_id) => ({
        object: "whatsapp_business_account",
        entry: [{ id: waba, changes: [{ field: "messages", value: messageFrom(wa_id, phone) }] }],
      })),
    );
    const talks = await rows<{ id: number }>(db, `select id from conversations where channel_account_id = ${id}`);
    for (const { id: conversationId } of talks)
      await queueMessage(ctx(companyId), { conversationId, content: { type: "text", text: "Hello" }, origin: "user" });
    const got: unknown[] = [];
    let isRevoked = true;
    graph.on(`POST /${phone}/messages`, ({ json }) => {
      if (isRevoked && got.length >= 2) return graphRefusal(401, 190, "Session has expired");
      got.push(json.biz_opaque_callback_data);
      return { body: { messages: [{ id: `wamid.out.${phone}.${got.length}` }] } };
    });
    const sender = opened.senderOf("whatsapp_cloud");
    if (!sender) throw new Error("no sender");
    await sendDue(db, sender);
    expect(await get(id)).toMatchObject({ status: "token_expired" });
    const states = `select state from outbound_sends where channel_account_id = ${id} and state <> 'accepted'`;
    expect(await rows(db, states)).toEqual(Array.from({ length: talks.length - 2 }, () => ({ state: "queued" })));
    isRevoked = false;
    await watchChannels(db, watch);
    expect(await get(id)).toMatchObject({ status: "connected" });
    for (let turn = 0; turn < 5; turn += 1) await sendDue(db, sender, () => new Date(Date.now() + turn * 60_000));
    expect(await rows(db, states)).toEqual([]);
    expect(got).toHaveLength(6);
    expect(new Set(got).size).toBe(6);
  });
});

function messageFrom(wa_id: string, phone_number_id: string) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "15550100000", phone_number_id },
    contacts: [{ profile: { name: "Somebody" }, wa_id }],
    messages: [{ from: wa_id, id: `wamid.in.${wa_id}`, timestamp, type: "text", text: { body: "hi" } }],
  };
}

describe("what WhatsApp says of an account", () => {
  const say = (waba: string, value: object, field = "account_update") =>
    harness.receive({
      object: "whatsapp_business_account",
      entry: [{ id: waba, time: Math.floor(Date.now() / 1000), changes: [{ field, value }] }],
    });

  test("restricts it until a date, shuts it and reinstates it", async () => {
    const { id, waba } = await connected();
    const expiration = Math.floor(Date.now() / 1000) + 86_400;
    await say(waba, {
      event: "ACCOUNT_RESTRICTION",
      restriction_info: [{ restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration }],
    });
    expect((await get(id)).problems).toMatchObject([
      { problem: "restricted", until: new Date(expiration * 1000).toISOString() },
    ]);
    await say(waba, { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE", waba_ban_date: "2026-11-21" } });
    expect((await get(id)).problems).toHaveLength(2);
    await say(waba, { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "REINSTATE" } });
    expect((await get(id)).problems).toEqual([]);
  });

  test("is over when a sync finds the number connected again, and stands while WhatsApp says no", async () => {
    const { id, waba, phone } = await connected();
    const sync = () => app.inject({ method: "POST", url: `/v1/channel-accounts/${id}/sync`, headers: admin });
    const said = (status: string, can_send_message: string) =>
      graph.on(`GET /${phone}`, () => ({ body: { id: phone, status, health_status: { can_send_message } } }));
    const problems = async () => (await sync()).json().problems.map((open: { problem: string }) => open.problem);
    await say(waba, { event: "ACCOUNT_RESTRICTION", restriction_info: [] });
    await say(waba, { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "DISABLE" } });
    said("BANNED", "BLOCKED");
    expect(await problems()).toEqual(["restricted", "blocked"]);
    said("CONNECTED", "LIMITED");
    expect(await problems()).toEqual(["restricted"]);
    said("CONNECTED", "AVAILABLE");
    expect(await problems()).toEqual([]);
  });

  test("disconnects it when the business removes our app", async () => {
    const { id, waba } = await connected();
    await say(waba, { event: "PARTNER_REMOVED", waba_info: { waba_id: waba, owner_business_id: "900" } });
    expect(await get(id)).toMatchObject({ status: "disconnected", problems: [{ problem: "disconnected" }] });
  });
});

test("/health tells of what waits on the way out, naming nobody", async () => {
  const health = (await app.inject({ method: "GET", url: "/health" })).json();
  expect(health.outbox).toMatchObject({ status: expect.any(String), unknown: 0, unknown_oldest_seconds: null });
  expect(health.outbox.unknown_over_an_hour).toBe(0);
  expect(health.webhooks_out).toEqual({
    status: "healthy",
    failing: 0,
    disabled: 0,
    paused: 0,
    paused_oldest_seconds: null,
    waiting: 0,
    oldest_seconds: null,
  });
  expect(health.notifications).toMatchObject({ status: "healthy", overdue: 0, mails_failed: 0, pushes_failed: 0 });
  expect(health.reminders).toMatchObject({ status: "healthy", overdue: 0, failed: 0, failed_oldest_seconds: null });
  expect(health.bot).toEqual({ status: "healthy", stuck: 0, oldest_seconds: null });
  await rows(
    db,
    `insert into webhook_endpoints (company_id, url, secret_sealed, disabled_at) values (${companyId}, 'https://a.example', 's', now())`,
  );
  const later = (await app.inject({ method: "GET", url: "/health" })).json();
  expect(later).toMatchObject({ status: "healthy", webhooks_out: { status: "disabled", disabled: 1 } });
  expect(JSON.stringify(later)).not.toContain("a.example");
});

test("/health counts messages of unknown fate at once, and is troubled by old ones alone", async () => {
  const { id } = await connected();
  const contactId = await personIn(db, companyId, { phone: "+15550100777" });
  const [send] = await rows<{ id: number }>(
    db,
    `with v as (insert into conversations (company_id, contact_id, channel_account_id) values (${companyId}, ${contactId}, ${id}) returning *),
      m as (insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, text, status, sent_at, origin)
        select company_id, id, contact_id, channel_account_id, 'out', 'text', 'Hello', 'queued', now(), 'api' from v returning *)
     insert into outbound_sends (company_id, message_id, conversation_id, contact_id, channel_account_id, purpose, request, origin, state)
     select company_id, id, conversation_id, contact_id, channel_account_id, 'service', '{}', 'api', 'unknown' from m returning id`,
  );
  const outbox = async (age: string) => {
    await rows(
      db,
      `update outbound_sends set called_at = now() - interval '${age}' where id = ${send?.id} returning id`,
    );
    return (await app.inject({ method: "GET", url: "/health" })).json().outbox;
  };
  const fresh = await outbox("5 minutes");
  expect(fresh).toMatchObject({ unknown: 1, unknown_over_an_hour: 0, unknown_oldest_seconds: expect.any(Number) });
  expect(fresh.status).not.toBe("unknown_fates");
  expect(await outbox("2 hours")).toMatchObject({ status: "unknown_fates", unknown: 1, unknown_over_an_hour: 1 });
  await rows(db, `delete from outbound_sends where id = ${send?.id} returning id`);
});

test("a problem is marked once per episode and cleared by its own end", async () => {
  const { id } = await connected();
  const mark = () =>
    ctx(companyId).transact((tx) =>
      markChannelProblem(tx, { channelAccountId: id, problem: "payment_missing", details: "131042" }),
    );
  await Promise.all([mark(), mark(), mark()]);
  const events = `select 1 from events where type = 'channel.problem_found' and subject_id = ${id}`;
  expect(await rows(db, events)).toHaveLength(1);
  await ctx(companyId).transact((tx) => clearChannelProblem(tx, { channelAccountId: id, problem: "payment_missing" }));
  await mark();
  expect(await rows(db, events)).toHaveLength(2);
});
