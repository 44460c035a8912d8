import { Webhook as Verifier } from "standardwebhooks";
import { afterAll, describe, expect, test } from "vitest";
import { createOutboundClient } from "../../server/channels/egress/outbound-client.ts";
import { connect } from "../../server/db/connect.ts";
import type { Ctx } from "../../server/domain/context.ts";
import { recordEvent } from "../../server/domain/events/record-event.ts";
import { fanOut } from "../../server/domain/webhooks/fan-out.ts";
import { getDelivery, listDeliveries } from "../../server/domain/webhooks/list-deliveries.ts";
import { getWebhook } from "../../server/domain/webhooks/list-webhooks.ts";
import { pauseWebhook, resumeWebhook } from "../../server/domain/webhooks/pause-webhook.ts";
import { replayDelivery, replaySince } from "../../server/domain/webhooks/replay-deliveries.ts";
import { rotateWebhookSecret } from "../../server/domain/webhooks/rotate-webhook-secret.ts";
import { testWebhook } from "../../server/domain/webhooks/test-webhook.ts";
import { createWebhook } from "../../server/domain/webhooks/write-webhook.ts";
import { startWebhookWorker } from "../../server/jobs/webhook-worker.ts";
import { memberOf } from "../factories/people.ts";
import { webhookReceiver } from "../fakes/webhook-receiver.ts";
import { count, rows } from "../harness/rows.ts";
import { testDatabase } from "../harness/test-database.ts";

const { db, ctx, createCompany } = await testDatabase();
const receiver = await webhookReceiver();
const client = createOutboundClient({ allowPrivate: true, httpsOnly: false });
const encryptionKey = Buffer.alloc(32, 9).toString("base64url");
const deps = { encryptionKey, faultOfUrl: () => undefined };
const errors: unknown[] = [];
const worker = startWebhookWorker(db, { encryptionKey, client, onError: (error) => errors.push(error), pollMs: 200 });
afterAll(async () => {
  await worker.stop();
  client.close();
  expect(errors).toEqual([]);
});

let endpoints = 0;

async function endpoint(eventTypes = ["*"]) {
  const company = ctx(await createCompany());
  endpoints += 1;
  const path = `/hook/${endpoints}`;
  const made = await createWebhook(company, { url: receiver.url(path), eventTypes }, deps);
  return { company, path, ...made };
}

async function write(company: Ctx, id: number, type = "note.created"): Promise<void> {
  await company.transact((tx) => recordEvent(tx, { type, subject: { kind: "note", id }, data: { words: "Grüße" } }));
}

const at = (path: string) => receiver.received.filter((one) => one.path === path);
const patience = { interval: 20 };

async function delivered(company: Ctx, webhookId: number, wanted: number): Promise<void> {
  await expect
    .poll(() => count(db, `webhook_deliveries where endpoint_id = ${webhookId} and state = 'delivered'`), patience)
    .toBe(wanted);
  expect((await listDeliveries(company, webhookId, { limit: 1 })).items[0]?.webhookId).toBe(webhookId);
}

/** Makes what waits due now, and leaves what is on its way. */
async function hurry(webhookId: number): Promise<void> {
  await rows(
    db,
    `update webhook_deliveries set next_attempt_at = now() - interval '1 second'
    where endpoint_id = ${webhookId} and state = 'queued' and lease_expires_at is null`,
  );
  await rows(db, `update webhook_endpoints set resting_until = null where id = ${webhookId}`);
}

/** As if the rotations had been so many hours earlier. */
async function ageSecrets(webhookId: number, hours: number): Promise<void> {
  await rows(
    db,
    `update webhook_endpoints set earlier_secrets = (
      select jsonb_agg(s || jsonb_build_object('until', (s->>'until')::timestamptz - interval '${hours} hours'))
      from jsonb_array_elements(earlier_secrets) s
    ) where id = ${webhookId}`,
  );
}

describe("a webhook", () => {
  test("is told what it asked for, signed so that an independent verifier accepts it", async () => {
    const { company, path, webhook, secret } = await endpoint(["note.created"]);
    await write(company, 7);
    await write(company, 8, "note.updated");
    await write(ctx(await createCompany()), 9);
    await delivered(company, webhook.id, 1);
    const [one, ...more] = at(path);
    expect(more).toEqual([]);
    expect(new Verifier(secret).verify(one?.body ?? "", one?.headers ?? {})).toMatchObject({
      type: "note.created",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: { subject: { kind: "note", id: 7 }, details: { words: "Grüße" } },
    });
    expect(one?.id).toMatch(/^evt_\d+$/);
    expect(one?.headers["content-type"]).toBe("application/json");
  });

  test("is signed with both secrets for a day after a rotation", async () => {
    const { company, path, webhook, secret: old } = await endpoint();
    const { secret: fresh } = await rotateWebhookSecret(company, webhook.id, deps);
    await testWebhook(company, webhook.id);
    await expect.poll(() => at(path).length, patience).toBe(1);
    const [both] = at(path);
    for (const secret of [old, fresh]) new Verifier(secret).verify(both?.body ?? "", both?.headers ?? {});
    await ageSecrets(webhook.id, 24);
    await testWebhook(company, webhook.id);
    await expect.poll(() => at(path).length, patience).toBe(2);
    const last = at(path)[1];
    new Verifier(fresh).verify(last?.body ?? "", last?.headers ?? {});
    expect(() => new Verifier(old).verify(last?.body ?? "", last?.headers ?? {})).toThrow();
  });

  test("is signed with each secret to the end of its own day, however often it is rotated", async () => {
    const { company, path, webhook, secret: first } = await endpoint();
    const { secret: second } = await rotateWebhookSecret(company, webhook.id, deps);
    await ageSecrets(webhook.id, 10);
    const { secret: third } = await rotateWebhookSecret(company, webhook.id, deps);
    await testWebhook(company, webhook.id);
    await expect.poll(() => at(path).length, patience).toBe(1);
    const [all] = at(path);
    for (const secret of [first, second, third]) new Verifier(secret).verify(all?.body ?? "", all?.headers ?? {});
    await ageSecrets(webhook.id, 14);
    await testWebhook(company, webhook.id);
    await expect.poll(() => at(path).length, patience).toBe(2);
    const last = at(path)[1];
    for (const secret of [second, third]) new Verifier(secret).verify(last?.body ?? "", last?.headers ?? {});
    expect(() => new Verifier(first).verify(last?.body ?? "", last?.headers ?? {})).toThrow();
  });

  test("that fails is tried again later, and its log says what came back", async () => {
    const { company, path, webhook } = await endpoint(["note.created"]);
    let broken = true;
    receiver.answer(path, async (response) => {
      if (!broken) return void response.end("thanks");
      // Paused, so that it is not tried again while it is looked at here.
      await pauseWebhook(company, webhook.id);
      response.writeHead(500).end(`${"x".repeat(70_000)}`);
    });
    await write(company, 1);
    const failingSince = async () => (await getWebhook(company, webhook.id)).failingSince;
    await expect.poll(failingSince, patience).not.toBeNull();
    const [waiting] = (await listDeliveries(company, webhook.id, { limit: 5, state: "queued" })).items;
    const pauseMs = Date.parse(waiting?.nextAttemptAt ?? "") - Date.parse((await failingSince()) ?? "");
    expect(pauseMs).toBeGreaterThan(2_000);
    expect(pauseMs).toBeLessThanOrEqual(5_500);
    broken = false;
    await rows(db, `update webhook_endpoints set paused_at = null where id = ${webhook.id}`);
    await hurry(webhook.id);
    await delivered(company, webhook.id, 1);
    const story = await getDelivery(company, webhook.id, waiting?.id ?? 0);
    expect(story).toMatchObject({ state: "delivered", attempts: 2, error: null, responseStatus: 200 });
    expect(story.attemptLog).toMatchObject([
      { status: 500, error: "Answered 500.", body: "x".repeat(1_024) },
      { status: 200, error: null, body: "thanks" },
    ]);
    expect((await getWebhook(company, webhook.id)).failingSince).toBeNull();
    expect(new Set(at(path).map(({ id }) => id)).size).toBe(1);
  });

  test("is given up after ten tries, and a replay takes it up again", async () => {
    const { company, path, webhook } = await endpoint(["note.created"]);
    receiver.answer(path, (response) => void response.writeHead(302, { location: receiver.url("/elsewhere") }).end());
    await write(company, 1);
    await expect
      .poll(async () => {
        await hurry(webhook.id);
        return count(db, `webhook_deliveries where endpoint_id = ${webhook.id} and state = 'failed'`);
      }, patience)
      .toBe(1);
    expect(at(path).length).toBe(10);
    const [given] = (await listDeliveries(company, webhook.id, { limit: 5, state: "failed" })).items;
    expect(given).toMatchObject({
      attempts: 10,
      error: "Answered 302; redirects are not followed.",
      nextAttemptAt: null,
    });
    expect(at("/elsewhere")).toEqual([]);
    receiver.answer(path, (response) => void response.end());
    await replayDelivery(company, webhook.id, given?.id ?? 0);
    await delivered(company, webhook.id, 1);
  });

  test("that answers 410 is disabled, the admins are told, and what it missed can be replayed", async () => {
    const { company, path, webhook } = await endpoint(["note.created"]);
    const admin = await memberOf(db, company.companyId, "admin");
    receiver.answer(path, (response) => void response.writeHead(410).end());
    await write(company, 1);
    await expect.poll(async () => (await getWebhook(company, webhook.id)).disabledReason, patience).toBe("gone");
    await write(company, 2);
    await fanOut(db);
    expect(await count(db, `webhook_deliveries where endpoint_id = ${webhook.id}`)).toBe(1);
    expect(await count(db, `notifications where user_id = ${admin} and kind = 'webhook.disabled'`)).toBe(1);
    expect(await count(db, `events where company_id = ${company.companyId} and type = 'webhook.disabled'`)).toBe(1);
    const since = new Date(Date.now() - 60_000).toISOString();
    await expect(replaySince(company, webhook.id, since)).rejects.toMatchObject({ refusal: { kind: "conflict" } });
    receiver.answer(path, (response) => void response.end());
    const { missed } = await resumeWebhook(company, webhook.id);
    expect(missed).toMatchObject({ count: 2, hasMore: false });
    expect(await replaySince(company, webhook.id, missed?.since ?? "")).toEqual({ queued: 2, hasMore: false });
    await delivered(company, webhook.id, 2);
    expect(await replaySince(company, webhook.id, since)).toEqual({ queued: 0, hasMore: false });
    expect((await resumeWebhook(company, webhook.id)).missed).toBeNull();
  });

  test("that nothing reached for five days is disabled", async () => {
    const { company, path, webhook } = await endpoint(["note.created"]);
    receiver.answer(path, (response) => void response.writeHead(503).end());
    await rows(
      db,
      `update webhook_endpoints set failing_since = now() - interval '121 hours' where id = ${webhook.id}`,
    );
    await write(company, 1);
    await expect.poll(async () => (await getWebhook(company, webhook.id)).disabledReason, patience).toBe("failing");
  });

  test("that asks for a rest gets nothing before it is over", async () => {
    const { company, path, webhook } = await endpoint(["note.created"]);
    receiver.answer(path, (response) => void response.writeHead(429, { "retry-after": "900" }).end());
    await write(company, 1);
    await expect
      .poll(
        () => count(db, `webhook_endpoints where id = ${webhook.id} and resting_until > now() + interval '14 minutes'`),
        patience,
      )
      .toBe(1);
    const [waiting] = (await listDeliveries(company, webhook.id, { limit: 1 })).items;
    expect(Date.parse(waiting?.nextAttemptAt ?? "") - Date.now()).toBeGreaterThan(14 * 60_000);
    await write(company, 2);
    await expect.poll(() => count(db, `webhook_deliveries where endpoint_id = ${webhook.id}`), patience).toBe(2);
    const other = await endpoint(["note.created"]);
    await write(other.company, 3);
    await delivered(other.company, other.webhook.id, 1);
    expect(at(path).length).toBe(1);
  });

  test("that is paused gets what waited when it is resumed", async () => {
    const { company, path, webhook } = await endpoint(["note.created"]);
    await pauseWebhook(company, webhook.id);
    await write(company, 1);
    await expect.poll(() => count(db, `webhook_deliveries where endpoint_id = ${webhook.id}`), patience).toBe(1);
    expect(at(path)).toEqual([]);
    await resumeWebhook(company, webhook.id);
    await delivered(company, webhook.id, 1);
  });

  test("that hangs holds up nobody else", async () => {
    const slow = await endpoint(["note.created"]);
    const quick = await endpoint(["note.created"]);
    receiver.answer(slow.path, () => {});
    for (let id = 1; id <= 60; id += 1) await write(slow.company, id);
    await expect.poll(() => at(slow.path).length, patience).toBe(32);
    for (let id = 1; id <= 60; id += 1) await write(quick.company, id);
    await delivered(quick.company, quick.webhook.id, 60);
    expect(at(slow.path).length).toBe(32);
    receiver.answer(slow.path, (response) => void response.end());
  });
});

describe("several processes", () => {
  test("make each delivery once, and deliver it once", async () => {
    const elsewhere = connect(db.address);
    const second = startWebhookWorker(elsewhere, {
      encryptionKey,
      client,
      onError: (error) => errors.push(error),
      pollMs: 50,
    });
    try {
      const { company, path, webhook } = await endpoint(["note.created"]);
      await Promise.all(
        Array.from({ length: 200 }, async (_, id) => {
          await write(company, id + 1);
          await Promise.all([fanOut(db, 3), fanOut(elsewhere, 3)]);
        }),
      );
      await delivered(company, webhook.id, 200);
      expect(at(path).length).toBe(200);
      expect(new Set(at(path).map(({ id }) => id)).size).toBe(200);
    } finally {
      await second.stop();
      await elsewhere.close();
    }
  });
});
