import { describe, expect, test } from "vitest";
import { parseGatewayBody } from "../../../server/channels/whatsapp-gateway/parse-gateway-body.ts";
import type { InboundUpdate } from "../../../server/domain/conversations/inbound-update.ts";
import { gatewayBodies, gatewayEvent, upsert, withKey } from "./gateway-bodies.ts";

const receivedAt = new Date("2026-11-21T10:00:00Z");
const channel = { companyId: 1, instance: "shop" };
const asha = { waId: "919876500100", phone: "+919876500100" };

function parse(body: unknown): InboundUpdate[] {
  return parseGatewayBody(body, channel, receivedAt);
}

test("a text comes with its person and time", () => {
  expect(parse(gatewayBodies.text)).toStrictEqual([
    {
      kind: "message",
      channel: { provider: "whatsapp_gateway", ...channel },
      providerId: "3EB0A1",
      origin: "person",
      direction: "in",
      person: { ...asha, profileName: "Asha Example" },
      sentAt: new Date(1_749_416_383_000),
      content: { type: "text", text: "Hello" },
    },
  ]);
});

test.each([
  [
    "image",
    { type: "image", text: "Look", media: { url: "https://mmg.example/enc", mimeType: "image/jpeg", caption: "Look" } },
  ],
  ["stored", { type: "image", media: { url: "https://files.example/1" } }],
  ["video", { type: "video", media: { mimeType: "video/mp4" } }],
  ["audio", { type: "audio", media: { voice: true, mimeType: "audio/ogg" } }],
  ["document", { type: "document", text: "Offer", media: { filename: "a.pdf", caption: "Offer" } }],
  ["sticker", { type: "sticker", media: { animated: true } }],
  ["location", { type: "location", text: "Cafe", details: { latitude: 1.5, longitude: 2.5, name: "Cafe" } }],
  ["reaction", { type: "reaction", text: "👍", reactsTo: "3EB0OLD" }],
  ["reactionRemoved", { type: "reaction", reactsTo: "3EB0OLD" }],
  ["template", { type: "button", text: "Stop", payload: "STOP" }],
  [
    "order",
    {
      type: "order",
      text: "By Friday, please",
      details: { order_id: "5550001", title: "Spring box", item_count: 3, total: 1050, currency: "INR" },
    },
  ],
  ["disappearing", { type: "text", text: "Soon gone" }],
])("%s keeps what it carries", (name, content) => {
  expect(parse(gatewayBodies[name])).toHaveProperty("0.content", content);
});

test.each([
  ["button", { type: "interactive", text: "Yes!", payload: "yes", details: { type: "button_reply" } }],
  ["list", { type: "interactive", text: "Row", payload: "row1", details: { type: "list_reply" } }],
  ["flow", { type: "interactive", text: "Sent", details: { type: "nfm_reply" } }],
  ["contact", { type: "contacts", text: "Bo One" }],
  ["contacts", { type: "contacts", text: "Bo, Cy" }],
  ["poll", { type: "pollCreation", text: "When?" }],
])("%s reads like the Cloud API's", (name, content) => {
  expect(parse(gatewayBodies[name])).toMatchObject([{ kind: "message", content }]);
});

test("an answer names what it answers", () => {
  expect(parse(gatewayBodies.reply)).toMatchObject([{ content: { text: "Yes" }, replyTo: "3EB0Q", forwarded: true }]);
});

test("revoke and edit speak of the original", () => {
  const revoked = { kind: "revoked", providerId: "3EB0OLD" };
  expect(parse(gatewayBodies.revoke)).toMatchObject([revoked]);
  expect(parse(gatewayBodies.revokeByZero)).toMatchObject([revoked]);
  expect(parse(gatewayBodies.edit)).toMatchObject([{ kind: "edited", providerId: "3EB0OLD", content: { text: "B" } }]);
});

test.each([
  ["timer", "protocol message"],
  ["undecrypted", "message without content"],
  ["presence", "event not known"],
])("%s is kept as unknown", (name, why) => {
  expect(parse(gatewayBodies[name])).toMatchObject([{ kind: "unknown", why }]);
});

describe("the person", () => {
  test.each([
    ["919876500100:12@s.whatsapp.net"],
    ["919876500100_s_whatsapp_net"],
    ["919876500100@c.us"],
    ["919876500100"],
  ])("%s is a phone", (remoteJid) => {
    expect(parse(withKey({ remoteJid }))).toMatchObject([{ person: asha }]);
  });

  test("a hidden id is a person without a phone, unless the phone is told", () => {
    expect(parse(gatewayBodies.hidden)).toHaveProperty("0.person", {
      jid: "55501234567890@lid",
      profileName: "Asha Example",
    });
    const known = { ...asha, jid: "55501234567890@lid" };
    expect(parse(gatewayBodies.hiddenWithPhone)).toMatchObject([{ person: known }]);
    const alternative = { remoteJid: "55501234567890@lid", remoteJidAlt: "919876500100@s.whatsapp.net" };
    expect(parse(withKey(alternative))).toMatchObject([{ person: known }]);
  });

  test("in our own message the sender is not the person", () => {
    const ours = { remoteJid: "55501234567890@lid", senderPn: "919999900000@s.whatsapp.net", fromMe: true };
    const person = { jid: "55501234567890@lid" };
    expect(parse(withKey(ours))).toHaveProperty("0.person", person);
    const echo = { origin: "echo", direction: "out", status: "sent", person: asha };
    expect(parse(gatewayBodies.ours)).toMatchObject([echo]);
  });

  test("in a group it is the participant", () => {
    const groupId = "120363022222222222@g.us";
    expect(parse(gatewayBodies.group)).toMatchObject([{ kind: "message", groupId, person: asha }]);
    expect(parse(withKey({ remoteJid: groupId }))).toMatchObject([
      { kind: "unknown", why: "message without a person" },
    ]);
    expect(parse(withKey({ remoteJid: groupId, fromMe: true }))).toMatchObject([{ kind: "unknown" }]);
  });

  test.each(["status@broadcast", "120363@newsletter", "867051314767696@bot", "x"])(
    "%s is not a conversation",
    (remoteJid) => {
      expect(parse(withKey({ remoteJid }))).toMatchObject([{ kind: "unknown", why: "not a conversation" }]);
    },
  );
});

describe("statuses", () => {
  test.each([
    ["update", "delivered"],
    ["evolutionUpdate", "read"],
    ["ack", "sent"],
  ])("%s is %s", (name, status) => {
    expect(parse(gatewayBodies[name])).toMatchObject([{ kind: "status", providerId: "3EB0A1", status }]);
  });

  test.each([
    [0, "failed"],
    [1, "accepted"],
    [2, "sent"],
    ["3", "delivered"],
    [4, "read"],
    [5, "played"],
    ["SERVER_ACK", "sent"],
    ["DELIVERY_ACK", "delivered"],
    ["played", "played"],
  ])("%j is %s", (word, status) => {
    const body = gatewayEvent("messages.update", { key: { id: "a" }, update: { status: word } });
    expect(parse(body)).toMatchObject([{ status }]);
  });

  test("deleted is revoked, and another word unknown", () => {
    expect(parse(gatewayBodies.deleted)).toMatchObject([{ kind: "revoked", providerId: "3EB0A1" }]);
    const stub = { key: { id: "a" }, update: { messageStubType: 1, message: null } };
    expect(parse(gatewayEvent("messages.update", stub))).toMatchObject([{ kind: "revoked" }]);
    expect(parse(gatewayEvent("messages.update", { keyId: "a", status: 9 }))).toMatchObject([{ kind: "unknown" }]);
    expect(parse(gatewayEvent("messages.update", { status: 3 }))).toMatchObject([{ kind: "unknown" }]);
  });
});

test("the connection's state is an account event", () => {
  const event = { kind: "account_event", event: "close", details: { statusReason: 401 } };
  expect(parse(gatewayBodies.connection)).toMatchObject([event]);
});

test("the address book names people", () => {
  const person = { ...asha, profileName: "asha" };
  expect(parse(gatewayBodies.contactList)).toMatchObject([{ kind: "contact_synced", person, fullName: "Asha" }]);
  expect(parse(gatewayEvent("contacts.upsert", [{ id: "1@g.us" }]))).toMatchObject([{ kind: "unknown" }]);
});

test("data may be an object, a list, or hold messages, and the event may be missing", () => {
  const data = { key: { remoteJid: "919876500100@s.whatsapp.net", id: "a" }, message: { conversation: "x" } };
  for (const shape of [data, [data], { messages: [data] }]) {
    expect(parse(gatewayEvent("messages.upsert", shape))).toMatchObject([{ content: { text: "x" } }]);
  }
  expect(parse(gatewayBodies.baileys)).toMatchObject([{ content: { text: "Bare" }, sentAt: receivedAt }]);
  expect(parse(data)).toMatchObject([{ kind: "message" }]);
  expect(parse(gatewayEvent("messages.set", { messages: [data, data] }))).toMatchObject([{ origin: "history" }, {}]);
});

test.each([[1_749_416_383], ["1749416383"], [1_749_416_383_000], [{ low: 1_749_416_383, high: 0, unsigned: true }]])(
  "the time %j is understood",
  (messageTimestamp) => {
    const body = upsert({ conversation: "x" }, { messageTimestamp });
    expect(parse(body)).toMatchObject([{ sentAt: new Date(1_749_416_383_000) }]);
  },
);
