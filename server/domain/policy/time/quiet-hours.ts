import { localTime, momentOf } from "./local-time.ts";

export type QuietHours = {
  /** "20:00"; null: none. */
  quietFrom: string | null;
  quietTo: string | null;
  /** Quiet all day, 1 Monday to 7 Sunday. */
  quietWeekdays: number[];
};

/** Until when somebody in that zone is left alone; null where they may be written to now. */
export function quietUntil(now: Date, timeZone: string, quiet: QuietHours): Date | null {
  if (!isQuiet(now, timeZone, quiet)) return null;
  const { day } = localTime(now, timeZone);
  // Not all seven days are quiet, so the week ahead has a moment that is not.
  for (let ahead = 0; ahead <= 8; ahead++) {
    for (const minutes of [0, minutesOf(quiet.quietTo) ?? 0]) {
      const at = momentOf(dayAfter(day, ahead), minutes, timeZone);
      if (at > now && !isQuiet(at, timeZone, quiet)) return at;
    }
  }
  return new Date(now.getTime() + 24 * 3_600_000);
}

function isQuiet(at: Date, timeZone: string, { quietFrom, quietTo, quietWeekdays }: QuietHours): boolean {
  const { minutes, weekday } = localTime(at, timeZone);
  if (quietWeekdays.includes(weekday)) return true;
  const from = minutesOf(quietFrom);
  const to = minutesOf(quietTo);
  if (from === undefined || to === undefined || from === to) return false;
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

function minutesOf(time: string | null): number | undefined {
  if (time === null) return undefined;
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
