import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { createOutboundClient } from "../../../server/channels/egress/outbound-client.ts";
import { createPushSender } from "../../../server/channels/web-push/push-sender.ts";
import { prepared } from "../../../server/db/prepared.ts";
import { changeNotificationSettings } from "../../../server/domain/notifications/change-notification-settings.ts";
import { claimPushes } from "../../../server/domain/notifications/claim-pushes.ts";
import { listNotifications } from "../../../server/domain/notifications/list-notifications.ts";
import { markAllRead } from "../../../server/domain/notifications/mark-read.ts";
import { notifyTeamOfMany } from "../../../server/domain/notifications/notify-team.ts";
import { subscribePush, unsubscribePush } from "../../../server/domain/notifications/push-subscriptions.ts";
import { tellNotifications } from "../../../server/domain/notifications/tell-notifications.ts";
import { vapidKeys } from "../../../server/domain/notifications/vapid-keys.ts";
import { pushDue } from "../../../server/jobs/notification-worker.ts";
import { memberOf } from "../../factories/people.ts";
import { pushBrowser, vapidClaims } from "../../fakes/push-browser.ts";
import { pushService } from "../../fakes/push-service.ts";
import { testEncryptionKey } from "../../harness/test-app.ts";
import { testDatabase } from "../../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const service = await pushService();
const now = new Date("2026-11-21T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
let paths = 0;

function sender(allowPrivate: boolean) {
  const client = createOutboundClient({ allowPrivate, httpsOnly: false });
  onTestFinished(() => client.close());
  return {
    pusher: createPushSender({ client, encryptionKey: testEncryptionKey, publicUrl: "https://rapport.example" }),
  };
}

async function member() {
  const companyId = await createCompany();
  const userId = await memberOf(db, companyId, "admin");
  const own = ctx(companyId, { kind: "user", userId, role: "admin" }, () => now);
  const browser = pushBrowser();
  paths += 1;
  const path = `/push/${paths}`;
  const endpoint = `${service.origin}${path}`;
  const subscription = { endpoint, ...browser.keys };
  await subscribePush(own, subscription, () => undefined);
  const notify = async (...titles: string[]) => {
    const notices = titles.map((title) => ({ kind: "call.missed", title, dedupeKey: title, userId }) as const);
    await ctx(companyId).transact((tx) => notifyTeamOfMany(tx, notices));
    await tellNotifications(db, now, 100);
  };
  const got = () => service.pushed.filter((one) => one.path === path);
  return { companyId, userId, own, browser, path, endpoint, subscription, notify, got };
}

test("a push reaches the browser once, sealed for it and signed by us", async () => {
  const { own, browser, notify, got } = await member();
  await notify("Missed call: Ana");
  const ways = sender(true);
  await Promise.all([pushDue(db, ways, now), pushDue(db, ways, now)]);
  await pushDue(db, ways, minutes(5));
  expect(got()).toHaveLength(1);
  const [one] = got();
  const [listed] = (await listNotifications(own, { limit: 1 })).items;
  expect(one?.headers).toMatchObject({ "content-encoding": "aes128gcm", ttl: "86400", topic: `n${listed?.id}` });
  expect(browser.read(one?.body ?? Buffer.alloc(0))).toEqual({
    title: "Missed call: Ana",
    tag: `n${listed?.id}`,
    notification_id: listed?.id,
  });
  const claims = vapidClaims(one?.headers.authorization ?? "", vapidKeys(testEncryptionKey).publicKey);
  expect(claims).toMatchObject({ aud: service.origin, sub: "https://rapport.example" });
});

test("a storm buzzes once, what was read meanwhile not at all", async () => {
  const { own, browser, notify, got } = await member();
  await notify("1", "2", "3", "4", "5");
  const ways = sender(true);
  await pushDue(db, ways, now);
  expect(got().map(({ body }) => browser.read(body))).toMatchObject([{ title: "5 new notifications" }]);
  await notify("6");
  await markAllRead(own);
  await pushDue(db, ways, now);
  expect(got()).toHaveLength(1);
});

test("quiet hours hold pushes back, while the bell lists them", async () => {
  const { own, notify, got } = await member();
  await changeNotificationSettings(own, { timeZone: "UTC", quietFrom: 11 * 60, quietUntil: 13 * 60 });
  await notify("At lunch");
  const ways = sender(true);
  await pushDue(db, ways, minutes(59));
  expect(got()).toHaveLength(0);
  expect((await listNotifications(own, { limit: 5 })).items).toHaveLength(1);
  await pushDue(db, ways, minutes(60));
  expect(got()).toHaveLength(1);
});

test("a browser that is gone is forgotten; a service that is busy is asked again", async () => {
  const gone = await member();
  service.answer(gone.path, 410);
  await gone.notify("Lost");
  const ways = sender(true);
  await pushDue(db, ways, now);
  expect(await browsersOf(gone.companyId)).toBe(0);

  const busy = await member();
  service.answer(busy.path, 503);
  await busy.notify("Later");
  await pushDue(db, ways, now);
  service.answer(busy.path, 201);
  await pushDue(db, ways, now);
  expect(busy.got()).toHaveLength(1);
  await pushDue(db, ways, minutes(1.1));
  await pushDue(db, ways, minutes(30));
  expect(busy.got()).toHaveLength(2);
});

test("a push whose sender died goes again under the same tag", async () => {
  const { browser, notify, got } = await member();
  await notify("Missed");
  expect(await claimPushes(db, now, 10)).toHaveLength(1);
  const ways = sender(true);
  await pushDue(db, ways, minutes(0.5));
  expect(got()).toHaveLength(0);
  await pushDue(db, ways, minutes(1.1));
  expect(got().map(({ body }) => browser.read(body))).toMatchObject([{ title: "Missed" }]);
});

test("nothing is pushed into private networks, whatever a browser names", async () => {
  const { notify, got } = await member();
  await notify("Inside");
  await pushDue(db, sender(false), now);
  expect(got()).toHaveLength(0);
});

test("a browser is its last user's alone, and is forgotten on request by nobody else", async () => {
  const first = await member();
  const second = await member();
  await unsubscribePush(second.own, first.endpoint);
  expect(await browsersOf(first.companyId)).toBe(1);
  await subscribePush(second.own, first.subscription, () => undefined);
  expect(await browsersOf(first.companyId)).toBe(0);
  expect(await browsersOf(second.companyId)).toBe(2);
  await unsubscribePush(second.own, first.endpoint);
  expect(await browsersOf(second.companyId)).toBe(1);
});

test("the identity follows from the installation's secret and is a good key", () => {
  const keys = vapidKeys(testEncryptionKey);
  expect(keys).toEqual(vapidKeys(testEncryptionKey));
  expect(Buffer.from(keys.publicKey, "base64url")).toHaveLength(65);
  expect(Buffer.from(keys.privateKey, "base64url")).toHaveLength(32);
});

async function browsersOf(companyId: number): Promise<number> {
  return (await db.first(browserCount({ companyId })))?.count ?? 0;
}

const browserCount = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ count: number }>`
    select count(*) as count from push_subscriptions where company_id = ${arg("companyId")}::bigint`,
);
