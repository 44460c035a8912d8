import { expect, test } from "vitest";
import { freeSlotsJson } from "../../../server/api/v1/booking/present-free-slots.ts";

const first = Date.parse("2026-12-31T23:30:00Z");
const text = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");

test("free slots are written as JSON would be, whatever the ids, the day and the length", () => {
  const lists = [
    [1],
    [1, 22, 333, 10, 100, 99, 9_007_199_254_740_991],
    Array.from({ length: 200 }, (_, id) => id + 95),
  ];
  for (const many of [0, 1, 2, 700, 3]) {
    const starts = Array.from({ length: many }, (_, index) => ({
      at: first + index * 1_800_000,
      providerIds: lists[Math.floor(index / 2) % lists.length] ?? [],
    }));
    const written = freeSlotsJson({ timeZone: "Europe/Berlin", durationMs: 2_700_000, starts });
    const data = starts.map(({ at, providerIds }) => ({
      starts_at: text(at),
      ends_at: text(at + 2_700_000),
      provider_ids: providerIds,
    }));
    expect(written.toString("utf8")).toBe(JSON.stringify({ time_zone: "Europe/Berlin", data }));
  }
});

test("a start between two minutes is written to the second", () => {
  const starts = [{ at: first + 1_000, providerIds: [7] }];
  const written = freeSlotsJson({ timeZone: "UTC", durationMs: 60_000, starts });
  expect(JSON.parse(written.toString()).data[0]).toEqual({
    starts_at: "2026-12-31T23:30:01Z",
    ends_at: "2026-12-31T23:31:01Z",
    provider_ids: [7],
  });
});
