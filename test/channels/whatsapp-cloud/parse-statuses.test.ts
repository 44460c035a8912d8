import { expect, test } from "vitest";
import { parseWebhook } from "../../../server/channels/whatsapp-cloud/parse-body.ts";
import { bodies, changeOf, statusOf } from "./webhook-bodies.ts";

const receivedAt = new Date("2026-11-21T10:00:00Z");

test("a status comes with our own id, its price and its person", () => {
  expect(parseWebhook(bodies.delivered, receivedAt)).toMatchObject([
    {
      kind: "status",
      providerId: "wamid.OUT",
      status: "delivered",
      at: new Date(1_750_030_073_000),
      person: { waId: "16505550100", userId: "US.1001" },
      callbackData: "our-1",
      pricing: { category: "service" },
    },
  ]);
});

test("a failure says why", () => {
  const errors = [{ code: 131047, title: "Re-engagement", details: "24 h" }];
  expect(parseWebhook(bodies.failed, receivedAt)).toMatchObject([{ status: "failed", errors }]);
});

test("in a group the person is the participant", () => {
  const update = { kind: "status", groupId: "G1", person: { waId: "16505550100" } };
  expect(parseWebhook(bodies.groupStatus, receivedAt)).toMatchObject([update]);
});

test.each(["accepted", "sent", "delivered", "read", "played", "failed", "READ"])("knows %s", (status) => {
  expect(parseWebhook(statusOf({ status }), receivedAt)).toMatchObject([{ status: status.toLowerCase() }]);
});

test.each([
  ["a word nobody knows", bodies.oddStatus, "status word not known"],
  ["no id", statusOf({ id: undefined }), "status without a message id"],
  ["no object", changeOf("messages", { statuses: ["sent"] }), "status without a message id"],
])("keeps a status with %s as unknown", (_name, body, why) => {
  expect(parseWebhook(body, receivedAt)).toMatchObject([{ kind: "unknown", field: "messages", why }]);
});

test("a status needs no person", () => {
  const body = changeOf("messages", { statuses: [{ id: "wamid.OUT", status: "sent" }] });
  expect(parseWebhook(body, receivedAt)).toMatchObject([{ status: "sent", person: {}, at: receivedAt }]);
});
