import { describe, expect, test } from "vitest";
import { objectOf } from "../../../shared/json.ts";
import { count, rows } from "../../harness/rows.ts";
import { testApp } from "../../harness/test-app.ts";
import { newestConversation, whatsappCaller } from "./whatsapp-caller.ts";

const harness = await testApp();
const caller = await whatsappCaller(harness);
await caller.hears("Do you have a minute?");
const conversation = await newestConversation(caller);
const path = `/api/crm/conversation/${conversation}`;

describe("POST /api/crm/conversation/:id/reply", () => {
  test("queues the answer, which waits and is counted", async () => {
    const { status, body } = await caller.post(`${path}/reply`, { text: "  Of course!  " });
    expect(status).toBe(201);
    const message = {
      _id: expect.stringMatching(/^\d+$/),
      text: "Of course!",
      direction: "outgoing",
      timestamp: expect.stringMatching(/Z$/),
      status: "pending",
    };
    expect(body).toEqual({ success: true, data: message });
    expect((await caller.get(path)).body.data).toMatchObject({
      messages: [{ direction: "incoming" }, message],
      total: 2,
    });
    expect(await caller.get("/api/crm/conversations")).toMatchObject({
      body: { data: [{ lastMessage: "Of course!" }] },
    });
    const data = { messages: { total: 2, sent: 1, received: 1 }, recent: { topContacts: [{ messages: 2 }] } };
    expect(await caller.get("/api/crm/dashboard")).toMatchObject({ body: { data } });
    expect(objectOf((await caller.get("/api/crm/analytics")).body.data ?? null)?.avgResponseTime).toBeLessThan(60);
  });

  test("sends once with an Idempotency-Key", async () => {
    const key = { "idempotency-key": "reply-1" };
    const before = await count(harness.db, "messages");
    const first = await caller.post(`${path}/reply`, { text: "Once" }, key);
    expect((await caller.post(`${path}/reply`, { text: "Once" }, key)).body).toEqual(first.body);
    expect(await count(harness.db, "messages")).toBe(before + 1);
  });

  test("says why it may not be sent", async () => {
    await rows(
      harness.db,
      `update conversations set window_expires_at = now() - interval '1 hour', last_inbound_at = now() - interval '25 hours'
       where id = ${conversation}`,
    );
    const { status, body } = await caller.post(`${path}/reply`, { text: "Too late" });
    expect(status).toBe(400);
    expect(body).toEqual({ success: false, message: expect.stringMatching(/\w+ \w+/), request_id: expect.any(String) });
  });

  test.each([[{}], [{ text: "" }], [{ text: "  " }], [{ text: 5 }], [{ text: "x".repeat(4_097) }]])(
    "refuses %j",
    async (body) => {
      expect(await caller.post(`${path}/reply`, body)).toMatchObject({ status: 400, body: { success: false } });
    },
  );
});
