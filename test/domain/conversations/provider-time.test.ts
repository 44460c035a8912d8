import { expect, test } from "vitest";
import { providerTime } from "../../../server/domain/conversations/provider-time.ts";

const receivedAt = new Date("2026-11-21T10:00:00Z");

test.each([
  ["1749416383", new Date(1_749_416_383_000)],
  [1_749_416_383, new Date(1_749_416_383_000)],
  [1_749_416_383.5, new Date(1_749_416_383_500)],
  [1_749_416_383_123, new Date(1_749_416_383_123)],
  ["1749416383123", new Date(1_749_416_383_123)],
  // Clocks differ by hours, not by days.
  [receivedAt.getTime() / 1000 + 3600, new Date("2026-11-21T11:00:00Z")],
])("%j is a time", (value, time) => {
  expect(providerTime(value, receivedAt)).toEqual(time);
});

test.each([undefined, null, "", "soon", {}, [], true, 0, -5, 1_230_000_000, "9999999999", 1e300, Number.NaN])(
  "%j is not, and the moment of receipt stands in",
  (value) => {
    expect(providerTime(value, receivedAt)).toBe(receivedAt);
  },
);
