import { describe, expect, test } from "vitest";
import { tellSignals } from "../../../server/jobs/tell-signals.ts";
import { textBody } from "../../factories/whatsapp-body.ts";
import { deliver } from "../../harness/deliver.ts";
import { fakeVendor, sendDue } from "../../harness/outbox.ts";
import { count, rows } from "../../harness/rows.ts";
import { v1App } from "./v1-app.ts";

const { db, caller, browser, createCompany } = await v1App();
let serial = 0;

async function thread() {
  const me = await caller();
  return { me, ...(await person(me.companyId)) };
}

async function person(companyId: number) {
  serial += 1;
  await deliver(
    db,
    textBody({ text: "Hello", phone: `9198${String(50_000_000 + serial)}`, phoneNumberId: `sim-${companyId}` }),
  );
  const [row] = await rows<{ id: number; contact: number }>(
    db,
    `select id, contact_id as contact from conversations where company_id = ${companyId} order by id desc limit 1`,
  );
  return { id: row?.id ?? 0, contactId: row?.contact ?? 0 };
}

async function stored(companyId: number, mimeType: string, filename = "a", status = "stored", sizeBytes = 9) {
  const kept = status === "stored" ? `'${companyId}/aa/00000000-0000-0000-0000-000000000000'` : "null";
  const [row] = await rows<{ id: number }>(
    db,
    `insert into media (company_id, origin, kind, mime_type, filename, size_bytes, storage_key, status)
    values (${companyId}, 'upload', 'image', '${mimeType}', '${filename}', ${sizeBytes}, ${kept}, '${status}') returning id`,
  );
  return row?.id ?? 0;
}

const hello = { type: "text", text: { body: "Good morning" } };

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

  test.each([
    [
      { type: "image", image: { link: "https://example.com/a.jpg", caption: "A" } },
      { media: { url: "https://example.com/a.jpg", caption: "A" } },
    ],
    [
      { type: "location", location: { latitude: 1, longitude: 2, name: "Here" } },
      { details: { latitude: 1, longitude: 2, name: "Here" } },
    ],
    [
      { type: "interactive", interactive: { kind: "button", body: "Well?", buttons: [{ id: "y", title: "Yes" }] } },
      { details: { kind: "button", buttons: [{ id: "y", title: "Yes" }] } },
    ],
    [
      {
        type: "interactive",
        interactive: {
          kind: "list",
          body: "Which?",
          button: "Choose",
          sections: [{ rows: [{ id: "1", title: "One" }] }],
        },
      },
      { details: { kind: "list" } },
    ],
    [
      {
        type: "interactive",
        interactive: {
          kind: "cta_url",
          body: "Read on",
          header: { type: "image", media: { link: "https://example.com/a.jpg" } },
          label: "Go",
          url: "https://example.com",
        },
      },
      {
        details: {
          kind: "cta_url",
          header: { type: "image", media: { url: "https://example.com/a.jpg" } },
          label: "Go",
          url: "https://example.com",
        },
      },
    ],
    [
      { type: "contacts", contacts: [{ name: { formatted_name: "Bo" } }] },
      { details: [{ name: { formatted_name: "Bo" } }] },
    ],
  ])("of every kind is taken: %j", async (body, payload) => {
    const { me, id } = await thread();
    const answer = await me.post(`/v1/conversations/${id}/messages`, body);
    expect(answer.statusCode, answer.body).toBe(201);
    expect(answer.json().message).toMatchObject({ type: body.type, payload });
  });

  const inside = [
    "http://169.254.169.254/x.png",
    "https://127.0.0.1/x.png",
    "http://2130706433/x.png",
    "http://[::1]/x.png",
    "https://10.0.0.7/x.png",
    "https://localhost/x.png",
    "https://files.internal/x.png",
    "https://user:word@example.com/x.png",
    "https://example.com:22/x.png",
  ];
  const withLink: Record<string, (link: string) => object> = {
    ...Object.fromEntries(
      ["image", "video", "audio", "document", "sticker"].map((type) => [
        type,
        (link: string) => ({ type, [type]: { link } }),
      ]),
    ),
    "interactive header": (link) => ({
      type: "interactive",
      interactive: {
        ...{ kind: "button", body: "Well?", buttons: [{ id: "y", title: "Yes" }] },
        header: { type: "image", media: { link } },
      },
    }),
    "template header": (link) => ({
      type: "template",
      template: { name: "a", language: "en", components: [header(link)] },
    }),
    "carousel card": (link) => ({
      type: "template",
      template: {
        ...{ name: "a", language: "en" },
        components: [{ type: "carousel", cards: [{ index: 0, components: [header(link)] }] }],
      },
    }),
  };
  const header = (link: string) => ({
    type: "header",
    parameters: [{ type: "media", kind: "image", media: { link } }],
  });

  test.each(Object.entries(withLink))("of kind %s names no file inside a private network", async (_kind, bodyOf) => {
    const { me, id, contactId } = await thread();
    for (const link of inside) {
      const answer = await me.post(`/v1/conversations/${id}/messages`, bodyOf(link));
      expect(answer.statusCode, `${link} ${answer.body}`).toBe(400);
      expect(answer.body).toContain("link must");
    }
    const [link = ""] = inside;
    const bulk = await me.post("/v1/messages/bulk", { contact_ids: [contactId], ...bodyOf(link) });
    expect(bulk.statusCode, bulk.body).toBe(400);
    expect(await count(db, `outbound_sends where company_id = ${me.companyId}`)).toBe(0);
  });

  test("of a link button may lead into the network of who presses it", async () => {
    const { me, id } = await thread();
    const interactive = { kind: "cta_url", body: "Look", label: "Open", url: "https://intranet.internal/x" };
    const answer = await me.post(`/v1/conversations/${id}/messages`, { type: "interactive", interactive });
    expect(answer.statusCode, answer.body).toBe(201);
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

  test.each([
    [{}],
    [{ type: "text" }],
    [{ type: "text", text: { body: "" } }],
    [{ type: "text", text: { body: "x".repeat(4_097) } }],
    [{ type: "image", image: {} }],
    [{ type: "image", image: { media_id: 1, link: "https://example.com" } }],
    [
      {
        type: "interactive",
        interactive: { kind: "button", body: "?", buttons: [1, 2, 3, 4].map((n) => ({ id: `${n}`, title: `${n}` })) },
      },
    ],
    [{ type: "template", template: { name: "Bad Name", language: "en" } }],
    [
      {
        type: "template",
        template: { name: "a", language: "en", components: [{ type: "body", parameters: [{ type: "text" }] }] },
      },
    ],
    [{ type: "reaction", reaction: { message_id: 1, emoji: "👍" } }],
  ])("that makes no sense is a 4xx: %j", async (body) => {
    const { me, id } = await thread();
    const answer = await me.post(`/v1/conversations/${id}/messages`, body);
    expect([400, 404]).toContain(answer.statusCode);
    expect(await count(db, `outbound_sends where company_id = ${me.companyId}`)).toBe(0);
  });

  test("with a stored file shows it as what came in does: at once, alone and in the thread", async () => {
    const { me, id } = await thread();
    const file = await stored(me.companyId, "image/png", "shop.png");
    const answer = await me.post(`/v1/conversations/${id}/messages`, { type: "image", image: { media_id: file } });
    const media = { id: file, mime_type: "image/png", filename: "shop.png", url: `/v1/media/${file}` };
    expect(answer.json().message).toMatchObject({ media });
    expect((await me.get(answer.headers.location ?? "")).json().message).toMatchObject({ media });
    const again = await me.post(`/v1/conversations/${id}/messages`, { type: "image", image: { media_id: file } });
    expect(again.statusCode).toBe(201);
    const { data } = (await me.get(`/v1/conversations/${id}/messages`)).json();
    expect(data).toMatchObject([{ media }, { media }, { media: null }]);
  });

  test.each([
    ["nobody has", () => 999_999, /no file/],
    ["another company has", async () => stored(await createCompany(), "image/png"), /no file/],
    ["is not fetched yet", (company: number) => stored(company, "image/png", "a", "pending"), /not here yet/],
    ["could not be kept", (company: number) => stored(company, "image/png", "a", "failed"), /not stored/],
    [
      "is a sound",
      (company: number) => stored(company, "audio/ogg"),
      /does not take a file of the type audio\/ogg as image/,
    ],
    ["is too large", (company: number) => stored(company, "image/png", "a", "stored", 6_000_000), /at most 5 MB/],
  ])("with a file that %s is refused before anything is stored", async (_what, file, words) => {
    const { me, id } = await thread();
    const image = { media_id: await file(me.companyId) };
    const answer = await me.post(`/v1/conversations/${id}/messages`, { type: "image", image });
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer: "#/image/media_id", detail: expect.stringMatching(words) }]);
    expect(await count(db, `messages where company_id = ${me.companyId} and direction = 'out'`)).toBe(0);
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

describe("starting and many", () => {
  test("a conversation is started once with a person on the only number", async () => {
    const me = await caller();
    const contact = (await me.post("/v1/contacts", { name: "Bo", phone: "+15550107777" })).json();
    const first = await me.post("/v1/conversations", { contact_id: contact.id });
    expect(first.statusCode, first.body).toBe(201);
    expect((await me.post("/v1/conversations", { contact_id: contact.id })).json().id).toBe(first.json().id);
    expect((await me.post("/v1/conversations", { contact_id: 999_999 })).statusCode).toBe(404);
  });

  test("bulk gives one result per person, and who is named twice gets it once", async () => {
    const { me, contactId } = await thread();
    const other = await person(me.companyId);
    await rows(db, `update contacts set do_not_contact = true where id = ${other.contactId}`);
    const ids = [contactId, other.contactId, contactId, 999_999];
    const answer = await me.post("/v1/messages/bulk", { ...hello, contact_ids: ids }, { "idempotency-key": "bulk-1" });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({
      queued: 1,
      skipped: 3,
      data: [
        { contact_id: contactId, outcome: "queued" },
        { outcome: "skipped", decision: { obstacle: "do_not_contact" } },
        { outcome: "skipped", reason: "Named twice in this list." },
        { outcome: "skipped", decision: { obstacle: "no_address" } },
      ],
    });
    await me.post("/v1/messages/bulk", { ...hello, contact_ids: ids }, { "idempotency-key": "bulk-1" });
    expect(await count(db, `outbound_sends where company_id = ${me.companyId}`)).toBe(1);
  });
});

describe("bulk over several numbers", () => {
  async function withNumbers() {
    const { me, id, contactId } = await thread();
    const [home] = await rows<{ id: number }>(
      db,
      `select channel_account_id as id from conversations where id = ${id}`,
    );
    const cloud = async (name: string) => {
      const [made] = await rows<{ id: number }>(
        db,
        `insert into channel_accounts (company_id, provider, name, external_id, waba_id, business_id)
         values (${me.companyId}, 'whatsapp_cloud', '${name}', '${name}-${me.companyId}', '1', '2') returning id`,
      );
      return made?.id ?? 0;
    };
    const talk = (contact: number, account: number, expires: string) =>
      rows(
        db,
        `insert into conversations (company_id, contact_id, channel_account_id, last_message_at, last_inbound_at, window_expires_at)
         values (${me.companyId}, ${contact}, ${account}, now(), now(), now() + interval '${expires}') returning id`,
      );
    const bulk = async (contactIds: number[], body: object = {}) =>
      await me.post("/v1/messages/bulk", { ...hello, contact_ids: contactIds, ...body });
    return { me, contactId, simulated: home?.id ?? 0, cloud, talk, bulk };
  }

  test("takes for each person the number of their open window, else the company's, and names it", async () => {
    const { me, contactId, simulated, cloud, talk, bulk } = await withNumbers();
    const main = await cloud("main");
    const other = await person(me.companyId);
    await rows(db, `delete from conversations where id = ${other.id} returning id`);
    await talk(other.contactId, main, "1 hour");
    const third = await person(me.companyId);
    await rows(db, `update conversations set window_expires_at = now() - interval '1 hour' where id = ${third.id}`);
    const answer = await bulk([contactId, other.contactId, third.contactId, contactId]);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json().data).toMatchObject([
      { outcome: "queued", channel_account_id: simulated },
      { outcome: "queued", channel_account_id: main },
      { outcome: "skipped", channel_account_id: main, decision: { obstacle: "window_closed" } },
      { outcome: "skipped", channel_account_id: null, reason: "Named twice in this list." },
    ]);
    const named = await bulk([contactId], { channel_account_id: main });
    expect(named.json().data).toMatchObject([{ outcome: "skipped", channel_account_id: main }]);
  });

  test("of which none is the company's only one asks which, of people without a conversation", async () => {
    const { me, contactId, simulated, cloud, talk, bulk } = await withNumbers();
    const [one, two] = [await cloud("one"), await cloud("two")];
    const other = await person(me.companyId);
    await rows(db, `delete from conversations where id = ${other.id} returning id`);
    expect((await bulk([other.contactId])).statusCode).toBe(400);
    const mixed = await bulk([contactId, other.contactId]);
    expect(mixed.json().data).toMatchObject([
      { outcome: "queued", channel_account_id: simulated },
      {
        outcome: "skipped",
        channel_account_id: null,
        reason: expect.stringContaining("channel_account_id"),
        decision: null,
      },
    ]);
    await talk(other.contactId, two, "-1 hour");
    expect((await bulk([other.contactId])).json().data).toMatchObject([
      { channel_account_id: two, decision: { obstacle: "window_closed" } },
    ]);
    expect(one).not.toBe(two);
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
