import { describe, expect, test } from "vitest";
import { recordEvent } from "../../../server/domain/events/record-event.ts";
import { fanOut } from "../../../server/domain/webhooks/fan-out.ts";
import { count, rows } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { caller, db, ctx } = await v1App();
const url = "https://hooks.example.com/rapport";

describe("a webhook", () => {
  test("is made with a secret that is shown once", async () => {
    const me = await caller();
    const answer = await me.post("/v1/webhooks", { url, event_types: ["contact.created"] }, { "idempotency-key": "k" });
    expect(answer.statusCode).toBe(201);
    const { secret, ...made } = answer.json();
    expect(secret).toMatch(/^whsec_/);
    expect(made).toMatchObject({ url, event_types: ["contact.created"], status: "active", version: 1 });
    expect(answer.headers.location).toBe(`/v1/webhooks/${made.id}`);
    const again = await me.post("/v1/webhooks", { url, event_types: ["contact.created"] }, { "idempotency-key": "k" });
    expect(again.json()).toMatchObject({ id: made.id, secret: null });
    const found = await me.get(`/v1/webhooks/${made.id}`);
    expect(found.json()).toEqual(made);
    expect((await me.get("/v1/webhooks")).json().data).toEqual([made]);
    const [stored] = await rows<{ secret_sealed: string }>(
      db,
      `select secret_sealed from webhook_endpoints where id = ${made.id}`,
    );
    expect(stored?.secret_sealed).not.toContain(secret.slice(6));
  });

  test.each([
    [{ url: "http://127.0.0.1/", event_types: ["*"] }, "#/url"],
    [{ url: "http://[::1]:8080/", event_types: ["*"] }, "#/url"],
    [{ url: "nonsense", event_types: ["*"] }, "#/url"],
    [{ url: `https://example.com/${"x".repeat(2_000)}`, event_types: ["*"] }, "#/url"],
    [{ url, event_types: [] }, "#/event_types"],
    [{ url, event_types: ["contact.created", "contact.exploded"] }, "#/event_types/1"],
    [{ url, event_types: ["webhook.tested"] }, "#/event_types/0"],
    [{ url, event_types: ["user.signed_in"] }, "#/event_types/0"],
    [{ url, event_types: ["*", "*"] }, "#/event_types"],
    [{ event_types: ["*"] }, "#/url"],
    [{ url }, "#/event_types"],
  ])("is refused as %j", async (body, pointer) => {
    const me = await caller();
    const answer = await me.post("/v1/webhooks", body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors[0].pointer).toBe(pointer);
  });

  test("is edited by version, rotated and removed", async () => {
    const me = await caller();
    const { id } = (await me.post("/v1/webhooks", { url, event_types: ["*"] })).json();
    const edited = await me.patch(
      `/v1/webhooks/${id}`,
      { event_types: ["deal.won"], description: "x" },
      { "if-match": '"v1"' },
    );
    expect(edited.json()).toMatchObject({ event_types: ["deal.won"], description: "x", url, version: 2 });
    expect((await me.patch(`/v1/webhooks/${id}`, { url }, { "if-match": '"v1"' })).statusCode).toBe(412);
    const rotated = (await me.post(`/v1/webhooks/${id}/rotate-secret`)).json();
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(Date.parse(rotated.previous_secret_until) - Date.now()).toBeGreaterThan(86_000_000);
    expect((await me.post(`/v1/webhooks/${id}/pause`)).json()).toMatchObject({ status: "paused" });
    expect((await me.post(`/v1/webhooks/${id}/test`)).statusCode).toBe(409);
    expect((await me.post(`/v1/webhooks/${id}/resume`)).json()).toMatchObject({ status: "active", paused_at: null });
    expect((await me.delete(`/v1/webhooks/${id}`)).statusCode).toBe(204);
    expect((await me.get(`/v1/webhooks/${id}`)).statusCode).toBe(404);
  });

  test("belongs to its company, and to its admins and managers", async () => {
    const me = await caller();
    const { id } = (await me.post("/v1/webhooks", { url, event_types: ["*"] })).json();
    const stranger = await caller();
    for (const path of ["", "/deliveries", "/deliveries/1"]) {
      expect((await stranger.get(`/v1/webhooks/${id}${path}`)).statusCode).toBe(404);
    }
    for (const path of ["/test", "/pause", "/resume", "/rotate-secret", "/deliveries/1/replay"]) {
      expect((await stranger.post(`/v1/webhooks/${id}${path}`)).statusCode).toBe(404);
    }
    const seller = await caller("salesperson", me.companyId);
    expect((await seller.get("/v1/webhooks")).statusCode).toBe(403);
    expect((await seller.post("/v1/webhooks", { url, event_types: ["*"] })).statusCode).toBe(403);
    expect((await (await caller("manager", me.companyId)).get(`/v1/webhooks/${id}`)).statusCode).toBe(200);
  });

  test("is one of fifty at most, also when two come at once", async () => {
    const me = await caller();
    for (let made = 0; made < 49; made += 1) await me.post("/v1/webhooks", { url, event_types: ["*"] });
    const both = await Promise.all([1, 2].map(() => me.post("/v1/webhooks", { url, event_types: ["*"] })));
    expect(new Set(both.map(({ statusCode }) => statusCode))).toEqual(new Set([201, 409]));
  });

  test("can tell of the documented types", async () => {
    const me = await caller();
    const { data } = (await me.get("/v1/webhook-event-types")).json();
    expect(data).toContainEqual({ type: "deal.stage_changed", description: "A deal moved to another stage." });
  });
});

describe("the delivery log", () => {
  test("is paged, filtered, and tells one delivery's story", async () => {
    const me = await caller();
    const { id } = (await me.post("/v1/webhooks", { url, event_types: ["note.created"] })).json();
    for (let note = 1; note <= 5; note += 1) {
      await ctx(me.companyId).transact((tx) =>
        recordEvent(tx, { type: "note.created", subject: { kind: "note", id: note } }),
      );
    }
    await expect
      .poll(async () => {
        await fanOut(db);
        return count(db, `webhook_deliveries where endpoint_id = ${id}`);
      })
      .toBe(5);
    await rows(
      db,
      `update webhook_deliveries set state = 'failed', error = 'Answered 500.' where endpoint_id = ${id} and id % 2 = 0`,
    );
    const failed = (await me.get(`/v1/webhooks/${id}/deliveries?state=failed`)).json().data;
    const queued = (await me.get(`/v1/webhooks/${id}/deliveries?state=queued`)).json().data;
    expect(failed.length + queued.length).toBe(5);
    expect((await me.get(`/v1/webhooks/${id}/deliveries?state=lost`)).statusCode).toBe(400);
    const first = (await me.get(`/v1/webhooks/${id}/deliveries?limit=3`)).json();
    const second = (await me.get(`/v1/webhooks/${id}/deliveries?limit=3&cursor=${first.next_cursor}`)).json();
    expect([...first.data, ...second.data].length).toBe(5);
    expect(second.next_cursor).toBeNull();
    const [one] = failed;
    const replayed = await me.post(`/v1/webhooks/${id}/deliveries/${one.id}/replay`);
    expect(replayed.statusCode).toBe(202);
    expect(replayed.json()).toMatchObject({ id: one.id, state: "queued", event_type: "note.created", attempt_log: [] });
  });

  test("tells at the return of a disabled endpoint what was missed, and a replay sends just that", async () => {
    const me = await caller();
    const { id } = (await me.post("/v1/webhooks", { url, event_types: ["note.created"] })).json();
    const happens = (note: number) =>
      ctx(me.companyId).transact((tx) =>
        recordEvent(tx, { type: "note.created", subject: { kind: "note", id: note } }),
      );
    await happens(1);
    await rows(
      db,
      `update events set created_at = now() - interval '2 hours' where company_id = ${me.companyId} returning id`,
    );
    await rows(
      db,
      `update webhook_endpoints set disabled_at = now() - interval '1 hour', disabled_reason = 'gone' where id = ${id} returning id`,
    );
    await happens(2);
    await happens(3);
    const resumed = (await me.post(`/v1/webhooks/${id}/resume`)).json();
    expect(resumed).toMatchObject({ status: "active", missed: { count: 2, has_more: false } });
    const replay = await me.post(`/v1/webhooks/${id}/replay`, { since: resumed.missed.since });
    expect(replay.json()).toEqual({ queued: 2, has_more: false });
    expect((await me.post(`/v1/webhooks/${id}/resume`)).json()).toMatchObject({ missed: null });
  });

  test("is filled again by a replay since a time", async () => {
    const me = await caller();
    await ctx(me.companyId).transact((tx) =>
      recordEvent(tx, { type: "note.created", subject: { kind: "note", id: 1 } }),
    );
    const { id } = (await me.post("/v1/webhooks", { url, event_types: ["note.created"] })).json();
    const replay = (since: string) => me.post(`/v1/webhooks/${id}/replay`, { since });
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    expect((await replay(hourAgo)).json()).toEqual({ queued: 1, has_more: false });
    expect((await replay(new Date(Date.now() + 3_600_000).toISOString())).json()).toMatchObject({ queued: 0 });
    expect((await replay("2026-01-01")).statusCode).toBe(400);
    expect((await replay("yesterday")).statusCode).toBe(400);
  });
});
