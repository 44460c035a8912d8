import type { WeeklyHours } from "../booking/weekly-hours.ts";
import { joinedSpans, type Span, workingSpans } from "../booking/working-spans.ts";
import { zoneSegments } from "../booking/zone-segments.ts";

/** When a company works: the hours of each of its places, on the clock of that place. */
export type WorkingTime = { timeZone: string; hours: WeeklyHours[] }[];

const minuteMs = 60_000;
const farMs = 21 * 24 * 60 * minuteMs;

/** Monday to Friday, nine to six. */
export const usualHours: WeeklyHours[] = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  fromMinute: 9 * 60,
  toMinute: 18 * 60,
}));

/** When so many minutes of work are over. */
export function afterWork(now: Date, minutes: number, working: WorkingTime): Date {
  const spans = spansFrom(now, working);
  let left = minutes * minuteMs;
  for (const { from, to } of spans) {
    if (left <= to - from) return new Date(from + left);
    left -= to - from;
  }
  // Who works an hour a week is asked by the last one that is in sight.
  return new Date(spans.at(-1)?.to ?? now.getTime() + minutes * minuteMs);
}

/** So many minutes from now where somebody is at work now, and otherwise as soon as somebody is. */
export function soonAtWork(now: Date, minutes: number, working: WorkingTime): Date {
  const [first] = spansFrom(now, working);
  if (first === undefined || first.from === now.getTime()) return new Date(now.getTime() + minutes * minuteMs);
  return new Date(first.from);
}

/** What is left of the working time of the coming weeks. */
function spansFrom(now: Date, working: WorkingTime): Span[] {
  const from = now.getTime();
  const to = from + farMs;
  const spans = working.flatMap(({ timeZone, hours }) =>
    workingSpans({ from, to, segments: zoneSegments(timeZone, from, to), openingHours: null }, hours),
  );
  return joinedSpans(spans)
    .filter((span) => span.to > from)
    .map((span) => ({ ...span, from: Math.max(span.from, from) }));
}
