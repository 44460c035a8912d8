import type { FreeStart } from "../booking/cut-slots.ts";
import type { FreeStarts } from "../booking/find-free-starts.ts";
import { wallClock, type ZoneSegment } from "../booking/zone-segments.ts";

/** When and with whom somebody usually comes. */
export type Habit = { providerId: number; weekday: number; minuteOfDay: number };

export type ProposedTime = { startsAt: string; endsAt: string; providerId: number };

const dayMs = 86_400_000;

/** `isBest`: nothing that is free after the time looked at could suit better, because waiting costs too. */
export type Picked = { times: ProposedTime[]; isBest: boolean };

/** The free times that suit a habit best, one a day as far as there are days, in order of time. */
export function pickTimes(
  { starts, durationMs }: Pick<FreeStarts, "starts" | "durationMs">,
  habit: Habit,
  { segments, until }: { segments: ZoneSegment[]; until: number },
  count = 3,
): Picked {
  const first = starts[0]?.at ?? 0;
  const bestOf = new Map<number, Priced>();
  for (const start of starts) {
    const { day, cost } = costOf(start, habit, segments, first);
    if (cost < (bestOf.get(day)?.cost ?? Infinity)) bestOf.set(day, { start, day, cost });
  }
  const picked = [...bestOf.values()].sort(cheaper).slice(0, count);
  const isBest =
    picked.length === count && picked.every(({ start, cost }) => cost <= leastCost(start, habit, until - first));
  if (picked.length < count) {
    const others = starts
      .filter((start) => !picked.some((each) => each.start === start))
      .map((start) => ({ start, ...costOf(start, habit, segments, first) }))
      .sort(cheaper);
    picked.push(...others.slice(0, count - picked.length));
  }
  const times = picked
    .toSorted((a, b) => a.start.at - b.start.at)
    .map(({ start: { at, providerIds } }) => {
      const providerId = providerIds.includes(habit.providerId) ? habit.providerId : (providerIds[0] ?? 0);
      return { startsAt: timeText(at), endsAt: timeText(at + durationMs), providerId };
    });
  return { times, isBest };
}

type Priced = { start: FreeStart; day: number; cost: number };

function cheaper(a: Priced, b: Priced): number {
  return a.cost - b.cost || a.start.at - b.start.at;
}

// In hours: another person to treat you weighs as much as half a day, another weekday three hours, a later day half an hour.
function costOf({ at, providerIds }: FreeStart, habit: Habit, segments: ZoneSegment[], first: number) {
  const wall = wallClock(segments, at);
  const day = Math.floor(wall / dayMs);
  const minute = (wall % dayMs) / 60_000;
  // The first day of the epoch was a Thursday.
  const weekday = ((day + 3) % 7) + 1;
  const cost =
    Math.abs(minute - habit.minuteOfDay) / 60 +
    (weekday === habit.weekday ? 0 : 3) +
    leastCost({ providerIds }, habit, at - first);
  return { day, cost };
}

function leastCost({ providerIds }: Pick<FreeStart, "providerIds">, { providerId }: Habit, afterMs: number): number {
  return (providerIds.includes(providerId) ? 0 : 12) + afterMs / dayMs / 2;
}

function timeText(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
