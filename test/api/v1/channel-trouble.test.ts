import { describe, expect, test } from "vitest";
import { clearChannelProblem, markChannelProblem } from "../../../server/domain/channels/mark-channel-problem.ts";
import { queueMessage } from "../../../server/domain/sends/queue-message.ts";
import { syncChannels, watchChannels } from "../../../server/jobs/watch-channels.ts";
import { graphRefusal } from "../../fakes/graph-server.ts";
import { sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { numbersAtMeta } from "./numbers-at-meta.ts";

const { app, db, ctx, companyId, receive, graph, admin, connected, opened, watch, get, notices } =
  await numbersAtMeta();

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

  test("takes no word on a token that was replaced meanwhile for one on the new token", async () => {
    const { id, phone } = await connected();
    graph.on("GET /debug_token", async ({ query }) => {
      if (query.get("input_token") !== `token-${phone}`) return { body: { data: { is_valid: true } } };
      await rows(db, `update channel_accounts set access_token_sealed = 'new' where id = ${id}`);
      return { body: { data: { is_valid: false, error: { message: "Session has expired" } } } };
    });
    await watchChannels(db, watch);
    expect(await get(id)).toMatchObject({ status: "connected", problems: [], last_sync_error: null });
    graph.on("GET /debug_token", () => ({ body: { data: { is_valid: true, expires_at: 0 } } }));
    await rows(db, `update channel_accounts set access_token_sealed = null where id = ${id}`);
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
    await receive({
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
    await receive(
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
    receive({
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
