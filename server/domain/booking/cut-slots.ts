import { commonHours, mergedHours, type WeeklyHours } from "./weekly-hours.ts";
import { instantOnClock, wallClock, type ZoneSegment } from "./zone-segments.ts";

/** From, inclusive, to, exclusive; milliseconds of the epoch. */
export type Span = { from: number; to: number };

export type Working = { id: number; hours: WeeklyHours[]; booked: Span[]; away: Span[] };

export type WorkTime = Span & { segments: ZoneSegment[]; openingHours: WeeklyHours[] | null };

export type Wanted = WorkTime & {
  stepMs: number;
  durationMs: number;
  /** After the visit, in which the provider may have no other; closing time and time off do not mind it. */
  bufferMs: number;
};

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The starts that providers still have, by time. Steps count from the beginning of each stretch of work, in time that really passes. */
export function cutSlots(wanted: Wanted, providers: Working[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const alike of Map.groupBy(providers, ({ hours }) => JSON.stringify(hours)).values()) {
    const starts = startsIn(wanted, workingSpans(wanted, alike[0]?.hours ?? []));
    const free = starts.map((): number[] => []);
    for (const provider of alike) addFree(free, starts, wanted, provider);
    for (const [index, start] of starts.entries()) {
      const ids = free[index] ?? [];
      if (ids.length > 0) found.set(start, [...(found.get(start) ?? []), ...ids]);
    }
  }
  return found;
}

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
  return joined(spans);
}

/** In order and without overlaps; spans that touch become one. */
export function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else if (span.from < span.to) result.push({ ...span });
  }
  return result;
}

// Once for all who work the same hours: of twenty providers' month it is most of the work.
function startsIn({ from, to, stepMs, durationMs }: Wanted, spans: Span[]): number[] {
  const starts: number[] = [];
  for (const span of spans) {
    const skipped = Math.max(0, Math.ceil((from - span.from) / stepMs));
    const last = Math.min(to - 1, span.to - durationMs);
    for (let start = span.from + skipped * stepMs; start <= last; start += stepMs) starts.push(start);
  }
  return starts;
}

// The starts rise, so each list is walked once.
function addFree(free: number[][], starts: number[], { durationMs, bufferMs }: Wanted, provider: Working): void {
  const booked = joined(provider.booked);
  const away = joined(provider.away);
  let [nextBooked, nextAway] = [0, 0];
  for (let index = 0; index < starts.length; index += 1) {
    const start = starts[index] ?? 0;
    while (nextBooked < booked.length && (booked[nextBooked]?.to ?? 0) <= start) nextBooked += 1;
    while (nextAway < away.length && (away[nextAway]?.to ?? 0) <= start) nextAway += 1;
    const isBooked = (booked[nextBooked]?.from ?? Infinity) < start + durationMs + bufferMs;
    const isAway = (away[nextAway]?.from ?? Infinity) < start + durationMs;
    if (!isBooked && !isAway) free[index]?.push(provider.id);
  }
}

function startOfDay(wallMs: number): number {
  return Math.floor(wallMs / dayMs) * dayMs;
}
