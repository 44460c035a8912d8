import { beforeEach, describe, expect, test } from "vitest";
import { recordConsent } from "../../../server/domain/contacts/record-consent.ts";
import { secondInWords } from "../../../server/domain/policy/time/local-time.ts";
import { cancelMessage } from "../../../server/domain/sends/cancel-message.ts";
import type { ErrorClass, SendOutcome } from "../../../server/domain/sends/channel-sender.ts";
import { getSend } from "../../../server/domain/sends/get-send.ts";
import { holdSends } from "../../../server/domain/sends/hold-sends.ts";
import { claimSends } from "../../../server/domain/sends/outbox/claim-sends.ts";
import { settleSends } from "../../../server/domain/sends/outbox/settle-sends.ts";
import { expireLeases, reviewUnanswered } from "../../../server/domain/sends/outbox/unanswered-sends.ts";
import { pauseNumber, resumeNumber, setNumberRate } from "../../../server/domain/sends/pause-number.ts";
import { queueMessage } from "../../../server/domain/sends/queue-message.ts";
import { retryMessage } from "../../../server/domain/sends/retry-message.ts";
import { settleMessage } from "../../../server/domain/sends/settle-message.ts";
import { withWaits } from "../../../server/domain/sends/waits-of.ts";
import { eventTypes } from "../../factories/rows.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { statusOf, type Thread, threads } from "./thread.ts";

const database = await testDatabase();
const { db } = database;
const { thread, person } = threads(database);
// One worker serves all companies: what an earlier test left waiting would be sent in a later one.
beforeEach(() => rows(db, "delete from outbound_sends"));

const refused = (errorClass: ErrorClass, code = 1): SendOutcome => ({
  kind: "refused",
  error: { class: errorClass, code, title: "Refused", details: "for the test" },
});

function write({ c, conversationId }: Thread, text = "Hello") {
  return queueMessage(c, { conversationId, content: { type: "text", text }, origin: "user" });
}

/** A clock that the test moves. */
function clock() {
  let at = Date.now();
  const pass = (seconds: number) => {
    at += seconds * 1_000;
  };
  return { now: () => new Date(at), pass };
}

describe("what the vendor refuses", () => {
  test.each([
    ["retry_backoff", 60 * 20],
    ["retry_few", 60],
    ["retry_pair", 60],
    ["wait_10min", 700],
    ["wait_1h", 3_700],
  ] as const)("%s waits, is no failure, and goes again", async (errorClass, seconds) => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    const vendor = fakeVendor((_call, serial) =>
      serial === 1 ? refused(errorClass) : { kind: "accepted", providerId: `wamid.${message.id}` },
    );
    await sendDue(db, vendor, time.now);
    expect(await statusOf(one, message.id)).toMatchObject({
      status: "queued",
      statusReason: expect.stringMatching(/\w{5}/),
    });
    expect(vendor.calls).toHaveLength(1);
    time.pass(seconds);
    await sendDue(db, vendor, time.now);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "accepted", statusReason: null, error: null });
  });

  test.each(["never", "needs_template", "other_channel", "template_disabled"] as const)(
    "%s fails with a reason in words",
    async (errorClass) => {
      const one = await thread();
      const { message } = await write(one);
      await sendDue(
        db,
        fakeVendor(() => refused(errorClass, 999_999)),
      );
      expect(await statusOf(one, message.id)).toMatchObject({
        status: "failed",
        statusReason: expect.stringContaining("WhatsApp says"),
      });
      await expect(cancelMessage(one.c, message.id)).rejects.toThrow("failed");
      await retryMessage(one.c, message.id);
      await sendDue(db, fakeVendor());
      expect(await statusOf(one, message.id)).toMatchObject({ status: "accepted" });
    },
  );

  test("one refusal is not called several", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    const vendor = fakeVendor(() => refused("retry_few", 131000));
    await sendDue(db, vendor, time.now);
    expect((await statusOf(one, message.id)).statusReason).not.toContain("several");
    time.pass(300);
    await sendDue(db, vendor, time.now);
    expect((await statusOf(one, message.id)).statusReason).toContain("several times");
  });

  test("retry_few ends after three calls", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    const vendor = fakeVendor(() => refused("retry_few", 131000));
    for (let turn = 0; turn < 6; turn += 1) {
      await sendDue(db, vendor, time.now);
      time.pass(300);
    }
    expect(vendor.calls).toHaveLength(3);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "failed" });
  });

  test("account_auth stops the whole number at once and keeps its queue", async () => {
    const one = await thread();
    const { message } = await write(one);
    const other = await person(one);
    const second = await write(other);
    const time = clock();
    await one.change(setNumberRate, { channelAccountId: one.channelAccountId, messagesPerSecond: 1 });
    const vendor = fakeVendor((call, serial) =>
      serial === 1 ? refused("account_auth", 190) : { kind: "accepted", providerId: `wamid.${call.callbackId}` },
    );
    await sendDue(db, vendor, time.now);
    expect(vendor.calls).toHaveLength(1);
    expect(await statusOf(one, message.id)).toMatchObject({
      status: "queued",
      statusReason: expect.stringContaining("connect"),
    });
    expect(await getSend(one.ctxAt(time.now), second.message.id)).toMatchObject({
      state: "queued",
      waitingReason: expect.stringContaining("connect"),
    });
    await rows(
      db,
      `update channel_accounts set status = 'connected', health = '{}' where company_id = ${one.companyId}`,
    );
    await one.c.transact((tx) => resumeNumber(tx, one.channelAccountId));
    for (let turn = 0; turn < 4; turn += 1) {
      time.pass(2);
      await sendDue(db, vendor, time.now);
    }
    expect(await statusOf(one, message.id)).toMatchObject({ status: "accepted" });
    expect(await statusOf(one, second.message.id)).toMatchObject({ status: "accepted" });
  });

  test("opted_out writes consent and takes back what waits", async () => {
    const one = await thread();
    const { message } = await write(one);
    const second = await write(one, "and this");
    await sendDue(
      db,
      fakeVendor(() => refused("opted_out", 21610)),
    );
    expect(await statusOf(one, message.id)).toMatchObject({ status: "failed" });
    expect(await statusOf(one, second.message.id)).toMatchObject({ status: "cancelled" });
    expect(await count(db, `contact_consents where company_id = ${one.companyId} and state = 'withdrawn'`)).toBe(1);
  });

  test("what never left the machine goes again", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    const vendor = fakeVendor((_call, serial) =>
      serial === 1 ? { kind: "not_sent", why: "no route" } : { kind: "accepted", providerId: `wamid.N${message.id}` },
    );
    await sendDue(db, vendor, time.now);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "queued" });
    time.pass(60);
    await sendDue(db, vendor, time.now);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "accepted" });
  });
});

describe("the order and the rates", () => {
  test("one conversation's messages leave one after the other, also when the first has to wait", async () => {
    const one = await thread();
    const texts = ["a", "b", "c"];
    for (const text of texts) await write(one, text);
    const time = clock();
    let open = 0;
    const vendor = fakeVendor(async (call, serial) => {
      open += 1;
      expect(open).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return serial === 1
        ? refused("retry_backoff", 130429)
        : { kind: "accepted", providerId: `wamid.${call.callbackId}` };
    });
    await sendDue(db, vendor, time.now);
    expect(vendor.calls).toHaveLength(1);
    time.pass(10);
    await sendDue(db, vendor, time.now);
    const said = vendor.calls.map(({ content }) => (content.type === "text" ? content.text : ""));
    expect(said).toEqual(["a", "a", "b", "c"]);
  });

  test("two workers share a number: nothing twice, never faster than its rate", async () => {
    const one = await thread();
    for (let serial = 0; serial < 30; serial += 1) await write(await person(one));
    await one.change(setNumberRate, { channelAccountId: one.channelAccountId, messagesPerSecond: 20 });
    const time = clock();
    const vendor = fakeVendor();
    const seen: number[] = [];
    for (let turn = 0; turn < 18; turn += 1) {
      await Promise.all([sendDue(db, vendor, time.now), sendDue(db, vendor, time.now)]);
      seen.push(vendor.calls.length);
      time.pass(0.25);
    }
    expect(new Set(vendor.calls.map(({ callbackId }) => callbackId)).size).toBe(vendor.calls.length);
    expect(vendor.calls).toHaveLength(30);
    for (const [turn, total] of seen.entries()) expect(total).toBeLessThanOrEqual(2 + turn * 5);
  });

  test("a person gets 45 at once and then one in six seconds", async () => {
    const one = await thread();
    for (let serial = 0; serial < 50; serial += 1) await write(one, `${serial}`);
    await one.change(setNumberRate, { channelAccountId: one.channelAccountId, messagesPerSecond: 1_000 });
    const time = clock();
    const vendor = fakeVendor();
    for (let turn = 0; turn < 20; turn += 1) {
      await sendDue(db, vendor, time.now);
      time.pass(0.05);
    }
    const borrowed = vendor.calls.length;
    expect(borrowed).toBeGreaterThanOrEqual(45);
    expect(borrowed).toBeLessThanOrEqual(46);
    time.pass(6);
    await sendDue(db, vendor, time.now);
    expect(vendor.calls).toHaveLength(borrowed + 1);
  });

  test("those behind a full pair say when they go, and so does the first", async () => {
    const one = await thread();
    const time = clock();
    const ids: number[] = [];
    for (let serial = 0; serial < 50; serial += 1) ids.push((await write(one, `${serial}`)).message.id);
    await one.change(setNumberRate, { channelAccountId: one.channelAccountId, messagesPerSecond: 1_000 });
    for (let turn = 0; turn < 20; turn += 1) {
      await sendDue(db, fakeVendor(), time.now);
      time.pass(0.05);
    }
    const waiting = await Promise.all(ids.slice(-3).map((id) => getSend(one.ctxAt(time.now), id)));
    const times = waiting.map((send) => Date.parse(send?.nextAttemptAt ?? ""));
    expect(times[2]).toBe((times[1] ?? 0) + 6_000);
    expect(times[0]).toBeGreaterThan(time.now().getTime());
    for (const [index, send] of waiting.entries())
      expect(send?.waitingReason).toBe(
        `WhatsApp takes about ten messages a minute to one person; this one goes out at ${secondInWords(new Date(times[index] ?? 0), "UTC")}.`,
      );
    const seen = await withWaits(one.ctxAt(time.now), [await statusOf(one, ids[49] ?? 0)]);
    expect(seen[0]?.statusReason).toBe(waiting[2]?.waitingReason);
  });

  test("what waits for the message before it, or for the number's rate, says so after two seconds", async () => {
    const one = await thread();
    const { message: first } = await write(one);
    const { message: second } = await write(one);
    const time = clock();
    await sendDue(
      db,
      fakeVendor(() => refused("wait_10min")),
      time.now,
    );
    await rows(db, `update outbound_sends set in_order = true where message_id = ${first.id}`);
    await rows(
      db,
      `update outbound_sends set state = 'queued', next_attempt_at = now() - interval '1 second' where message_id = ${second.id}`,
    );
    const reason = async (seconds: number, id: number) => {
      time.pass(seconds);
      return (await getSend(one.ctxAt(time.now), id))?.waitingReason;
    };
    await rows(db, `update outbound_sends set waiting_reason = null where message_id = ${second.id}`);
    expect(await reason(3, second.id)).toContain("after the message before it");
    await rows(db, `delete from outbound_sends where message_id = ${first.id}`);
    expect(await reason(0, second.id)).toContain("80 messages a second");
  });

  test("somebody who says STOP just now gets nothing that is claimed before the word is stored", async () => {
    const one = await thread();
    const { message } = await write(one);
    const vendor = fakeVendor();
    await one.c.transact(async (tx) => {
      await holdSends(tx, [one.contactId]);
      await sendDue(db, vendor);
      await recordConsent(tx, {
        contactId: one.contactId,
        channel: "whatsapp",
        purpose: "all",
        state: "withdrawn",
        source: "stop_word",
        at: new Date(),
      });
    });
    await sendDue(db, vendor);
    expect(vendor.calls).toHaveLength(0);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "failed" });
  });

  test("a paused number keeps its queue", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    await one.change(pauseNumber, {
      channelAccountId: one.channelAccountId,
      until: new Date(time.now().getTime() + 60_000),
      reason: "spam",
    });
    const vendor = fakeVendor();
    await sendDue(db, vendor, time.now);
    expect(vendor.calls).toHaveLength(0);
    time.pass(61);
    await sendDue(db, vendor, time.now);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "accepted" });
  });

  test("cancelling and sending never both happen", async () => {
    const one = await thread();
    for (let round = 0; round < 8; round += 1) {
      const { message } = await write(one, `${round}`);
      const vendor = fakeVendor();
      const [cancelled] = await Promise.allSettled([cancelMessage(one.c, message.id), sendDue(db, vendor)]);
      await sendDue(db, vendor);
      expect(vendor.calls).toHaveLength(cancelled.status === "fulfilled" ? 0 : 1);
      expect(await statusOf(one, message.id)).toMatchObject({
        status: cancelled.status === "fulfilled" ? "cancelled" : "accepted",
      });
    }
  });
});

describe("a crash", () => {
  const claim = (one: Thread, now: () => Date) => claimSends(db, one, { now, limit: 10, leaseMs: 60_000 });

  test("between call and note leaves `unknown`, never a second call by itself without proof", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    expect(await claim(one, time.now)).toHaveLength(1);
    time.pass(61);
    await expireLeases(db, time.now());
    expect(await statusOf(one, message.id)).toMatchObject({
      status: "unknown",
      statusReason: expect.stringContaining("did not say"),
    });
    time.pass(100_000);
    await reviewUnanswered(db, time.now());
    const vendor = fakeVendor();
    await sendDue(db, vendor, time.now);
    expect(vendor.calls).toHaveLength(0);
    expect(await statusOf(one, message.id)).toMatchObject({
      status: "unknown",
      statusReason: expect.stringContaining("no news"),
    });
    await expect(retryMessage(one.c, message.id)).rejects.toThrow("Nobody knows");
    await expect(cancelMessage(one.c, message.id)).rejects.toThrow("cannot be taken back");
    await settleMessage(one.c, message.id, "send_again");
    await sendDue(db, vendor);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "accepted" });
    expect(await eventTypes(db, one.companyId)).toContain("message.settled");
  });

  test("goes again by itself once the number's webhooks are proved and none spoke of it", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    await claim(one, time.now);
    time.pass(61);
    await expireLeases(db, time.now());
    const later = new Date(time.now().getTime() + 300_000).toISOString();
    await rows(db, `update number_rates set last_status_at = '${later}' where company_id = ${one.companyId}`);
    await reviewUnanswered(db, time.now());
    expect(await statusOf(one, message.id)).toMatchObject({ status: "unknown" });
    time.pass(901);
    await rows(db, `insert into inbound_deliveries (provider, body) values ('whatsapp_cloud', '\\x7b7d')`);
    await reviewUnanswered(db, time.now());
    expect(await statusOf(one, message.id)).toMatchObject({
      status: "unknown",
      statusReason: expect.stringContaining("still being read"),
    });
    await rows(db, "update inbound_deliveries set state = 'processed'");
    time.pass(61);
    await reviewUnanswered(db, time.now());
    expect(await statusOf(one, message.id)).toMatchObject({ status: "queued" });
    const vendor = fakeVendor();
    await sendDue(db, vendor, time.now);
    expect(vendor.calls).toHaveLength(1);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "accepted" });
  });

  test("an answer that comes after the lease still counts, and an old one does not", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    const [claimed] = await claim(one, time.now);
    if (!claimed) throw new Error("nothing was claimed");
    time.pass(61);
    await expireLeases(db, time.now());
    const answer = { claimed, outcome: { kind: "accepted", providerId: `wamid.L${message.id}` } } as const;
    await settleSends(db, [answer], time.now);
    await settleSends(db, [{ claimed, outcome: refused("never") }], time.now);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "accepted", providerId: `wamid.L${message.id}` });
  });

  test("a time-out after acceptance waits for a status", async () => {
    const one = await thread();
    const { message } = await write(one);
    await sendDue(
      db,
      fakeVendor(() => ({ kind: "unknown", why: "No answer within 20000 ms." })),
    );
    expect(await statusOf(one, message.id)).toMatchObject({
      status: "unknown",
      statusReason: expect.stringContaining("No answer"),
    });
    await settleMessage(one.c, message.id, "not_sent");
    expect(await statusOf(one, message.id)).toMatchObject({ status: "failed" });
  });

  test("a window that closed meanwhile is noticed before the vendor is called", async () => {
    const one = await thread();
    const { message } = await write(one);
    await rows(
      db,
      `update conversations set window_expires_at = now() - interval '1 minute' where company_id = ${one.companyId}`,
    );
    const vendor = fakeVendor();
    await sendDue(db, vendor);
    expect(vendor.calls).toHaveLength(0);
    expect(await statusOf(one, message.id)).toMatchObject({
      status: "failed",
      statusReason: expect.stringContaining("24 hours"),
    });
  });
});
