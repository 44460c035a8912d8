import { describe, expect, test } from "vitest";
import { listPhoneMessages } from "../../../server/domain/simulator/phone-messages.ts";
import { findPhone, switchPhone } from "../../../server/domain/simulator/simulated-phone.ts";
import { changeSimulatorSettings } from "../../../server/domain/simulator/simulator-settings.ts";
import type { Json } from "../../../shared/json.ts";
import { testDatabase } from "../../harness/test-database.ts";
import { errorOf, idOf, simulatedCompany } from "./simulated-company.ts";

const database = await testDatabase();
const to = "+14155550101";

const kinds: [string, { [key: string]: Json }, object][] = [
  ["text", { text: { body: "Hi", preview_url: true } }, { text: "Hi" }],
  ["image", { image: { link: "https://example.com/a.png", caption: "Look" } }, { text: "Look" }],
  ["audio", { audio: { link: "https://example.com/a.ogg", voice: true } }, { media: { kind: "audio", voice: true } }],
  [
    "document",
    { document: { link: "https://example.com/a.pdf", filename: "a.pdf" } },
    { media: { filename: "a.pdf" } },
  ],
  ["location", { location: { latitude: 1.5, longitude: 2.5, name: "Here" } }, { place: { name: "Here" } }],
  [
    "contacts",
    { contacts: [{ name: { formatted_name: "Bo" }, phones: [{ phone: "+1" }] }] },
    { cards: [{ name: "Bo" }] },
  ],
  [
    "interactive",
    {
      interactive: {
        type: "button",
        body: { text: "Choose" },
        action: { buttons: [{ type: "reply", reply: { id: "y", title: "Yes" } }] },
      },
    },
    { text: "Choose", buttons: [{ kind: "reply", title: "Yes", value: "y" }] },
  ],
  [
    "interactive",
    {
      interactive: {
        type: "list",
        header: { type: "text", text: "Head" },
        body: { text: "Pick" },
        footer: { text: "Foot" },
        action: { button: "Open", sections: [{ rows: [{ id: "r1", title: "Row", description: "More" }] }] },
      },
    },
    { header: "Head", footer: "Foot", list: { button: "Open", sections: [{ rows: [{ id: "r1" }] }] } },
  ],
  [
    "interactive",
    {
      interactive: {
        type: "cta_url",
        body: { text: "See" },
        action: { name: "cta_url", parameters: { display_text: "Open", url: "https://example.com" } },
      },
    },
    { buttons: [{ kind: "url", value: "https://example.com" }] },
  ],
  [
    "template",
    { template: { name: "hello_world", language: { code: "en_US" } } },
    { template: "hello_world", header: "Hello World" },
  ],
];

describe("a message to a simulated phone", () => {
  test.each(kinds)("of type %s is accepted and stands there: %j", async (type, content, shown) => {
    const company = await simulatedCompany(database);
    await company.write(to);
    const answer = await company.send({ to, type, ...content });
    expect(answer.body).toMatchObject({
      messaging_product: "whatsapp",
      contacts: [{ input: to, wa_id: "14155550101" }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
    company.later(1_000);
    const phone = await findPhone(company.ctx, { waId: "14155550101" });
    const { items } = await listPhoneMessages(company.ctx, { phoneId: phone?.id ?? 0, limit: 1 });
    expect(items[0]).toMatchObject({ providerId: idOf(answer), author: "business", type, view: shown });
  });

  test("is not seen before it arrives, and reactions stand on their message", async () => {
    const company = await simulatedCompany(database);
    const { ids } = await company.write(to);
    await company.send({ to, type: "reaction", reaction: { message_id: ids[0] ?? "", emoji: "👍" } });
    await company.send({ to, text: { body: "Not yet" } });
    const phone = await findPhone(company.ctx, { waId: "14155550101" });
    const look = () => listPhoneMessages(company.ctx, { phoneId: phone?.id ?? 0, limit: 10 });
    expect((await look()).items.map(({ reactions }) => reactions)).toEqual([[]]);
    company.later(1_000);
    expect((await look()).items).toMatchObject([
      { view: { text: "Not yet" } },
      { reactions: [{ author: "business", emoji: "👍" }] },
    ]);
  });

  test("goes to a user id where the person has no number", async () => {
    const company = await simulatedCompany(database);
    const template = { name: "hello_world", language: { code: "en_US" } };
    const answer = await company.send({ recipient: "US.123", type: "template", template });
    expect(answer.body).toMatchObject({
      contacts: [{ input: "US.123", user_id: "US.123" }],
      messages: [{ message_status: "accepted" }],
    });
  });

  test("is read, with the typing shown", async () => {
    const company = await simulatedCompany(database);
    const { ids } = await company.write(to);
    const reading = { status: "read", message_id: ids[0] ?? "", typing_indicator: { type: "text" } };
    expect((await company.send(reading)).body).toEqual({ success: true });
    const phone = await findPhone(company.ctx, { waId: "14155550101" });
    expect(phone?.typingUntil).toBe("2026-11-20T10:00:25Z");
    const { items } = await listPhoneMessages(company.ctx, { phoneId: phone?.id ?? 0, limit: 1 });
    expect(items[0]?.status).toBe("read");
    expect(errorOf(await company.send({ status: "read", message_id: "nothing" })).code).toBe(131009);
  });
});

describe("WhatsApp refuses", () => {
  test.each<[string, { [key: string]: Json }, number]>([
    ["no recipient", { text: { body: "Hi" } }, 131008],
    ["no number", { to: "nobody", text: { body: "Hi" } }, 100],
    ["no text", { to, type: "text" }, 131008],
    ["a text that is too long", { to, text: { body: "x".repeat(4097) } }, 100],
    ["a type nobody knows", { to, type: "smell", smell: {} }, 100],
    ["a file nobody uploaded", { to, type: "image", image: { id: "1" } }, 131009],
    ["a link that is none", { to, type: "image", image: { link: "ftp://x" } }, 131009],
    ["four buttons", { to, type: "interactive", interactive: buttons(4) }, 131009],
    ["a button's long title", { to, type: "interactive", interactive: buttons(1, "x".repeat(21)) }, 100],
    ["a place without a longitude", { to, type: "location", location: { latitude: 1 } }, 131008],
    ["a template nobody made", { to, type: "template", template: { name: "no", language: { code: "en" } } }, 132001],
    ["a template in another language", { to, ...reminder("de", []) }, 132001],
    ["too few parameters", { to, ...reminder("en_US", [{ type: "text", text: "Ana" }]) }, 132000],
    [
      "a parameter of another kind",
      { to, ...reminder("en_US", [{ type: "text", text: "A" }, { type: "image" }]) },
      132012,
    ],
    ["itself", { to: "+15550100000", text: { body: "Hi" } }, 131021],
  ])("%s", async (_what, body, code) => {
    const company = await simulatedCompany(database);
    await company.write(to);
    expect(errorOf(await company.send(body)).code).toBe(code);
  });

  test("free text once 24 hours have passed, to the second, and never a template", async () => {
    const company = await simulatedCompany(database);
    await company.write(to);
    company.later(24 * 3_600_000 - 1_000);
    expect((await company.send({ to, text: { body: "Still open" } })).status).toBe(200);
    company.later(2_000);
    expect(errorOf(await company.send({ to, text: { body: "Closed" } })).code).toBe(131047);
    const template = { name: "hello_world", language: { code: "en_US" } };
    expect((await company.send({ to, type: "template", template })).status).toBe(200);
  });

  test("the 46th message at once to one person, and lets one more through six seconds later", async () => {
    const company = await simulatedCompany(database);
    await company.write(to);
    const codes: unknown[] = [];
    for (let count = 0; count < 46; count += 1)
      codes.push(errorOf(await company.send({ to, text: { body: "Hi" } })).code);
    expect(codes.indexOf(131056)).toBe(45);
    company.later(6_000);
    expect((await company.send({ to, text: { body: "Hi" } })).status).toBe(200);
  });

  test("more than the number's throughput", async () => {
    const company = await simulatedCompany(database);
    await changeSimulatorSettings(company.ctx, { messagesPerSecond: 2 });
    const template = { name: "hello_world", language: { code: "en_US" } };
    const codes: unknown[] = [];
    for (const last of ["1", "2", "3"])
      codes.push(errorOf(await company.send({ to: `${to.slice(0, -1)}${last}`, type: "template", template })).code);
    expect(codes).toEqual([undefined, undefined, 130429]);
  });

  test("a phone that is switched off, and another company's number", async () => {
    const company = await simulatedCompany(database);
    await company.write(to);
    await switchPhone(company.ctx, { waId: "14155550101" }, { off: true });
    expect(errorOf(await company.send({ to, text: { body: "Hi" } })).code).toBe(131026);
    const nobody = await company.transport.call({ method: "POST", path: "/sim-999999/messages", body: {} });
    expect(nobody).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 33 } } });
    const path = `/${company.account.phoneNumberId}/nothing`;
    expect(errorOf(await company.transport.call({ method: "GET", path })).code).toBe(2500);
  });
});

function buttons(count: number, title?: string): Json {
  const all = Array.from({ length: count }, (_, index) => ({
    type: "reply",
    reply: { id: `b${index}`, title: title ?? `Button ${index}` },
  }));
  return { type: "button", body: { text: "Choose" }, action: { buttons: all } };
}

function reminder(code: string, parameters: Json[]) {
  const components = [{ type: "body", parameters }];
  return { type: "template", template: { name: "appointment_reminder", language: { code }, components } };
}
