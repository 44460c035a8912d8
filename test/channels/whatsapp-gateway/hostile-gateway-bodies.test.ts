import { expect, test } from "vitest";
import { parseGatewayBody } from "../../../server/channels/whatsapp-gateway/parse-gateway-body.ts";
import { mutated, seededRandom } from "../mutate-json.ts";
import { gatewayBodies, upsert } from "./gateway-bodies.ts";

const receivedAt = new Date("2026-11-21T10:00:00Z");
const channel = { companyId: 1, instance: "shop" };

test.each([null, true, 0, "", "text", [], {}, [[]], { data: [] }, { event: "messages.upsert" }, { data: { key: 1 } }])(
  "the body %j is kept as unknown",
  (body) => {
    const updates = parseGatewayBody(body, channel, receivedAt);
    expect(updates).not.toHaveLength(0);
    expect(updates.map((update) => update.kind)).toEqual(updates.map(() => "unknown"));
  },
);

test("2,000 mutated bodies never throw, always say something and leave nothing unstorable", () => {
  const random = seededRandom(20_261_122);
  const originals = Object.values(gatewayBodies);
  for (let round = 0; round < 2000; round += 1) {
    const body = mutated(originals[round % originals.length], random, 0.02 + (round % 10) / 50);
    const updates = parseGatewayBody(body, channel, receivedAt);
    expect(updates.length).toBeGreaterThan(0);
    const stored = JSON.stringify(updates);
    expect(stored).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
    expect(JSON.stringify(parseGatewayBody(body, channel, receivedAt))).toBe(stored);
  }
});

test("wrappers without end are given up", () => {
  let message: unknown = { conversation: "x" };
  for (let depth = 0; depth < 50; depth += 1) message = { ephemeralMessage: { message } };
  expect(parseGatewayBody(upsert(message), channel, receivedAt)).toMatchObject([{ kind: "unknown" }]);
});

test("keys of prototypes stay data", () => {
  const message: unknown = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
  const [update] = parseGatewayBody(upsert(message), channel, receivedAt);
  expect(update).toMatchObject({ kind: "message", content: { type: "__proto__", details: { polluted: 1 } } });
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});
