import { describe, expect, test } from "vitest";
import { instantOnClock, isTimeZone, wallClock, zoneSegments } from "../../../server/domain/booking/zone-segments.ts";

function instant(zone: string, wall: string, showing: "first" | "last"): string {
  const wallMs = Date.parse(`${wall}Z`);
  const segments = zoneSegments(zone, wallMs, wallMs);
  return new Date(instantOnClock(segments, wallMs, showing)).toISOString();
}

describe("a time on the wall clock", () => {
  test.each([
    ["Europe/Berlin", "2026-03-28T09:00", "2026-03-28T08:00:00.000Z"],
    ["Europe/Berlin", "2026-03-30T09:00", "2026-03-30T07:00:00.000Z"],
    ["America/New_York", "2026-03-07T09:00", "2026-03-07T14:00:00.000Z"],
    ["America/New_York", "2026-03-09T09:00", "2026-03-09T13:00:00.000Z"],
    ["Asia/Kathmandu", "2026-06-01T09:00", "2026-06-01T03:15:00.000Z"],
    ["Australia/Lord_Howe", "2026-07-01T09:00", "2026-06-30T22:30:00.000Z"],
    ["UTC", "2026-07-01T23:59", "2026-07-01T23:59:00.000Z"],
  ])("in %s at %s is one moment", (zone, wall, expected) => {
    expect([instant(zone, wall, "first"), instant(zone, wall, "last")]).toEqual([expected, expected]);
  });

  test.each([
    ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
    ["America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00.000Z", "2026-11-01T06:30:00.000Z"],
  ])("in %s at %s is shown twice", (zone, wall, first, last) => {
    expect([instant(zone, wall, "first"), instant(zone, wall, "last")]).toEqual([first, last]);
  });

  test.each([
    ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00:00.000Z"],
    ["America/New_York", "2026-03-08T02:00", "2026-03-08T07:00:00.000Z"],
  ])("in %s at %s is skipped, and means the moment of the skip", (zone, wall, expected) => {
    expect([instant(zone, wall, "first"), instant(zone, wall, "last")]).toEqual([expected, expected]);
  });

  test("reads back what the clock shows", () => {
    const at = Date.parse("2026-10-25T01:30:00Z");
    const shown = wallClock(zoneSegments("Europe/Berlin", at, at), at);
    expect(new Date(shown).toISOString()).toBe("2026-10-25T02:30:00.000Z");
  });

  test("is known in zones by name only", () => {
    expect(["Europe/Berlin", "UTC", "Etc/GMT+5"].every(isTimeZone)).toBe(true);
    expect(["", "+01:00", "Mars/Olympus", "'; drop"].some(isTimeZone)).toBe(false);
  });
});
