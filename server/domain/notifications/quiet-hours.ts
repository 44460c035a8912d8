import { instantOnClock, wallClock, type ZoneSegment, zoneSegments } from "../booking/zone-segments.ts";

/** Minutes of the local day: from 22:00 (1320) until 7:00 (420) goes over midnight. */
export type QuietHours = { timeZone: string; quietFrom: number | null; quietUntil: number | null };

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * When somebody may be disturbed: at once, or when their quiet hours end. The end is what the clock on their wall shows; where it
 * shows that time twice, they are left to sleep until the second.
 */
export function undisturbedUntil({ timeZone, quietFrom, quietUntil }: QuietHours, at: Date): Date {
  if (quietFrom === null || quietUntil === null || quietFrom === quietUntil) return at;
  const segments = zoneSegments(timeZone, at.getTime(), at.getTime());
  const wall = wallClock(segments, at.getTime());
  const minute = Math.floor(modulo(wall, dayMs) / minuteMs);
  const isQuiet =
    quietFrom < quietUntil ? minute >= quietFrom && minute < quietUntil : minute >= quietFrom || minute < quietUntil;
  if (!isQuiet) return at;
  return new Date(Math.max(at.getTime(), comingWall(segments, wall, quietUntil, "last")));
}

/** The next time the clock shows the member's hour for digests; later where that lies in their quiet hours. */
export function nextDigest(settings: QuietHours & { digestAt: number }, at: Date): Date {
  const segments = zoneSegments(settings.timeZone, at.getTime(), at.getTime() + dayMs);
  const wall = wallClock(segments, at.getTime());
  const first = comingWall(segments, wall, settings.digestAt, "first");
  // In the hour that comes twice, the first showing may be over.
  const next = first > at.getTime() ? first : comingWall(segments, wall + dayMs, settings.digestAt, "first");
  return undisturbedUntil(settings, new Date(next));
}

function comingWall(segments: ZoneSegment[], wall: number, minute: number, showing: "first" | "last"): number {
  const today = wall - modulo(wall, dayMs) + minute * minuteMs;
  return instantOnClock(segments, today > wall ? today : today + dayMs, showing);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
