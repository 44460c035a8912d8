const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long" });
const shortDate = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const longDate = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const fullTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const plainDay = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

const plainShortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });

const dayMs = 86_400_000;

export function clockTime(at: string): string {
  return clock.format(new Date(at));
}

export function exactTime(at: string): string {
  return fullTime.format(new Date(at));
}

/** A date without a time of day, as stored: it is the same day everywhere. */
export function calendarDay(on: string): string {
  return plainDay.format(new Date(on));
}

/** "25 – 29 Nov": two dates as stored, without the year. */
export function dayRange(fromOn: string, untilOn: string): string {
  return plainShortDay.formatRange(new Date(fromOn), new Date(untilOn));
}

/** "Today", "Yesterday", "Tuesday", "12 Mar", "12 Mar 2025". */
export function dayName(at: string, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  const date = new Date(at);
  if (days > 1 && days < 7) return weekday.format(date);
  return date.getFullYear() === new Date(now).getFullYear() ? shortDate.format(date) : longDate.format(date);
}

/** For a list: the clock today, otherwise the day. */
export function listTime(at: string, now: number): string {
  return daysBetween(at, now) === 0 ? clockTime(at) : dayName(at, now);
}

/** "Today, 14:05". */
export function dayAndClock(at: string, now: number): string {
  return `${dayName(at, now)}, ${clockTime(at)}`;
}

/** On the clock of the place, wherever the reader sits; with its zone where the reader's clock shows something else. */
export function placeTime(at: string, timeZone: string): string {
  const there = placeClock({ timeZone }).format(new Date(at));
  return isOwnClock(at, timeZone) ? there : placeClock({ timeZone, timeZoneName: "short" }).format(new Date(at));
}

/** Whether the reader's own clock shows the same as the place's. */
export function isOwnClock(at: string, timeZone: string): boolean {
  const time = new Date(at);
  return placeClock({ timeZone }).format(time) === placeClock({}).format(time);
}

function placeClock(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(undefined, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    ...options,
  });
}

/** "due today", "due in 3 days", "2 days overdue". */
export function dueWords(at: string, now: number): string {
  const days = -daysBetween(at, now);
  if (new Date(at).getTime() < now) return days === 0 ? `was due ${clockTime(at)}` : `${counted(-days, "day")} overdue`;
  if (days === 0) return `due today, ${clockTime(at)}`;
  return days === 1 ? `due tomorrow, ${clockTime(at)}` : `due in ${days} days`;
}

/** "23 h 12 min", "12 min". */
export function durationWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? "" : "s"}`;
}

/** Whole calendar days here, not spans of 24 hours: 23:59 was yesterday at 00:01. */
function daysBetween(at: string, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(new Date(at).getTime())) / dayMs);
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}
