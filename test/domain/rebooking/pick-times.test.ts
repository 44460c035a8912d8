import fc from "fast-check";
import { expect, test } from "vitest";
import { zoneSegments } from "../../../server/domain/booking/zone-segments.ts";
import { pickTimes } from "../../../server/domain/rebooking/pick-times.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const from = Date.UTC(2026, 2, 16);
const segments = zoneSegments("Europe/Berlin", from, from + 30 * dayMs);

const providers = fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
const month = fc.uniqueArray(fc.record({ hour: fc.integer({ min: 0, max: 30 * 24 - 1 }), providerIds: providers }), {
  selector: ({ hour }) => hour,
  minLength: 200,
  maxLength: 400,
});
const habits = fc.record({
  providerId: fc.constantFrom(1, 9),
  weekday: fc.integer({ min: 1, max: 7 }),
  minuteOfDay: fc.integer({ min: 0, max: 1439 }),
});

test("what suits best among the next ten days is what suits best of the month, wherever it says so", () => {
  let best = 0;
  fc.assert(
    fc.property(month, habits, fc.constantFrom("usual", "anybody"), (slots, habit, whom) => {
      const starts = slots
        .filter(({ providerIds }) => providerIds.includes(habit.providerId) === (whom === "usual"))
        .map(({ hour, providerIds }) => ({ at: from + hour * hourMs, providerIds }))
        .toSorted((a, b) => a.at - b.at);
      const within = (days: number) => {
        const until = from + days * dayMs;
        const some = starts.filter(({ at }) => at < until);
        return pickTimes({ starts: some, durationMs: hourMs }, habit, { segments, until });
      };
      const near = within(10);
      if (!near.isBest) return;
      best += 1;
      expect(near.times).toEqual(within(30).times);
    }),
    { numRuns: 300 },
  );
  expect(best).toBeGreaterThan(20);
});
