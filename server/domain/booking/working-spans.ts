import { commonHours, mergedHours, type WeeklyHours } from "./weekly-hours.ts";
import { instantOnClock, wallClock, type ZoneSegment } from "./zone-segments.ts";

/** From, inclusive, to, exclusive; milliseconds of the epoch. */
export type Span = { from: number; to: number };

export type WorkTime = Span & { segments: ZoneSegment[]; openingHours: WeeklyHours[] | null };

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** When somebody works, as moments; an hour that the clock repeats is worked twice, one that it skips not at all. */
export function workingSpans({ from, to, segments, openingHours }: WorkTime, weekly: WeeklyHours[]): Span[] {
  const merged = mergedHours(weekly);
  const hours = openingHours === null ? merged : mergedHours(commonHours(merged, mergedHours(openingHours)));
  const spans: Span[] = [];
  const last = wallClock(segments, to);
  for (let day = startOfDay(wallClock(segments, from) - dayMs); day <= last; day += dayMs) {
    const weekday = new Date(day).getUTCDay() || 7;
    for (const each of hours) {
      if (each.weekday !== weekday) continue;
      const start = instantOnClock(segments, day + each.fromMinute * minuteMs, "first");
      const end = instantOnClock(segments, day + each.toMinute * minuteMs, "last");
      spans.push({ from: start, to: end });
    }
  }
  // A day that ends at midnight goes on where the next one begins so.
  return joinedSpans(spans);
}

/** In order and without overlaps; spans that touch become one. */
export function joinedSpans(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else if (span.from < span.to) result.push({ ...span });
  }
  return result;
}

function startOfDay(wallMs: number): number {
  return Math.floor(wallMs / dayMs) * dayMs;
}
