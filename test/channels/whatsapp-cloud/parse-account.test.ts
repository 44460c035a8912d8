import { expect, test } from "vitest";
import { parseWebhook } from "../../../server/channels/whatsapp-cloud/parse-body.ts";
import { bodies, changeOf, webhook } from "./webhook-bodies.ts";

const receivedAt = new Date("2026-11-21T10:00:00Z");

test.each([
  ["account", { field: "account_update", event: "ACCOUNT_DELETED", at: new Date(1_743_451_903_000) }],
  ["partner", { event: "PARTNER_ADDED", channel: { provider: "whatsapp_cloud", wabaId: "980" } }],
  ["quality", { event: "FLAGGED", channel: { displayPhone: "15550783881" }, at: receivedAt }],
  ["review", { event: "APPROVED", details: { decision: "APPROVED" } }],
  ["call", { field: "calls", event: "connect", at: new Date(1_752_583_107_000) }],
  ["group", { field: "group_lifecycle_update", event: "group_create" }],
  ["error", { field: "messages", event: "error", details: { code: 130429 } }],
])("%s is an account event with its details", (name, event) => {
  expect(parseWebhook(bodies[name], receivedAt)).toMatchObject([{ kind: "account_event", ...event }]);
});

test("each of several calls is an event, and the people stay beside it", () => {
  const contacts = [{ wa_id: "16505550100" }];
  const calls = [{ event: "connect" }, { event: "terminate" }];
  const updates = parseWebhook(changeOf("calls", { contacts, calls, errors: [{ code: 1 }] }), receivedAt);
  expect(updates).toMatchObject([
    { event: "connect", details: { contacts, calls: [{ event: "connect" }] } },
    { event: "terminate" },
    { event: "error" },
  ]);
});

test("stop is a preference, and a word without consent in it is not", () => {
  expect(parseWebhook(bodies.stop, receivedAt)).toMatchObject([
    { kind: "preference", value: "stop", category: "marketing_messages", person: { userId: "US.1001" } },
    { kind: "account_event", event: "signup" },
  ]);
  const nobody = changeOf("user_preferences", { user_preferences: [{ value: "stop" }, "stop"] });
  expect(parseWebhook(nobody, receivedAt).map((update) => update.kind)).toEqual(["unknown", "unknown"]);
});

test("a new user id is a change of identity", () => {
  const from = { waId: "16505550100", userId: "US.1001" };
  const changed = { kind: "identity_changed", change: "user_id", from, to: { userId: "US.2002" } };
  expect(parseWebhook(bodies.userId, receivedAt)).toMatchObject([changed]);
  expect(parseWebhook(changeOf("user_id_update", {}), receivedAt)).toMatchObject([{ kind: "unknown" }]);
});

test("a template id beyond 2^53 survives as the text it was kept as", () => {
  const value = { event: "APPROVED", message_template_id: "12345678901234567890", reason: null };
  const [update] = parseWebhook(webhook("message_template_status_update", value), receivedAt);
  expect(update).toMatchObject({ kind: "account_event", event: "APPROVED", details: value });
});

test("a field nobody knows keeps its details", () => {
  const unknown = { kind: "unknown", field: "tea_update", details: { strength: "strong" } };
  expect(parseWebhook(bodies.strangeField, receivedAt)).toMatchObject([unknown]);
});
