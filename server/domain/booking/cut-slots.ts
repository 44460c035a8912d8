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
  for (const provider of providers) {
    const booked = joined(provider.booked);
    const away = joined(provider.away);
    for (const span of workingSpans(wanted, provider.hours)) {
      for (const start of startsIn(wanted, span, booked, away)) {
        const known = found.get(start);
        if (known) known.push(provider.id);
        else found.set(start, [provider.id]);
      }
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

function startsIn(
  { from, to, stepMs, durationMs, bufferMs }: Wanted,
  span: Span,
  booked: Span[],
  away: Span[],
): number[] {
  const starts: number[] = [];
  const skipped = Math.max(0, Math.ceil((from - span.from) / stepMs));
  const isBooked = overlapping(booked);
  const isAway = overlapping(away);
  for (let start = span.from + skipped * stepMs; start < to && start + durationMs <= span.to; start += stepMs) {
    if (isAway(start, start + durationMs) || isBooked(start, start + durationMs + bufferMs)) continue;
    starts.push(start);
  }
  return starts;
}

// Asked with rising starts, so each list is walked once.
function overlapping(spans: Span[]): (from: number, to: number) => boolean {
  let next = 0;
  return (from, to) => {
    while ((spans[next]?.to ?? Infinity) <= from) next += 1;
    return (spans[next]?.from ?? Infinity) < to;
  };
}

function startOfDay(wallMs: number): number {
  return Math.floor(wallMs / dayMs) * dayMs;
}
