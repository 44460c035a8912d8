import { describe, expect, test } from "vitest";
import { count, rows } from "../../harness/rows.ts";
import { messagingApp } from "./messaging-app.ts";

const { db, createCompany, thread } = await messagingApp();

async function stored(companyId: number, mimeType: string, filename = "a", status = "stored", sizeBytes = 9) {
  const kept = status === "stored" ? `'${companyId}/aa/00000000-0000-0000-0000-000000000000'` : "null";
  const [row] = await rows<{ id: number }>(
    db,
    `insert into media (company_id, origin, kind, mime_type, filename, size_bytes, storage_key, status)
    values (${companyId}, 'upload', 'image', '${mimeType}', '${filename}', ${sizeBytes}, ${kept}, '${status}') returning id`,
  );
  return row?.id ?? 0;
}

describe("a message over the API", () => {
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
});
