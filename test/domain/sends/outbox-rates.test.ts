import { beforeEach, describe, expect, test } from "vitest";
import { recordConsent } from "../../../server/domain/contacts/record-consent.ts";
import { secondInWords } from "../../../server/domain/policy/time/local-time.ts";
import { cancelMessage } from "../../../server/domain/sends/cancel-message.ts";
import { getSend } from "../../../server/domain/sends/get-send.ts";
import { holdSends } from "../../../server/domain/sends/hold-sends.ts";
import { pauseNumber, setNumberRate } from "../../../server/domain/sends/pause-number.ts";
import { withWaits } from "../../../server/domain/sends/waits-of.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { clock, refused, write } from "./outbox-turns.ts";
import { statusOf, threads } from "./thread.ts";

const database = await testDatabase();
const { db } = database;
const { thread, person } = threads(database);
// One worker serves all companies: what an earlier test left waiting would be sent in a later one.
beforeEach(() => rows(db, "delete from outbound_sends"));

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

  test("what a message waited for is not said any more once it is over", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    await sendDue(
      db,
      fakeVendor(() => refused("wait_10min")),
      time.now,
    );
    const seen = async () =>
      (await withWaits(one.ctxAt(time.now), [await statusOf(one, message.id)]))[0]?.statusReason ?? "";
    const waited = await seen();
    expect(waited).not.toBe("");
    time.pass(15 * 60);
    expect(await seen()).not.toContain(waited);
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
