import { describe, expect, test } from "vitest";
import { createOutboundClient } from "../../server/channels/egress/outbound-client.ts";
import { recordEvent } from "../../server/domain/events/record-event.ts";
import { claimWebhooks, firstEndpoint } from "../../server/domain/webhooks/claim-deliveries.ts";
import { fanOut } from "../../server/domain/webhooks/fan-out.ts";
import { listDeliveries } from "../../server/domain/webhooks/list-deliveries.ts";
import { settleDeliveries } from "../../server/domain/webhooks/settle-deliveries.ts";
import { createWebhook } from "../../server/domain/webhooks/write-webhook.ts";
import { attemptDelivery } from "../../server/jobs/attempt-delivery.ts";
import { webhookReceiver } from "../fakes/webhook-receiver.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const receiver = await webhookReceiver();
const client = createOutboundClient({ allowPrivate: true, httpsOnly: false });
const encryptionKey = Buffer.alloc(32, 9).toString("base64url");
const roomOf = () => 10;

function claimAt(now: Date) {
  return claimWebhooks(db, { now, from: firstEndpoint, limit: 10, roomOf });
}

describe("a process that dies between delivering and writing it down", () => {
  test("leaves a lease, after which the same event goes out again under the same id", async () => {
    const company = ctx(await createCompany());
    const deps = { encryptionKey, faultOfUrl: () => undefined };
    const { webhook } = await createWebhook(company, { url: receiver.url("/hook"), eventTypes: ["*"] }, deps);
    await company.transact((tx) => recordEvent(tx, { type: "note.created", subject: { kind: "note", id: 1 } }));
    await expect.poll(async () => (await fanOut(db)).held).toBe(false);

    // A moment later, because the clock may have stepped back since it became due.
    const now = new Date(Date.now() + 5_000);
    const [lost] = (await claimAt(now)).deliveries;
    if (!lost) throw new Error("Nothing was due.");
    await attemptDelivery(lost, { client, encryptionKey });
    expect((await claimAt(new Date(now.getTime() + 59_000))).deliveries).toEqual([]);

    const later = new Date(now.getTime() + 61_000);
    const [again] = (await claimAt(later)).deliveries;
    if (!again) throw new Error("The lease did not end.");
    const attempted = await attemptDelivery(again, { client, encryptionKey });
    expect(receiver.received.map(({ id }) => id)).toEqual([`evt_${lost.eventId}`, `evt_${lost.eventId}`]);

    // The dead one turns out to be alive, and says late that its attempt failed: it has no say any more.
    const late = { at: now, durationMs: 90_000, answer: { kind: "unanswered", why: "late" } } as const;
    await settleDeliveries(db, [{ delivery: lost, attempted: late }], later);
    await settleDeliveries(db, [{ delivery: again, attempted }], later);
    expect((await listDeliveries(company, webhook.id, { limit: 5 })).items).toMatchObject([
      { state: "delivered", attempts: 2, error: null },
    ]);
    client.close();
  });
});
