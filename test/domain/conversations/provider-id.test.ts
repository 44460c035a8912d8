import { expect, test } from "vitest";
import { contentHashId, providerIdOf } from "../../../server/domain/conversations/provider-id.ts";

test("an id is kept as it is while an index can hold it", () => {
  expect(providerIdOf("wamid.A=")).toBe("wamid.A=");
  expect(providerIdOf(12)).toBe("12");
  expect(providerIdOf("")).toBeUndefined();
  expect(providerIdOf({})).toBeUndefined();
  expect(providerIdOf("a".repeat(501))).toMatch(/^hash:[0-9a-f]{64}$/);
  expect(providerIdOf("a".repeat(501))).not.toBe(providerIdOf("a".repeat(502)));
});

test("equal content has the equal hash, whatever the order of keys", () => {
  const hash = contentHashId({ a: 1, b: [{ c: 2, d: null }] });
  expect(contentHashId({ b: [{ d: null, c: 2 }], a: 1 })).toBe(hash);
  expect(contentHashId({ b: [{ d: null, c: 3 }], a: 1 })).not.toBe(hash);
});
