import fc from "fast-check";
import { expect, test } from "vitest";
import { cutSlots, type Working } from "../../../server/domain/booking/cut-slots.ts";
import { workingSpans } from "../../../server/domain/booking/working-spans.ts";
import { zoneSegments } from "../../../server/domain/booking/zone-segments.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
// The clock is put back on the second day.
const from = Date.UTC(2026, 9, 24);
const origin = from - 3 * dayMs;
const days = 4;
const segments = zoneSegments("Europe/Berlin", from, from + days * dayMs);

const weeks = [
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 480 })),
  [6, 7].map((weekday) => ({ weekday, fromMinute: 90, toMinute: 1440 })),
  [],
];

/** Seconds, apart and in order, some of them not on a minute. */
const taken = fc
  .uniqueArray(fc.integer({ min: 0, max: (days + 4) * 86_400 }), { maxLength: 60 })
  .map((seconds) => Int32Array.from(seconds.toSorted((a, b) => a - b).slice(0, 2 * Math.floor(seconds.length / 2))));

const providers = fc
  .array(fc.record({ week: fc.integer({ min: 0, max: 2 }), booked: taken, away: taken }), { maxLength: 6 })
  .map((list) =>
    list.map(
      ({ week, booked, away }, index): Working => ({
        ...{ id: 100 + index, hours: weeks[week] ?? [], hoursKey: String(week), origin, booked, away },
      }),
    ),
  );

const overlaps = (spans: Int32Array, start: number, end: number) =>
  Array.from({ length: spans.length / 2 }, (_, at) => at).some(
    (at) => origin + (spans[2 * at] ?? 0) * 1000 < end && origin + (spans[2 * at + 1] ?? 0) * 1000 > start,
  );

test("free starts are those that one by one stand in nobody's way", () => {
  fc.assert(
    fc.property(
      providers,
      fc.constantFrom(5, 20, 30, 45),
      fc.integer({ min: 1, max: 180 }),
      fc.constantFrom(0, 10, 75),
      fc.integer({ min: 0, max: dayMs }),
      (working, stepMinutes, durationMinutes, bufferMinutes, after) => {
        const stepMs = stepMinutes * minuteMs;
        const durationMs = durationMinutes * minuteMs;
        const bufferMs = bufferMinutes * minuteMs;
        const range = { from: from + after, to: from + days * dayMs, segments, openingHours: null };
        const expected = new Map<number, number[]>();
        for (const { id, hours, booked, away } of working)
          for (const span of workingSpans(range, hours))
            for (let start = span.from; start + durationMs <= span.to && start < range.to; start += stepMs) {
              if (start < range.from || overlaps(booked, start, start + durationMs + bufferMs)) continue;
              if (!overlaps(away, start, start + durationMs)) expected.set(start, [...(expected.get(start) ?? []), id]);
            }
        const found = cutSlots({ ...range, stepMs, durationMs, bufferMs }, working);
        expect(found.map(({ at }) => at)).toEqual([...expected.keys()].toSorted((a, b) => a - b));
        for (const { at, providerIds } of found)
          expect(providerIds.toSorted((a, b) => a - b)).toEqual(expected.get(at)?.toSorted((a, b) => a - b));
      },
    ),
    { numRuns: 200 },
  );
});
