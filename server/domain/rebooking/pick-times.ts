import type { FreeSlot } from "../booking/find-free-slots.ts";
import { wallClock, type ZoneSegment } from "../booking/zone-segments.ts";

/** When and with whom somebody usually comes. */
export type Habit = { providerId: number; weekday: number; minuteOfDay: number };

export type ProposedTime = { startsAt: string; endsAt: string; providerId: number };

const dayMs = 86_400_000;

/** The free times that suit a habit best, one a day as far as there are days, in order of time. */
export function pickTimes(slots: FreeSlot[], habit: Habit, segments: ZoneSegment[], count = 3): ProposedTime[] {
  const first = Date.parse(slots[0]?.startsAt ?? "");
  const ranked = slots
    .map((slot) => ({ slot, ...costOf(slot, habit, segments, first) }))
    .toSorted((a, b) => a.cost - b.cost || a.at - b.at);
  const days = new Set<number>();
  const picked = ranked.filter(({ day }) => days.size < count && !days.has(day) && days.add(day));
  for (const each of ranked) if (picked.length < count && !picked.includes(each)) picked.push(each);
  return picked
    .toSorted((a, b) => a.at - b.at)
    .map(({ slot: { startsAt, endsAt, providerIds } }) => {
      const providerId = providerIds.includes(habit.providerId) ? habit.providerId : (providerIds[0] ?? 0);
      return { startsAt, endsAt, providerId };
    });
}

// In hours: another person to treat you weighs as much as half a day, another weekday three hours, a later day half an hour.
function costOf({ startsAt, providerIds }: FreeSlot, habit: Habit, segments: ZoneSegment[], first: number) {
  const at = Date.parse(startsAt);
  const wall = wallClock(segments, at);
  const day = Math.floor(wall / dayMs);
  const minute = (wall % dayMs) / 60_000;
  const weekday = new Date(wall).getUTCDay() || 7;
  const cost =
    Math.abs(minute - habit.minuteOfDay) / 60 +
    (weekday === habit.weekday ? 0 : 3) +
    (providerIds.includes(habit.providerId) ? 0 : 12) +
    (at - first) / dayMs / 2;
  return { at, day, cost };
}
