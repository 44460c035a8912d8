import { beforeEach, describe, expect, test } from "vitest";
import { cancelMessage } from "../../../server/domain/sends/cancel-message.ts";
import { claimSends } from "../../../server/domain/sends/outbox/claim-sends.ts";
import { settleSends } from "../../../server/domain/sends/outbox/settle-sends.ts";
import { expireLeases, reviewUnanswered } from "../../../server/domain/sends/outbox/unanswered-sends.ts";
import { retryMessage } from "../../../server/domain/sends/retry-message.ts";
import { settleMessage } from "../../../server/domain/sends/settle-message.ts";
import { eventTypes } from "../../factories/rows.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { clock, refused, write } from "./outbox-turns.ts";
import { statusOf, type Thread, threads } from "./thread.ts";

const database = await testDatabase();
const { db } = database;
const { thread } = threads(database);
// One worker serves all companies: what an earlier test left waiting would be sent in a later one.
beforeEach(() => rows(db, "delete from outbound_sends"));

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
