import { describe, expect, test } from "vitest";
import { nextDigest, undisturbedUntil } from "../../../server/domain/notifications/quiet-hours.ts";

const berlin = { timeZone: "Europe/Berlin", quietFrom: 22 * 60, quietUntil: 7 * 60 };
const until = (at: string, settings = berlin) => undisturbedUntil(settings, new Date(at)).toISOString();

describe("quiet hours", () => {
  test("end when the clock on the wall says so, over midnight", () => {
    expect(until("2026-01-10T20:59:59Z")).toBe("2026-01-10T20:59:59.000Z");
    expect(until("2026-01-10T21:00:00Z")).toBe("2026-01-11T06:00:00.000Z");
    expect(until("2026-01-11T05:59:59Z")).toBe("2026-01-11T06:00:00.000Z");
    expect(until("2026-01-11T06:00:00Z")).toBe("2026-01-11T06:00:00.000Z");
  });

  test("are an hour shorter in the night in which the clock goes forward, and longer when it goes back", () => {
    expect(until("2026-03-28T22:00:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(until("2026-10-24T21:00:00Z")).toBe("2026-10-25T06:00:00.000Z");
  });

  test("end at the second showing of a time that comes twice, and at the leap over one that never comes", () => {
    const untilHalfPastTwo = { ...berlin, quietUntil: 150 };
    expect(until("2026-10-24T21:00:00Z", untilHalfPastTwo)).toBe("2026-10-25T01:30:00.000Z");
    expect(until("2026-03-28T22:00:00Z", untilHalfPastTwo)).toBe("2026-03-29T01:00:00.000Z");
  });

  test("within a day, and none at all", () => {
    expect(until("2026-01-10T12:30:00Z", { ...berlin, quietFrom: 13 * 60, quietUntil: 14 * 60 })).toBe(
      "2026-01-10T13:00:00.000Z",
    );
    const none = { timeZone: "UTC", quietFrom: null, quietUntil: null };
    expect(undisturbedUntil(none, new Date("2026-01-10T03:00:00Z")).toISOString()).toBe("2026-01-10T03:00:00.000Z");
    expect(until("2026-01-10T03:00:00Z", { ...berlin, quietFrom: 60, quietUntil: 60 })).toBe(
      "2026-01-10T03:00:00.000Z",
    );
  });
});

describe("the daily digest", () => {
  const daily = { ...berlin, digestAt: 8 * 60 };
  const next = (at: string, settings = daily) => nextDigest(settings, new Date(at)).toISOString();

  test("comes at the member's hour, today or tomorrow, summer and winter", () => {
    expect(next("2026-01-10T06:59:00Z")).toBe("2026-01-10T07:00:00.000Z");
    expect(next("2026-01-10T07:00:00Z")).toBe("2026-01-11T07:00:00.000Z");
    expect(next("2026-03-28T12:00:00Z")).toBe("2026-03-29T06:00:00.000Z");
  });

  test("waits for the end of quiet hours", () => {
    expect(next("2026-01-10T12:00:00Z", { ...daily, digestAt: 6 * 60 })).toBe("2026-01-11T06:00:00.000Z");
  });

  test("comes once in the night in which its hour comes twice", () => {
    const atNight = { timeZone: "Europe/Berlin", quietFrom: null, quietUntil: null, digestAt: 150 };
    expect(nextDigest(atNight, new Date("2026-10-24T23:00:00Z")).toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(nextDigest(atNight, new Date("2026-10-25T00:45:00Z")).toISOString()).toBe("2026-10-26T01:30:00.000Z");
    expect(nextDigest(atNight, new Date("2026-10-25T01:10:00Z")).toISOString()).toBe("2026-10-26T01:30:00.000Z");
  });
});
