import { expect, test } from "vitest";
import { cleanJson, cleanText, maxJsonDepth } from "../../shared/clean-json.ts";

test.each([
  ["plain", "plain"],
  ["", ""],
  ["a\0b\0", "ab"],
  ["\ud83d", "\ufffd"],
  ["\ude00\ud83d", "\ufffd\ufffd"],
  ["\ud83d\0\ude00", "😀"],
  ["😀 e\u0301 \u202e", "😀 e\u0301 \u202e"],
])("%j becomes %j", (text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test("keys and nested text are cleaned, and what JSON cannot carry is null", () => {
  expect(cleanJson({ "a\0": ["\ud800", 1, true, null, { b: undefined }], n: Number.NaN, f: cleanJson })).toStrictEqual({
    a: ["\ufffd", 1, true, null, { b: null }],
    n: null,
    f: null,
  });
});

test("a key __proto__ stays an own key", () => {
  expect(JSON.stringify(cleanJson(JSON.parse('{"__proto__":{"x":1}}')))).toBe('{"__proto__":{"x":1}}');
});

test("what nests too deep is cut, without overflowing the stack", () => {
  const deep: unknown = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  expect(JSON.stringify(cleanJson(deep))).toBe(`${"[".repeat(maxJsonDepth)}null${"]".repeat(maxJsonDepth)}`);
});
