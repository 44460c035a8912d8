/** A stretch of time, in milliseconds of the epoch, in which a zone's clock stands at the same distance from UTC. */
export type ZoneSegment = { start: number; end: number; offsetMs: number };

const dayMs = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

export function isTimeZone(name: string): boolean {
  // "+01:00" is one to Intl and none to PostgreSQL.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The segments of a zone that cover a range of time, with two days on both sides for what the wall clock says there. */
export function zoneSegments(zone: string, from: number, to: number): ZoneSegment[] {
  const first = Math.floor(from / dayMs - 2) * dayMs;
  const last = Math.ceil(to / dayMs + 2) * dayMs;
  const segments: ZoneSegment[] = [{ start: first, end: last, offsetMs: offsetOfDay(zone, first) }];
  for (let day = first; day < last; day += dayMs) {
    const current = segments.at(-1);
    const offsetMs = offsetOfDay(zone, day + dayMs);
    if (!current || current.offsetMs === offsetMs) continue;
    const change = changeBetween(zone, day, day + dayMs, current.offsetMs);
    current.end = change;
    segments.push({ start: change, end: last, offsetMs });
  }
  return segments;
}

/**
 * When the wall clock shows this time (given as if it were UTC). A time that it shows twice is its first or its last showing; one
 * that it skips is the moment of the skip.
 */
export function instantOnClock(segments: ZoneSegment[], wallMs: number, showing: "first" | "last"): number {
  const shows = ({ start, end, offsetMs }: ZoneSegment) => wallMs - offsetMs >= start && wallMs - offsetMs < end;
  const found = showing === "first" ? segments.find(shows) : segments.findLast(shows);
  if (found) return wallMs - found.offsetMs;
  const skipped = segments.find(({ end, offsetMs }, index) => {
    const next = segments[index + 1];
    return next !== undefined && wallMs >= end + offsetMs && wallMs < end + next.offsetMs;
  });
  return skipped?.end ?? wallMs;
}

/** What the wall clock shows at a moment, as if it were UTC. */
export function wallClock(segments: ZoneSegment[], at: number): number {
  const segment = segments.find(({ start, end }) => at >= start && at < end);
  return at + (segment?.offsetMs ?? 0);
}

function changeBetween(zone: string, before: number, after: number, offsetMs: number): number {
  let [low, high] = [before, after];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offsetAt(zone, middle) === offsetMs) low = middle;
    else high = middle;
  }
  return high;
}

const offsets = new Map<string, Map<number, number>>();
const mostDays = 5_000;

// Kept, because asking a clock takes 8 µs and a month of free times asks 34 times.
function offsetOfDay(zone: string, day: number): number {
  const days = offsets.get(zone) ?? new Map<number, number>();
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= mostDays) days.clear();
  const offsetMs = offsetAt(zone, day);
  offsets.set(zone, days.set(day, offsetMs));
  return offsetMs;
}

function offsetAt(zone: string, at: number): number {
  const second = Math.floor(at / 1000) * 1000;
  const parts = new Map(
    clockOf(zone)
      .formatToParts(second)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")) - second;
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const fields = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const;
  const clock = new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", calendar: "gregory", ...fields });
  clocks.set(zone, clock);
  return clock;
}
