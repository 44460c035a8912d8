import { beforeEach, describe, expect, test } from "vitest";
import { channelHealth } from "../../../server/domain/channels/channel-health.ts";
import { getChannelAccount } from "../../../server/domain/channels/list-channel-accounts.ts";
import type { SendOutcome } from "../../../server/domain/sends/channel-sender.ts";
import { queueMessage } from "../../../server/domain/sends/queue-message.ts";
import type { JsonObject } from "../../../shared/json.ts";
import { envelope } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { statusOf, type Thread, threads } from "./thread.ts";

const database = await testDatabase();
const { db } = database;
const { thread } = threads(database);
beforeEach(() => rows(db, "delete from outbound_sends"));

type Said = { id: string; status: string; callback?: string; code?: number; pricing?: JsonObject };

/** One webhook with these statuses. */
function tell(one: Thread, ...said: Said[]): Promise<void> {
  const statuses = said.map(({ id, status, callback, code, pricing }) => ({
    id,
    status,
    timestamp: String(Math.floor(Date.now() / 1_000)),
    recipient_id: one.phone,
    ...(callback === undefined ? {} : { biz_opaque_callback_data: callback }),
    ...(pricing === undefined ? {} : { pricing }),
    ...(code === undefined ? {} : { errors: [{ code, title: "T", error_data: { details: "D" } }] }),
  }));
  return deliver(db, envelope({ statuses }, `sim-${one.companyId}`));
}

async function sent(outcome?: (serial: number) => SendOutcome) {
  const one = await thread();
  const { message } = await queueMessage(one.c, {
    conversationId: one.conversationId,
    content: { type: "text", text: "Hello" },
    origin: "user",
  });
  const id = `wamid.S${message.id}`;
  const vendor = fakeVendor(
    (_call, serial) =>
      outcome?.(serial) ?? { kind: "accepted", providerId: `${id}${serial === 1 ? "" : `.${serial}`}` },
  );
  await sendDue(db, vendor);
  const callback = vendor.calls[0]?.callbackId ?? "";
  return { one, message, id, vendor, callback, status: () => statusOf(one, message.id) };
}

async function changesOf({ companyId }: Thread): Promise<string[]> {
  const events = await rows<{ word: string }>(
    db,
    `select after ->> 'status' as word from events
    where company_id = ${companyId} and type = 'message.status_changed' order by id`,
  );
  return events.map(({ word }) => word);
}

const lost = (): SendOutcome => ({ kind: "unknown", why: "No answer within 20000 ms." });

describe("a status", () => {
  test("settles a message whose answer was lost, whatever the order", async () => {
    const { one, id, callback, status } = await sent(lost);
    expect(await status()).toMatchObject({ status: "unknown", providerId: null });
    await tell(one, { id, status: "delivered", callback }, { id, status: "sent", callback });
    expect(await status()).toMatchObject({ status: "delivered", providerId: id, statusReason: null });
    expect(await count(db, `outbound_sends where company_id = ${one.companyId} and state = 'accepted'`)).toBe(1);
    const again = fakeVendor();
    await sendDue(db, again, () => new Date(Date.now() + 10_000_000));
    expect(again.calls).toHaveLength(0);
  });

  test("that comes before the answer is noted finds its message by our id", async () => {
    const one = await thread();
    const { message } = await queueMessage(one.c, {
      conversationId: one.conversationId,
      content: { type: "text", text: "Hi" },
      origin: "user",
    });
    const id = `wamid.B${message.id}`;
    const vendor = fakeVendor(async (call) => {
      await tell(
        one,
        { id, status: "sent", callback: call.callbackId },
        { id, status: "read", callback: call.callbackId },
      );
      return { kind: "accepted", providerId: id };
    });
    await sendDue(db, vendor);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "read", providerId: id });
    expect(await changesOf(one)).toEqual(["accepted", "read"]);
  });

  test("told twice and out of order gives one result, one count and one event a step", async () => {
    const { one, id, callback, status } = await sent();
    const all = ["read", "sent", "delivered", "read"].map((word) => ({ id, status: word, callback }));
    for (const said of all) await tell(one, said);
    await tell(one, ...all);
    expect(await status()).toMatchObject({ status: "read" });
    expect(await changesOf(one)).toEqual(["accepted", "read"]);
    const months = await rows(db, `select category, delivered from channel_months where company_id = ${one.companyId}`);
    expect(months).toEqual([{ category: "service", delivered: 1 }]);
  });

  test("without our id, before the answer, waits for it", async () => {
    const one = await thread();
    const { message } = await queueMessage(one.c, {
      conversationId: one.conversationId,
      content: { type: "text", text: "Hi" },
      origin: "user",
    });
    const id = `wamid.E${message.id}`;
    const vendor = fakeVendor(async () => {
      await tell(one, { id, status: "delivered" });
      return { kind: "accepted", providerId: id };
    });
    await sendDue(db, vendor);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "delivered" });
  });

  test("keeps what the vendor bills and proves that webhooks come", async () => {
    const { one, id, callback } = await sent();
    const pricing = { billable: true, pricing_model: "PMP", category: "service", type: "regular" };
    await tell(one, { id, status: "sent", callback, pricing });
    const [row] = await rows(
      db,
      `select pricing, last_status_at is not null as proved from outbound_sends s
      join number_rates r using (company_id, channel_account_id) where s.company_id = ${one.companyId}`,
    );
    expect(row).toEqual({ pricing, proved: true });
  });
});

describe("a failed status", () => {
  test("that says never ends the message with its reason, once", async () => {
    const { one, id, callback, status } = await sent();
    await tell(one, { id, status: "failed", callback, code: 131047 });
    await tell(one, { id, status: "failed", callback, code: 131047 }, { id, status: "sent", callback });
    expect(await status()).toMatchObject({ status: "failed", statusReason: expect.stringContaining("24 hours") });
    expect(await changesOf(one)).toEqual(["accepted", "failed"]);
    expect(
      await count(db, `outbound_sends where company_id = ${one.companyId} and error_class = 'needs_template'`),
    ).toBe(1);
  });

  test("that passes makes it wait, and late words about the old attempt do not count for the new one", async () => {
    const { one, id, vendor, callback, status } = await sent();
    await tell(one, { id, status: "failed", callback, code: 131049 });
    expect(await status()).toMatchObject({
      status: "queued",
      providerId: null,
      statusReason: expect.stringContaining("chose not"),
    });
    await tell(one, { id, status: "failed", callback, code: 131049 }, { id, status: "sent", callback });
    expect(await status()).toMatchObject({ status: "queued" });
    expect(await changesOf(one)).toEqual(["accepted", "queued"]);
    await rows(
      db,
      `update conversations set window_expires_at = now() + interval '3 days' where company_id = ${one.companyId}`,
    );
    await sendDue(db, vendor, () => new Date(Date.now() + 25 * 3_600_000));
    expect(vendor.calls).toHaveLength(2);
    expect(await status()).toMatchObject({ status: "accepted", providerId: `${id}.2` });
    await tell(one, { id, status: "failed", callback, code: 131049 });
    expect(await status()).toMatchObject({ status: "accepted", providerId: `${id}.2` });
  });

  test("is overruled by proof that the person got it: it does not go again", async () => {
    const { one, id, vendor, callback, status } = await sent();
    await tell(one, { id, status: "failed", callback, code: 131049 });
    await tell(one, { id, status: "delivered", callback });
    expect(await status()).toMatchObject({ status: "delivered", providerId: id });
    await sendDue(db, vendor, () => new Date(Date.now() + 25 * 3_600_000));
    expect(vendor.calls).toHaveLength(1);
  });

  test("of a message that was delivered changes nothing", async () => {
    const { one, id, callback, status } = await sent();
    await tell(one, { id, status: "delivered", callback });
    await tell(one, { id, status: "failed", callback, code: 131026 });
    expect(await status()).toMatchObject({ status: "delivered" });
    const shown = `select failed_at, error from messages where company_id = ${one.companyId} and provider_id = '${id}'`;
    expect(await rows(db, shown)).toEqual([{ failed_at: null, error: null }]);
  });

  test("settles an unanswered call too", async () => {
    const { one, id, callback, status } = await sent(lost);
    await tell(one, { id, status: "failed", callback, code: 131026 });
    expect(await status()).toMatchObject({
      status: "failed",
      providerId: id,
      statusReason: expect.stringContaining("could not be delivered"),
    });
  });

  const problemsOf = async ({ c, channelAccountId }: Thread) =>
    (await getChannelAccount(c, channelAccountId)).problems.map(({ problem }) => problem);

  test("for want of payment is one problem in its own words, and a later delivery proves it over", async () => {
    const { one, id, callback, vendor } = await sent();
    await tell(one, { id, status: "failed", callback, code: 131042 });
    expect(await problemsOf(one)).toEqual(["payment_missing"]);
    const checks = channelHealth(await getChannelAccount(one.c, one.channelAccountId), new Date());
    expect(checks.filter(({ state }) => state === "failed").map(({ check }) => check)).toEqual(["payment"]);
    await sendDue(db, vendor, () => new Date(Date.now() + 120_000));
    await tell(one, { id: `${id}.2`, status: "delivered", callback });
    expect(await problemsOf(one)).toEqual([]);
    const types = `select type from events where company_id = ${one.companyId} and type like 'channel.problem%' order by id`;
    expect(await rows(db, types)).toEqual([{ type: "channel.problem_found" }, { type: "channel.problem_solved" }]);
  });

  test("for want of payment stands while something that costs waits for it and only what is free arrives", async () => {
    const { one, id, callback, vendor } = await sent();
    await tell(one, { id, status: "failed", callback, code: 131042 });
    await rows(db, "update outbound_sends set price = 0.05 where state = 'queued'");
    const content = { type: "text", text: "Free" } as const;
    const free = await queueMessage(one.c, { conversationId: one.conversationId, content, origin: "user" });
    await rows(
      db,
      `update outbound_sends set called_at = now(), state = 'accepted' where message_id = ${free.message.id}`,
    );
    await rows(db, `update messages set provider_id = 'wamid.free', status = 'accepted' where id = ${free.message.id}`);
    await tell(one, { id: "wamid.free", status: "delivered", pricing: { billable: false } });
    expect(await problemsOf(one)).toEqual(["payment_missing"]);
    await sendDue(db, vendor, () => new Date(Date.now() + 120_000));
    await rows(db, "update outbound_sends set called_at = now() + interval '1 minute'");
    await tell(one, { id: `${id}.2`, status: "delivered", callback, pricing: { billable: true } });
    expect(await problemsOf(one)).toEqual([]);
  });

  test("with a foreign id in our field is nobody's", async () => {
    const { one, status } = await sent();
    await tell(one, { id: "wamid.other", status: "failed", callback: "not a uuid '; --", code: 131026 });
    expect(await status()).toMatchObject({ status: "accepted" });
  });
});
