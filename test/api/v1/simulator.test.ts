import { describe, expect, test } from "vitest";
import { simulatorTransport } from "../../../server/channels/simulator/simulator-transport.ts";
import { postDueWebhooks } from "../../../server/jobs/simulator-worker.ts";
import type { Json } from "../../../shared/json.ts";
import { drain } from "../../harness/deliver.ts";
import { rows } from "../../harness/rows.ts";
import { testAppSecret } from "../../harness/test-app.ts";
import { from, simulatorApp } from "./simulator-app.ts";

const { db, companyId, createCompany, as } = await simulatorApp();
const me = await as();
const transport = simulatorTransport({ db, appSecret: testAppSecret });
const thread = "/v1/simulator/phones/14155550110/messages";

async function send(body: { [key: string]: Json }): Promise<string> {
  const to = "+14155550110";
  const path = `/sim-${companyId}/messages`;
  const answer = await transport.call({ method: "POST", path, body: { messaging_product: "whatsapp", to, ...body } });
  expect(answer.status).toBe(200);
  await rows(db, "update simulator_messages set visible_at = now() where visible_at > now() returning id");
  return JSON.parse(JSON.stringify(answer.body)).messages[0].id;
}

async function act(action: object, sender: object = from): Promise<string[]> {
  const answer = await me.post("/v1/simulator/actions", { from: sender, ...action });
  expect(answer.json(), answer.body).toMatchObject({ accepted: true });
  await drain(db);
  return answer.json().message_ids;
}

function stored(providerId: string) {
  return rows(
    db,
    `select type, text, payload, reply_to_provider_id, edited_at is not null as edited, revoked_at is not null as revoked
    from messages where company_id = ${companyId} and provider_id = '${providerId}'`,
  );
}

describe("a simulated phone", () => {
  test("shows both sides, the template with its buttons, and the ticks", async () => {
    const before = (await me.get("/v1/simulator/phones/14155550199/messages")).json();
    expect(before).toMatchObject({ phone: { wa_id: null, switched_off: false }, data: [], next_cursor: null });
    const said = (await me.post("/v1/simulator/messages", { from, text: "Hello" })).json();
    expect(said.accepted).toBe(true);
    const parameters = [
      { type: "text", text: "Nora" },
      { type: "text", text: "Monday" },
    ];
    const template = {
      name: "appointment_reminder",
      language: { code: "en_US" },
      components: [{ type: "body", parameters }],
    };
    const id = await send({ type: "template", template });
    const path = `/sim-${companyId}/messages`;
    const reading = { messaging_product: "whatsapp", status: "read", message_id: said.message_id };
    await transport.call({ method: "POST", path, body: reading });
    const { phone, data } = (await me.get(thread)).json();
    expect(phone).toMatchObject({ wa_id: "14155550110", name: "Nora" });
    expect(data).toMatchObject([
      {
        id,
        author: "business",
        header: "Your appointment",
        text: "Hello Nora, we are looking forward to seeing you on Monday. Does that still suit you?",
        footer: "Tap a button to answer",
        buttons: [{ kind: "reply", title: "Yes, I will come" }, { title: "Another time" }],
        list_sections: [],
        media: null,
      },
      { id: said.message_id, author: "customer", text: "Hello", status: "read" },
    ]);
    const page = (await me.get(`${thread}?limit=1`)).json();
    expect((await me.get(`${thread}?limit=1&cursor=${page.next_cursor}`)).json()).toMatchObject({
      data: [{ author: "customer" }],
      next_cursor: null,
    });
  });

  test("answers a template's button, a message's button and a list's row with their context", async () => {
    await me.post("/v1/simulator/messages", { from, text: "Hello" });
    const components = [
      { type: "button", sub_type: "quick_reply", index: "0", parameters: [{ type: "payload", payload: "P1" }] },
    ];
    const body = {
      type: "body",
      parameters: [
        { type: "text", text: "A" },
        { type: "text", text: "B" },
      ],
    };
    const name = "appointment_reminder";
    const template = await send({
      type: "template",
      template: { name, language: { code: "en_US" }, components: [body, ...components] },
    });
    const [tap = ""] = await act({ action: "tap", message_id: template, button: 0 });
    expect(await stored(tap)).toMatchObject([
      { type: "button", text: "Yes, I will come", payload: { payload: "P1" }, reply_to_provider_id: template },
    ]);
    const list = await send({
      type: "interactive",
      interactive: {
        type: "list",
        body: { text: "Pick" },
        action: { button: "Open", sections: [{ rows: [{ id: "r", title: "Row" }] }] },
      },
    });
    const [row = ""] = await act({ action: "choose", message_id: list, row_id: "r" });
    expect(await stored(row)).toMatchObject([{ type: "interactive", text: "Row", payload: { payload: "r" } }]);
    expect(
      (await me.post("/v1/simulator/actions", { from, action: "choose", message_id: list, row_id: "x" })).statusCode,
    ).toBe(400);
    expect(
      (await me.post("/v1/simulator/actions", { from, action: "tap", message_id: list, button: 0 })).statusCode,
    ).toBe(400);
    expect(
      (await me.post("/v1/simulator/actions", { from, action: "tap", message_id: "no", button: 0 })).statusCode,
    ).toBe(404);
    expect((await me.post("/v1/simulator/actions", { from, action: "tap" })).statusCode).toBe(400);
  });

  test("sends a voice note and a picture that can be fetched", async () => {
    const [note = ""] = await act({ action: "voice_note" });
    const [shot = ""] = await act({ action: "picture", text: "Our office" });
    const { data } = (await me.get(thread)).json();
    expect(data.slice(0, 2)).toMatchObject([
      { id: shot, type: "image", text: "Our office", media: { kind: "image", stored: true, mime_type: "image/png" } },
      { id: note, type: "audio", media: { kind: "audio", voice: true } },
    ]);
    const file = await me.get(data[0].media.url);
    expect([file.statusCode, file.headers["content-type"], file.rawPayload.subarray(1, 4).toString()]).toEqual([
      200,
      "image/png",
      "PNG",
    ]);
    const sound = await me.get(data[1].media.url);
    expect(sound.rawPayload.subarray(0, 4).toString()).toBe("OggS");
    const [media] = await rows<{ id: string }>(
      db,
      "select payload -> 'media' ->> 'id' as id from messages where type = 'audio'",
    );
    expect((await transport.call({ method: "GET", path: `/${media?.id}` })).body).toMatchObject({
      mime_type: "audio/ogg; codecs=opus",
    });
    const stranger = await as("admin", await createCompany());
    expect((await stranger.get(data[0].media.url)).statusCode).toBe(404);
  });

  test("reacts, replies, edits, deletes, writes several at once and listens", async () => {
    const id = await send({ text: { body: "Any questions?" } });
    await act({ action: "react", message_id: id, emoji: "❤️" });
    const [reply = ""] = await act({ action: "reply", message_id: id, text: "One" });
    await act({ action: "edit", message_id: reply, text: "Two" });
    expect(await stored(reply)).toMatchObject([{ text: "Two", edited: true, reply_to_provider_id: id }]);
    await act({ action: "revoke", message_id: reply });
    expect(await stored(reply)).toMatchObject([{ revoked: true }]);
    expect(await act({ action: "several", texts: ["a", "b", "c"] })).toHaveLength(3);
    const { data } = (await me.get(thread)).json();
    expect(data.slice(0, 3).map(({ text }: { text: string }) => text)).toEqual(["c", "b", "a"]);
    expect(data.find((message: { id: string }) => message.id === id).reactions).toEqual([
      { author: "customer", emoji: "❤️" },
    ]);
    expect(data.find((message: { id: string }) => message.id === reply)).toMatchObject({
      text: null,
      revoked_at: expect.any(String),
    });
    await act({ action: "listen", message_id: id });
    await postDueWebhooks(db, { appSecret: testAppSecret, onStored: () => {} });
    expect(await rows(db, `select status from simulator_messages where provider_id = '${id}'`)).toEqual([
      { status: "played" },
    ]);
    expect(
      (await me.post("/v1/simulator/actions", { from, action: "edit", message_id: id, text: "Mine" })).statusCode,
    ).toBe(404);
  });

  test("comes by an ad, without a number, and with a new one", async () => {
    const hidden = { name: "Hidden", user_id: "US.777", username: "hidden" };
    const [ad = ""] = await act({ action: "ad" }, hidden);
    const [row] = await rows<{ payload: unknown }>(db, `select payload from messages where provider_id = '${ad}'`);
    expect(JSON.stringify(row)).toContain("ctwa_clid");
    expect((await me.get("/v1/simulator/phones/US.777/messages")).json()).toMatchObject({
      phone: { wa_id: null, user_id: "US.777" },
      data: [{ from_ad: true }],
    });
    const mover = { name: "Mover", phone: "+14155550120" };
    await act({ action: "several", texts: ["Hello"] }, mover);
    await act({ action: "change_number", new_phone: "+1 415 555 0121" }, mover);
    expect((await me.get("/v1/simulator/phones/14155550121/messages")).json().data).toHaveLength(1);
    const known = await rows(
      db,
      `select count(distinct contact_id)::int as n from contact_identities
      where company_id = ${companyId} and value in ('14155550120', '14155550121', '+14155550120', '+14155550121')`,
    );
    expect(known).toEqual([{ n: 1 }]);
    const taken = {
      from: { name: "Mover", phone: "+14155550121" },
      action: "change_number",
      new_phone: "+14155550110",
    };
    expect((await me.post("/v1/simulator/actions", taken)).statusCode).toBe(409);
  });

  test("is switched off and on, and reads", async () => {
    const url = "/v1/simulator/phones/14155550110";
    expect((await me.patch(url, { switched_off: true })).json()).toMatchObject({ switched_off: true, name: "Nora" });
    const path = `/sim-${companyId}/messages`;
    const body = { messaging_product: "whatsapp", to: "+14155550110", text: { body: "Hi" } };
    expect((await transport.call({ method: "POST", path, body })).status).toBe(400);
    expect((await me.patch(url, { switched_off: false })).json()).toMatchObject({ switched_off: false });
    expect((await me.post(`${url}/read`)).statusCode).toBe(204);
    expect((await me.post("/v1/simulator/phones/14155559999/read")).statusCode).toBe(404);
    expect((await me.get("/v1/simulator/phones/nobody/messages")).statusCode).toBe(400);
  });

  test("is the same message when a request is repeated", async () => {
    const key = { "idempotency-key": "once" };
    const first = await me.post("/v1/simulator/actions", { from, action: "several", texts: ["x", "y"] }, key);
    const second = await me.post("/v1/simulator/actions", { from, action: "several", texts: ["x", "y"] }, key);
    expect(second.json()).toEqual(first.json());
    await drain(db);
    expect(
      await rows(db, `select id from messages where company_id = ${companyId} and text in ('x', 'y')`),
    ).toHaveLength(2);
  });

  test("is nobody's outside the company", async () => {
    const stranger = await as("admin", await createCompany());
    expect((await stranger.get(thread)).json()).toMatchObject({ phone: { wa_id: null }, data: [] });
    expect((await stranger.post("/v1/simulator/phones/14155550110/read")).statusCode).toBe(404);
  });
});
