import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseWebhook } from "../../../server/channels/whatsapp-cloud/parse-body.ts";
import { cleanText } from "../../../shared/clean-json.ts";
import { mutated, seededRandom } from "../mutate-json.ts";
import { bodies, messageOf } from "./webhook-bodies.ts";

const receivedAt = new Date("2026-11-21T10:00:00Z");
const fixtures = process.env.RAPPORT_FIXTURES ?? join(import.meta.dirname, "../../../../shared/fixtures");
const naughtyFile = join(fixtures, "naughty-strings/blns.json");

test.each([null, true, 0, "", "text", [], {}, [[]], { entry: [] }, { entry: null }, { entry: "x" }, { entry: [null] }])(
  "the body %j is kept as unknown",
  (body) => {
    const updates = parseWebhook(body, receivedAt);
    expect(updates).not.toHaveLength(0);
    expect(updates.map((update) => update.kind)).toEqual(updates.map(() => "unknown"));
  },
);

test.each([{ changes: [] }, { changes: [null] }, { changes: [{ field: "messages" }] }, { changes: [{ value: "x" }] }])(
  "the entry %j is kept as unknown",
  (entry) => {
    expect(parseWebhook({ entry: [entry] }, receivedAt)).toMatchObject([{ kind: "unknown" }]);
  },
);

test("2,000 mutated bodies never throw, always say something and leave nothing unstorable", () => {
  const random = seededRandom(20_261_121);
  const originals = Object.values(bodies);
  for (let round = 0; round < 2000; round += 1) {
    const body = mutated(originals[round % originals.length], random, 0.02 + (round % 10) / 50);
    const updates = parseWebhook(body, receivedAt);
    expect(updates.length).toBeGreaterThan(0);
    const stored = JSON.stringify(updates);
    expect(stored).not.toMatch(/(?<!\\)(\\\\)*\\u(0000|d[89a-f])/i);
    expect(JSON.stringify(parseWebhook(body, receivedAt))).toBe(stored);
  }
});

test("keys of prototypes stay data", () => {
  const evil = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":"x"}';
  const raw = `{"entry":[{"id":"1","__proto__":{"x":1},"changes":[{"field":"__proto__","value":${evil}}]}]}`;
  const [update] = parseWebhook(JSON.parse(raw), receivedAt);
  expect(update).toMatchObject({ kind: "unknown", field: "__proto__" });
  expect(JSON.stringify(update)).toContain(evil);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  for (const type of ["constructor", "__proto__"]) {
    const content = { type, details: { id: "wamid.IN", type } };
    expect(parseWebhook(messageOf({ type }), receivedAt)).toMatchObject([{ content }]);
  }
});

test("a body of 100,000 levels is read as far as it is sane", () => {
  const deep: unknown = JSON.parse(`${'{"a":['.repeat(50_000)}${"]}".repeat(50_000)}`);
  expect(parseWebhook(deep, receivedAt)).toMatchObject([{ kind: "unknown" }]);
  const updates = parseWebhook(messageOf({ type: "text", text: { body: "Hello" }, extra: deep }), receivedAt);
  expect(updates).toMatchObject([{ kind: "message", content: { text: "Hello" } }]);
});

test("NUL and half characters never reach an update", () => {
  const [update] = parseWebhook(
    messageOf({ id: "m\0", type: "holo\0", holo: { "k\0\ud800": "\udc00", body: "a\0b\ud83d" } }),
    receivedAt,
  );
  const details = { "k\ufffd": "\ufffd", body: "a\0b\ud83d".replace("\0", "").toWellFormed() };
  expect(update).toMatchObject({ providerId: "m", content: { type: "holo", text: "ab\ufffd", details } });
});

test.skipIf(!existsSync(naughtyFile))("the naughty strings come through unchanged (needs ../shared/fixtures)", () => {
  const strings: unknown = JSON.parse(readFileSync(naughtyFile, "utf8"));
  if (!Array.isArray(strings)) throw new Error("blns.json is not a list");
  for (const text of strings.map(String)) {
    const [update] = parseWebhook(messageOf({ type: "text", text: { body: text } }), receivedAt);
    const stored = cleanText(text);
    expect(update).toHaveProperty("content", stored === "" ? { type: "text" } : { type: "text", text: stored });
  }
});
