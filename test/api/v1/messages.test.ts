import { describe, expect, test } from "vitest";
import { tellSignals } from "../../../server/jobs/tell-signals.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { hello, messagingApp } from "./messaging-app.ts";

const { db, caller, browser, thread } = await messagingApp();

describe("a message over the API", () => {
  test("is queued with its decision, sent, and shows what became of it", async () => {
    const { me, id } = await thread();
    const answer = await me.post(`/v1/conversations/${id}/messages`, hello);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({
      message: { status: "queued", origin: "api", text: "Good morning", status_reason: null, accepted_at: null },
      decision: { outcome: "allowed", by: "free_text", price: { currency: expect.any(String) } },
    });
    await sendDue(db, fakeVendor());
    const seen = await me.get(answer.headers.location ?? "");
    expect(seen.json()).toMatchObject({
      message: { status: "accepted", sent_to_network_at: null },
      send: { state: "accepted", attempts: 1, waiting_reason: null, price: 0, price_currency: expect.any(String) },
    });
  });

  test("by a person at the screen names its author and reads the thread", async () => {
    const { id, me } = await thread();
    const colleague = await browser(me.companyId, "salesperson");
    const answer = await colleague.post(`/v1/conversations/${id}/messages`, hello);
    expect(answer.json().message).toMatchObject({ origin: "user", author_user_id: colleague.userId });
    expect((await me.get(`/v1/conversations/${id}`)).json()).toMatchObject({
      unread_count: 0,
      last_message_direction: "out",
    });
  });

  test("with the same Idempotency-Key is one message", async () => {
    const { me, id } = await thread();
    const headers = { "idempotency-key": "once" };
    const first = await me.post(`/v1/conversations/${id}/messages`, hello, headers);
    const second = await me.post(`/v1/conversations/${id}/messages`, hello, headers);
    expect(second.json()).toEqual(first.json());
    expect(await count(db, `outbound_sends where company_id = ${me.companyId}`)).toBe(1);
  });

  test("outside the window is refused with what could be done instead", async () => {
    const { me, id } = await thread();
    await rows(db, `update conversations set window_expires_at = now() - interval '1 second' where id = ${id}`);
    const answer = await me.post(`/v1/conversations/${id}/messages`, hello);
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({
      type: "/v1/problems#send_refused",
      obstacle: "window_closed",
      alternatives: expect.arrayContaining([{ kind: "call" }]),
    });
  });

  test("may quote and react to what the person wrote", async () => {
    const { me, id } = await thread();
    const [theirs] = (await me.get(`/v1/conversations/${id}/messages`)).json().data;
    const quoted = await me.post(`/v1/conversations/${id}/messages`, { ...hello, reply_to_message_id: theirs.id });
    expect(quoted.json().message.reply_to_provider_id).toBe(theirs.provider_id);
    const reaction = await me.post(`/v1/conversations/${id}/messages`, {
      type: "reaction",
      reaction: { message_id: theirs.id, emoji: "👍" },
    });
    expect(reaction.json().message).toMatchObject({ type: "reaction", text: "👍" });
    expect((await me.get(`/v1/conversations/${id}`)).json().last_message_text).toBe("Good morning");
    expect(
      (await me.post(`/v1/conversations/${id}/messages`, { ...hello, reply_to_message_id: 999_999 })).statusCode,
    ).toBe(400);
  });

  test("of another company is not there", async () => {
    const { id } = await thread();
    const stranger = await caller();
    expect((await stranger.post(`/v1/conversations/${id}/messages`, hello)).statusCode).toBe(404);
    expect((await stranger.get(`/v1/messages/${id}`)).statusCode).toBe(404);
  });

  test("that waits is taken back once; one that has gone is not", async () => {
    const { me, id } = await thread();
    const { message } = (await me.post(`/v1/conversations/${id}/messages`, hello)).json();
    expect((await me.post(`/v1/messages/${message.id}/cancel`)).json()).toMatchObject({
      message: { status: "cancelled" },
      send: { state: "cancelled" },
    });
    expect((await me.post(`/v1/messages/${message.id}/cancel`)).statusCode).toBe(200);
    expect((await me.post(`/v1/messages/${message.id}/settle`, { settlement: "not_sent" })).statusCode).toBe(409);
    expect((await me.post(`/v1/messages/${message.id}/retry`)).json()).toMatchObject({ message: { status: "queued" } });
    await sendDue(db, fakeVendor());
    expect((await me.post(`/v1/messages/${message.id}/cancel`)).statusCode).toBe(409);
    expect((await me.post(`/v1/messages/${message.id}/retry`)).statusCode).toBe(409);
  });
});

describe("a conversation over the API", () => {
  test("is started once with a person on the only number", async () => {
    const me = await caller();
    const contact = (await me.post("/v1/contacts", { name: "Bo", phone: "+15550107777" })).json();
    const first = await me.post("/v1/conversations", { contact_id: contact.id });
    expect(first.statusCode, first.body).toBe(201);
    expect((await me.post("/v1/conversations", { contact_id: contact.id })).json().id).toBe(first.json().id);
    expect((await me.post("/v1/conversations", { contact_id: 999_999 })).statusCode).toBe(404);
  });
});

describe("the vendor", () => {
  test("is told of reading and typing, outside the request", async () => {
    const { me, id } = await thread();
    expect(
      (await me.post(`/v1/conversations/${id}/read`, { up_to: new Date(Date.now() + 5_000).toISOString() })).statusCode,
    ).toBe(200);
    const told: boolean[] = [];
    const vendor = {
      ...fakeVendor(),
      async markRead(_account: unknown, _id: string, { typing }: { typing: boolean }) {
        told.push(typing);
        return { kind: "done" } as const;
      },
    };
    await tellSignals(db, () => vendor, new Date(Date.now() + 1_000));
    expect((await me.post(`/v1/conversations/${id}/typing`)).statusCode).toBe(204);
    await tellSignals(db, () => vendor, new Date(Date.now() + 1_000));
    await tellSignals(db, () => vendor, new Date(Date.now() + 60_000));
    expect(told).toEqual([false, true]);
  });
});
