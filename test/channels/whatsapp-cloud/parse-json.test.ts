import { expect, test } from "vitest";
import { parseJsonKeepingBigIntegers } from "../../../server/channels/whatsapp-cloud/parse-json.ts";

test.each([
  ['{"id":9007199254740993}', { id: "9007199254740993" }],
  ['{"id": -12345678901234567890 }', { id: "-12345678901234567890" }],
  ['[1,\n12345678901234567,"12345678901234567"]', [1, "12345678901234567", "12345678901234567"]],
  ["12345678901234567", "12345678901234567"],
  [
    '{"id":9007199254740991,"at":1750030073,"x":0.1234567890123456789}',
    { id: 9007199254740991, at: 1750030073, x: 0.12345678901234568 },
  ],
  ['{"text":"call :1234567890123456789"}', { text: "call :1234567890123456789" }],
  ['{"__proto__":{"x":1}}', JSON.parse('{"__proto__":{"x":1}}')],
  ["null", null],
])("reads %s", (raw, value) => {
  expect(parseJsonKeepingBigIntegers(raw)).toStrictEqual({ ok: true, value });
});

test.each(["", "{", "{'a':1}", '{"a":1}x', "NaN", "\0"])("refuses %j with a reason", (raw) => {
  const result = parseJsonKeepingBigIntegers(raw);
  expect(result).toMatchObject({ ok: false, why: expect.stringMatching(/./) });
});

test.each([200, 201, 500_000])("takes 200 levels and no more: %i", (depth) => {
  const raw = `${"[".repeat(depth)}${"]".repeat(depth)}`;
  expect(parseJsonKeepingBigIntegers(raw).ok).toBe(depth <= 200);
  const withBigInteger = `${'{"a":'.repeat(depth)}12345678901234567${"}".repeat(depth)}`;
  expect(parseJsonKeepingBigIntegers(withBigInteger).ok).toBe(depth <= 200);
});
