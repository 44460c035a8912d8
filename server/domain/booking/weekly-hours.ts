import { invalid } from "../domain-error.ts";

/** A stretch of one weekday (ISO: Monday is 1) on the wall clock, in minutes of the day. Past midnight is two of them. */
export type WeeklyHours = { weekday: number; fromMinute: number; toMinute: number };

export function checkWeeklyHours(path: string, hours: WeeklyHours[] | null | undefined): void {
  if (!hours) return;
  if (hours.length > 200) throw invalid(path, `${path} has at most 200 entries`);
  if (!hours.every(isStretch)) throw invalid(path, `${path} must have a weekday from 1 to 7, and end after they begin`);
}

/** Without those that touch or cover each other, in order. */
export function mergedHours<Hours extends WeeklyHours>(hours: Hours[]): WeeklyHours[] {
  const sorted = hours.toSorted((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute);
  const merged: WeeklyHours[] = [];
  for (const { weekday, fromMinute, toMinute } of sorted) {
    const last = merged.at(-1);
    if (last?.weekday === weekday && fromMinute <= last.toMinute) last.toMinute = Math.max(last.toMinute, toMinute);
    else merged.push({ weekday, fromMinute, toMinute });
  }
  return merged;
}

/** Where both hold. */
export function commonHours(ones: WeeklyHours[], others: WeeklyHours[]): WeeklyHours[] {
  return ones.flatMap((one) =>
    others.flatMap(({ weekday, fromMinute, toMinute }) => {
      const from = Math.max(one.fromMinute, fromMinute);
      const to = Math.min(one.toMinute, toMinute);
      return one.weekday === weekday && from < to ? [{ weekday, fromMinute: from, toMinute: to }] : [];
    }),
  );
}

function isStretch({ weekday, fromMinute, toMinute }: WeeklyHours): boolean {
  return weekday >= 1 && weekday <= 7 && fromMinute >= 0 && fromMinute < toMinute && toMinute <= 1440;
}
