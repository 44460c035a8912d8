import { beforeEach, describe, expect, test, vi } from "vitest";
import { cancelMessage } from "../../../server/domain/sends/cancel-message.ts";
import { getSend } from "../../../server/domain/sends/get-send.ts";
import { resumeNumber, setNumberRate } from "../../../server/domain/sends/pause-number.ts";
import { retryMessage } from "../../../server/domain/sends/retry-message.ts";
import { createOutboxSender } from "../../../server/jobs/outbox-sender.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { clock, refused, write } from "./outbox-turns.ts";
import { statusOf, threads } from "./thread.ts";

const database = await testDatabase();
const { db } = database;
const { thread, person } = threads(database);
// One worker serves all companies: what an earlier test left waiting would be sent in a later one.
beforeEach(() => rows(db, "delete from outbound_sends"));

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

  test("what other refusals and unanswered calls have cost takes no try of a class away", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    const answers = [
      refused("retry_backoff", 130429),
      refused("retry_pair", 131056),
      { kind: "not_sent", why: "no route" } as const,
      refused("retry_few", 131000),
      refused("retry_backoff", 130429),
      refused("retry_few", 131000),
    ];
    const vendor = fakeVendor((_call, serial) => answers[serial - 1] ?? refused("retry_few", 131000));
    for (let call = 1; call <= answers.length; call += 1) {
      await sendDue(db, vendor, time.now);
      expect(await statusOf(one, message.id)).toMatchObject({ status: "queued" });
      time.pass(300);
    }
    expect(vendor.calls).toHaveLength(6);
    await sendDue(db, vendor, time.now);
    expect(await statusOf(one, message.id)).toMatchObject({
      status: "failed",
      statusReason: expect.stringContaining("several times"),
    });
  });

  test("written again by a person, it has all its tries anew", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    const vendor = fakeVendor(() => refused("retry_few", 131000));
    const tryOut = async () => {
      for (let turn = 0; turn < 4; turn += 1) {
        await sendDue(db, vendor, time.now);
        time.pass(300);
      }
    };
    await tryOut();
    expect(vendor.calls).toHaveLength(3);
    await retryMessage(one.c, message.id);
    await tryOut();
    expect(vendor.calls).toHaveLength(6);
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

  test("account_auth that comes after the token was replaced says nothing of the new one", async () => {
    const one = await thread();
    const { message } = await write(one);
    const time = clock();
    const vendor = fakeVendor(async (_call, serial) => {
      if (serial > 1) return { kind: "accepted", providerId: `wamid.${message.id}` };
      await rows(db, `update channel_accounts set access_token_sealed = 'new' where company_id = ${one.companyId}`);
      return refused("account_auth", 190);
    });
    await sendDue(db, vendor, time.now);
    expect(await count(db, `channel_accounts where company_id = ${one.companyId} and status = 'connected'`)).toBe(1);
    expect(await count(db, `number_rates where company_id = ${one.companyId} and paused_until is not null`)).toBe(0);
    time.pass(2);
    await sendDue(db, vendor, time.now);
    expect(await statusOf(one, message.id)).toMatchObject({ status: "accepted", statusReason: null });
  });

  test("an answer that cannot be written down holds up no other, and loses none that comes meanwhile", async () => {
    const one = await thread();
    const sent = [];
    for (const talk of [one, await person(one), await person(one)]) sent.push((await write(talk)).message);
    const late = Promise.withResolvers<void>();
    const vendor = fakeVendor(async (call, serial) => {
      if (serial < 3) return { kind: "accepted", providerId: `wamid.same.${one.companyId}` };
      await late.promise;
      return { kind: "accepted", providerId: `wamid.${call.callbackId}` };
    });
    const troubles: unknown[] = [];
    const sender = createOutboxSender(db, { senderOf: () => vendor, onError: (error) => troubles.push(error) });
    await sender.takeMore();
    await vi.waitFor(async () => expect(await sender.settle()).toBe(2));
    late.resolve();
    await sender.drain();
    await sender.settle();
    expect(troubles).toHaveLength(1);
    const shown = await Promise.all(sent.map(({ id }) => statusOf(one, id)));
    expect(shown.map(({ status }) => status)).toEqual(["accepted", "unknown", "accepted"]);
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
