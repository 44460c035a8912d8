import { expect, test } from "vitest";
import { parseWebhook } from "../../../server/channels/whatsapp-cloud/parse-body.ts";
import { bodies, changeOf, history } from "./webhook-bodies.ts";

const receivedAt = new Date("2026-11-21T10:00:00Z");
const adaKeys = { waId: "16505550100", phone: "+16505550100" };

test("an echo is ours, and its person is whom it was written to", () => {
  const echo = {
    kind: "message",
    origin: "echo",
    direction: "out",
    person: adaKeys,
    content: { text: "From the app" },
  };
  expect(parseWebhook(bodies.echo, receivedAt)).toMatchObject([echo]);
  const edited = { kind: "edited", providerId: "wamid.E", content: { text: "C" } };
  expect(parseWebhook(bodies.echoEdit, receivedAt)).toMatchObject([edited]);
  expect(parseWebhook(bodies.echoRevoke, receivedAt)).toMatchObject([{ kind: "revoked", providerId: "wamid.E" }]);
});

test("an echo to somebody without a number names the user id", () => {
  const message = { from: "15550783881", to_user_id: "US.5", id: "e", type: "text", text: { body: "x" } };
  const updates = parseWebhook(changeOf("smb_message_echoes", { message_echoes: [message] }), receivedAt);
  expect(updates).toMatchObject([{ kind: "message", person: { userId: "US.5" } }]);
});

test("history knows its direction, its person and how far it went", () => {
  const [progress, incoming, outgoing, grouped] = parseWebhook(bodies.history, receivedAt);
  expect(progress).toMatchObject({ kind: "account_event", event: "progress", details: { progress: 55 } });
  expect(incoming).toMatchObject({ origin: "history", direction: "in", person: adaKeys, status: "read" });
  expect(outgoing).toMatchObject({
    direction: "out",
    person: adaKeys,
    status: "accepted",
    content: { type: "media_placeholder" },
  });
  expect(grouped).toMatchObject({ direction: "in", groupId: "G1", person: { waId: "16505550177" } });
});

test("history tells direction by the thread where our own number is missing", () => {
  const value = { metadata: { phone_number_id: "1" }, history: [history] };
  const updates = parseWebhook({ entry: [{ id: "102", changes: [{ field: "history", value }] }] }, receivedAt);
  expect(updates.map((update) => (update.kind === "message" ? update.direction : "-"))).toEqual([
    "-",
    "in",
    "out",
    "in",
  ]);
});

test("a thread may be named by a user id", () => {
  const message = { from_user_id: "US.5", id: "h", type: "text", text: { body: "x" } };
  const chunk = { threads: [{ id: "US.5", context: { username: "five" }, messages: [message] }] };
  const updates = parseWebhook(changeOf("history", { history: [chunk] }), receivedAt);
  expect(updates).toMatchObject([{ direction: "in", person: { userId: "US.5", username: "five" } }]);
});

test("media of the history that come later are history too", () => {
  const messages = [{ from: "16505550100", id: "h", type: "image", image: { id: "9" } }];
  const updates = parseWebhook(changeOf("history", { messages }), receivedAt);
  expect(updates).toMatchObject([{ kind: "message", origin: "history", content: { media: { id: "9" } } }]);
});

test("a refused history is an event with its code", () => {
  const refused = { kind: "account_event", field: "history", event: "error", details: { code: 2593109 } };
  expect(parseWebhook(bodies.historyRefused, receivedAt)).toMatchObject([refused]);
});

test("the phone's address book names people", () => {
  expect(parseWebhook(bodies.contactSync, receivedAt)).toMatchObject([
    { kind: "contact_synced", action: "add", person: adaKeys, fullName: "Ada Example", firstName: "Ada" },
  ]);
  const odd = [{ action: "add" }, { action: "boil", contact: {} }, { action: "remove", contact: {} }];
  const kinds = parseWebhook(changeOf("smb_app_state_sync", { state_sync: odd }), receivedAt).map(
    (update) => update.kind,
  );
  expect(kinds).toEqual(["unknown", "unknown", "unknown"]);
});
