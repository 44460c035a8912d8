import { RecentEntries } from "../../recent-entries.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** A clock on the wall: the day as "2026-11-21", minutes since midnight, weekday 1 (Monday) to 7. */
export type LocalTime = { day: string; minutes: number; weekday: number };

export function localTime(at: Date, timeZone: string): LocalTime {
  const shown = wallClock(at, timeZone);
  return {
    day: shown.toISOString().slice(0, 10),
    minutes: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
    weekday: shown.getUTCDay() || 7,
  };
}

/** The moment at which a clock in that zone shows this; where a clock change leaves it out, the moment after the gap. */
export function momentOf(day: string, minutes: number, timeZone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  // Twice, because the first guess may lie on the other side of a clock change.
  let at = wanted - offsetAt(wanted, timeZone);
  at = wanted - offsetAt(at, timeZone);
  const shown = wallClock(new Date(at), timeZone).getTime();
  return new Date(shown < wanted ? at + (wanted - shown) : at);
}

/** "21 Nov, 14:05 (Europe/Berlin)", and "13 Jun 2025, 10:12 (Europe/Berlin)" where it is not this year's. */
export function inWords(at: Date, timeZone: string, now: Date): string {
  const isThisYear = localTime(at, timeZone).day.slice(0, 4) === localTime(now, timeZone).day.slice(0, 4);
  return `${wordsIn(timeZone, isThisYear ? {} : { year: "numeric" }).format(at)} (${timeZone})`;
}

/** "14:05:12 (Europe/Berlin)", for what is seconds away. */
export function secondInWords(at: Date, timeZone: string): string {
  const format = formatFor(`seconds ${timeZone}`, { timeZone, hourCycle: "h23", timeStyle: "medium" });
  return `${format.format(at)} (${timeZone})`;
}

function offsetAt(at: number, timeZone: string): number {
  const minute = Math.floor(at / 60_000) * 60_000;
  return wallClock(new Date(minute), timeZone).getTime() - minute;
}

const quarterMs = 15 * 60_000;
const offsets = new RecentEntries<number>(500);

// The wall's time written as if it were UTC, so that it can be counted with. Clocks change at whole quarters of an hour, so one reading
// serves until the next; the messages of a list are mostly about the same hours.
function wallClock(at: Date, timeZone: string): Date {
  const quarter = Math.floor(at.getTime() / quarterMs) * quarterMs;
  const key = `${timeZone} ${quarter}`;
  const offset = offsets.get(key) ?? shownAt(new Date(quarter), timeZone) - quarter;
  offsets.set(key, offset);
  return new Date(Math.floor(at.getTime() / 1_000) * 1_000 + offset);
}

function shownAt(at: Date, timeZone: string): number {
  const part = new Map(
    partsIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => part.get(type) ?? 0;
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
}

function partsIn(timeZone: string): Intl.DateTimeFormat {
  return formatFor(`parts ${timeZone}`, {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

function wordsIn(timeZone: string, year: { year?: "numeric" }): Intl.DateTimeFormat {
  return formatFor(`words ${year.year ?? ""} ${timeZone}`, {
    ...year,
    timeZone,
    hourCycle: "h23",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
}

// Making one costs a hundred times what using it does; there are about 400 zones.
function formatFor(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const known = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", options);
  formats.set(key, known);
  return known;
}
