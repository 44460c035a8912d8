import { describe, expect, test, vi } from "vitest";
import { openChannels } from "../../../server/channels/registry.ts";
import { drain } from "../../harness/deliver.ts";
import { sendDue } from "../../harness/outbox.ts";
import { rows } from "../../harness/rows.ts";
import { testAppSecret, testEncryptionKey } from "../../harness/test-app.ts";
import { from, simulatorApp } from "./simulator-app.ts";

const { app, db, createCompany, dataDir, as } = await simulatorApp();
const me = await as();

describe("WhatsApp made to fail", () => {
  test("is listed in words, counted and taken back", async () => {
    const asked = await me.post("/v1/simulator/failures", { kind: "131056", count: 3, probability: 0.5, delay_ms: 10 });
    expect([asked.statusCode, asked.json()]).toMatchObject([
      201,
      { kind: "131056", stage: "answer", remaining: 3, probability: 0.5 },
    ]);
    await me.post("/v1/simulator/failures", { kind: "no_statuses" });
    const listed = (await me.get("/v1/simulator/failures")).json();
    expect(listed.data).toHaveLength(2);
    expect(listed.presets).toContainEqual({ kind: "131047", label: "The 24 hours are over", stage: "status" });
    expect((await me.delete(`/v1/simulator/failures/${asked.json().id}`)).statusCode).toBe(204);
    expect((await me.delete(`/v1/simulator/failures/${asked.json().id}`)).statusCode).toBe(404);
    expect((await me.delete("/v1/simulator/failures")).statusCode).toBe(204);
    expect((await me.get("/v1/simulator/failures")).json().data).toEqual([]);
    expect((await me.post("/v1/simulator/failures", { kind: "rain" })).statusCode).toBe(400);
  });

  test.each([
    ["131031", "blocked"],
    ["131042", "payment_missing"],
    ["131048", null],
    ["190", "token_expired"],
  ])("once with %s leaves nothing behind when it is let work again", async (kind, problem) => {
    const company = await createCompany();
    const me = await as("admin", company);
    const [number] = (await me.get("/v1/channel-accounts")).json().data;
    const problems = async () => (await me.get(`/v1/channel-accounts/${number.id}`)).json().problems;
    await me.post("/v1/simulator/messages", { from, text: "Hello" });
    await drain(db);
    const [conversation] = (await me.get("/v1/conversations")).json().data;
    await me.post("/v1/simulator/failures", { kind, stage: "answer", count: 1 });
    const hello = { type: "text", text: { body: `Hello after ${kind}` } };
    const asked = await me.post(`/v1/conversations/${conversation.id}/messages`, hello);
    expect(asked.statusCode, asked.body).toBe(201);
    const sender = openChannels({
      db,
      encryptionKey: testEncryptionKey,
      appSecret: testAppSecret,
      graphUrl: "http://127.0.0.1:1",
      dataDir,
    }).senderOf("simulator");
    if (!sender) throw new Error("no sender");
    await sendDue(db, sender);
    expect((await problems()).map((open: { problem: string }) => open.problem)).toEqual(problem ? [problem] : []);
    if (problem) {
      const { channels } = (await app.inject({ method: "GET", url: "/health" })).json();
      expect(channels).toMatchObject({ status: "problems", problems: { [problem]: 1 } });
    }
    const queued = `select 1 from outbound_sends where company_id = ${company} and state = 'queued'`;
    expect(await rows(db, queued)).toHaveLength(1);
    let woken = 0;
    const stop = db.subscribe("events", () => {
      woken += 1;
    });
    if (kind === "131031") await me.post(`/v1/channel-accounts/${number.id}/sync`);
    else await me.delete("/v1/simulator/failures");
    await vi.waitFor(() => expect(woken).toBeGreaterThan(0));
    stop();
    expect(await problems()).toEqual([]);
    const health = (await me.get(`/v1/channel-accounts/${number.id}/health`)).json();
    expect(health.healthy).toBe(true);
    expect(health.checks).toContainEqual({
      check: "token",
      state: "ok",
      details: "The phone simulator needs no token.",
    });
    await sendDue(db, sender, () => new Date(Date.now() + 2_000));
    expect((await me.get(asked.headers.location ?? "")).json().send.state).toBe("accepted");
  });

  test("is not for who may only read", async () => {
    const reader = await as("secretariat");
    expect((await reader.get("/v1/simulator/failures")).statusCode).toBe(403);
    expect((await reader.post("/v1/simulator/failures", { kind: "190" })).statusCode).toBe(403);
    expect((await reader.post("/v1/simulator/actions", { from, action: "voice_note" })).statusCode).toBe(403);
    expect((await (await as("salesperson")).get("/v1/simulator/failures")).statusCode).toBe(200);
  });

  test("has a speed of its own", async () => {
    expect((await me.patch("/v1/simulator/settings", { read_after_ms: 5 })).json()).toMatchObject({
      sent_after_ms: 250,
      read_after_ms: 5,
      messages_per_second: 80,
    });
    expect((await me.get("/v1/simulator/settings")).json()).toMatchObject({ read_after_ms: 5 });
    expect((await me.patch("/v1/simulator/settings", { messages_per_second: 0 })).statusCode).toBe(400);
  });
});
