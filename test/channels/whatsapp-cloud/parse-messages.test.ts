import { describe, expect, test } from "vitest";
import { parseWebhook } from "../../../server/channels/whatsapp-cloud/parse-body.ts";
import { objectOf } from "../../../shared/json.ts";
import { ada, bodies, changeOf, messageOf } from "./webhook-bodies.ts";

const receivedAt = new Date("2026-11-21T10:00:00Z");
const adaKeys = {
  waId: "16505550100",
  phone: "+16505550100",
  userId: "US.1001",
  username: "ada",
  profileName: "Ada Example",
};

function only(body: unknown): unknown {
  const updates = parseWebhook(body, receivedAt);
  expect(updates).toHaveLength(1);
  return updates[0];
}

test("a text comes with its person, its time and what it answers", () => {
  expect(only(bodies.text)).toStrictEqual({
    kind: "message",
    channel: {
      provider: "whatsapp_cloud",
      wabaId: "102",
      phoneNumberId: "106540352242922",
      displayPhone: "15550783881",
    },
    providerId: "wamid.IN",
    origin: "person",
    direction: "in",
    person: adaKeys,
    sentAt: new Date(1_749_416_383_000),
    content: { type: "text", text: "Hello" },
    replyTo: "wamid.Q",
    forwarded: true,
  });
});

test.each([
  ["image", { type: "image", text: "Look", media: { id: "9", mimeType: "image/jpeg", sha256: "s", caption: "Look" } }],
  ["audio", { type: "audio", media: { id: "9", mimeType: "audio/ogg", voice: true } }],
  ["document", { type: "document", media: { id: "9", filename: "offer.pdf", url: "https://example.com/9" } }],
  ["sticker", { type: "sticker", media: { id: "9", animated: false } }],
  [
    "location",
    { type: "location", text: "Cafe", details: { latitude: 1.5, longitude: 2.5, name: "Cafe", address: "Main St" } },
  ],
  ["button", { type: "button", text: "Stop", payload: "STOP" }],
  ["reaction", { type: "reaction", text: "👍", reactsTo: "wamid.Q" }],
  ["reactionRemoved", { type: "reaction", reactsTo: "wamid.Q" }],
  ["order", { type: "order", details: { catalog_id: "1", text: "", product_items: [{ quantity: 2 }] } }],
  ["welcome", { type: "request_welcome" }],
  ["newType", { type: "hologram", text: "3D", details: { body: "3D", depth: 3 } }],
  ["product", { type: "text", text: "This?", details: { referred_product: { catalog_id: "7" } } }],
  [
    "unsupported",
    {
      type: "unsupported",
      details: { type: "poll" },
      errors: [{ code: 131051, title: "Unknown", details: "Not supported" }],
    },
  ],
  [
    "flow",
    {
      type: "interactive",
      text: "Sent",
      details: {
        type: "nfm_reply",
        nfm_reply: { name: "flow", body: "Sent", response_json: '{"a":"x\\u0000y"}' },
        response: { a: "xy" },
      },
    },
  ],
])("%s keeps what it carries", (name, content) => {
  expect(only(bodies[name])).toHaveProperty("content", content);
});

test.each([
  ["buttonReply", { text: "Yes!", payload: "yes" }],
  ["listReply", { text: "Row", payload: "row1" }],
  ["callPermission", { payload: "accept" }],
  ["contacts", { text: "Bo One, Cy" }],
])("%s gives what a person reads and the id behind it", (name, content) => {
  expect(only(bodies[name])).toMatchObject({ kind: "message", content });
});

test("an ad's referral stays with the message", () => {
  expect(only(bodies.ad)).toMatchObject({ referral: { source_type: "ad", ctwa_clid: "clid" } });
});

test("edit and revoke speak of the original message", () => {
  const edited = { kind: "edited", providerId: "wamid.Q", content: { type: "text", text: "B" } };
  expect(only(bodies.edit)).toMatchObject(edited);
  expect(only(bodies.revoke)).toMatchObject({ kind: "revoked", providerId: "wamid.Q" });
  expect(only(messageOf({ type: "edit" }))).toMatchObject({ kind: "unknown" });
  expect(only(messageOf({ type: "revoke", revoke: {} }))).toMatchObject({ kind: "unknown" });
});

describe("system messages", () => {
  test("a new number or user id is a change of identity", () => {
    const to = { waId: "12195550199", phone: "+12195550199" };
    expect(only(bodies.newNumber)).toMatchObject({ kind: "identity_changed", change: "number", from: adaKeys, to });
    expect(only(bodies.newUserId)).toMatchObject({ change: "user_id", from: adaKeys, to: { userId: "US.2002" } });
  });

  test("any other notice is an account event, so that it makes no lead", () => {
    const event = { kind: "account_event", field: "messages", event: "customer_identity_changed" };
    expect(only(bodies.identity)).toMatchObject(event);
    expect(only(messageOf({ type: "system" }))).toMatchObject({ kind: "account_event" });
  });
});

describe("the person", () => {
  function personOf(contacts: unknown, message: Record<string, unknown>): unknown {
    const update = only(changeOf("messages", { contacts, messages: [{ id: "m", type: "text", ...message }] }));
    return update;
  }

  test("needs no phone number", () => {
    const contact = { profile: { name: "Sam", username: "sam" }, user_id: "US.7", parent_user_id: "US.ENT.7" };
    const person = { userId: "US.7", parentUserId: "US.ENT.7", username: "sam", profileName: "Sam" };
    expect(personOf([contact], { from_user_id: "US.7" })).toHaveProperty("person", person);
    expect(personOf([contact], {})).toHaveProperty("person", person);
    expect(personOf(undefined, { from: "US.7" })).toHaveProperty("person", { userId: "US.7" });
  });

  test("is found among several contacts by number or user id", () => {
    const sam = { profile: { name: "Sam" }, user_id: "US.7" };
    expect(personOf([sam, ada], { from: "16505550100" })).toHaveProperty("person", adaKeys);
    const person = { userId: "US.7", profileName: "Sam" };
    expect(personOf([ada, sam], { from_user_id: "US.7" })).toHaveProperty("person", person);
  });

  test("is never mixed with another contact", () => {
    const person = { waId: "19995550000", phone: "+19995550000", profileName: "Ada Example" };
    expect(personOf([ada], { from: "19995550000" })).toHaveProperty("person", person);
  });

  test("has a phone only where the digits can be one", () => {
    expect(personOf(undefined, { from: 16505550100 })).toHaveProperty("person.phone", "+16505550100");
    expect(personOf(undefined, { from: "12345" })).toHaveProperty("person", { waId: "12345" });
    expect(personOf(undefined, { from: "someone" })).toMatchObject({
      kind: "unknown",
      why: "message without a person",
    });
  });
});

describe("ids and times", () => {
  test("a message without an id gets the same one each time", () => {
    const first = only(bodies.noId);
    expect(first).toHaveProperty("providerId", expect.stringMatching(/^hash:[0-9a-f]{64}$/));
    expect(only(structuredClone(bodies.noId))).toStrictEqual(first);
    const other = only(messageOf({ type: "text", text: { body: "Other" }, id: null }));
    expect(objectOf(other)?.providerId).not.toBe(objectOf(first)?.providerId);
  });

  test("an id too long for an index is replaced by its hash", () => {
    const update = only(messageOf({ id: "w".repeat(5000), type: "text", text: { body: "x" } }));
    expect(update).toHaveProperty("providerId", expect.stringMatching(/^hash:[0-9a-f]{64}$/));
  });

  test("a group's message names the group", () => {
    expect(only(messageOf({ type: "text", text: { body: "x" }, group_id: "G1" }))).toHaveProperty("groupId", "G1");
  });
});

test("several entries, changes, messages and statuses all come out", () => {
  const message = { from: "16505550100", id: "m", type: "text", text: { body: "x" } };
  const value = { messages: [message, message], statuses: [{ id: "s", status: "sent" }], errors: [{ code: 1 }] };
  const changes = [
    { field: "messages", value },
    { field: "messages", value },
  ];
  const updates = parseWebhook({ entry: [{ changes }, { changes: changes[0] }] }, receivedAt);
  expect(updates.map((update) => update.kind).filter((kind) => kind === "message")).toHaveLength(6);
  expect(updates).toHaveLength(12);
});

test("an entry that is an object is read like a list of one", () => {
  const value = { messages: { from: "16505550100", id: "m", type: "text", text: { body: "x" } } };
  const update = only({ entry: { id: "102", changes: { value } } });
  expect(update).toMatchObject({ kind: "message", content: { text: "x" } });
});
