import { describe, expect, test } from "vitest";
import { dayName, dueWords, durationWords } from "../../web/lib/format-time.ts";

const now = new Date(2026, 10, 21, 0, 30).getTime();
const local = (...parts: [number, number, number, number?, number?]) => new Date(...parts).toISOString();

describe("times in words", () => {
  test("a day ends at midnight, not after 24 hours", () => {
    expect(dayName(local(2026, 10, 21, 0, 5), now)).toBe("Today");
    expect(dayName(local(2026, 10, 20, 23, 55), now)).toBe("Yesterday");
  });

  test("a day of this week has its name, an older one its date, one of another year the year", () => {
    expect(dayName(local(2026, 10, 17, 12), now)).toBe("Tuesday");
    expect(dayName(local(2026, 9, 2, 12), now)).toMatch(/Oct/);
    expect(dayName(local(2025, 9, 2, 12), now)).toMatch(/2025/);
  });

  test("a task says how late or how soon it is", () => {
    expect(dueWords(local(2026, 10, 18, 12), now)).toBe("3 days overdue");
    expect(dueWords(local(2026, 10, 21, 0, 10), now)).toMatch(/^was due/);
    expect(dueWords(local(2026, 10, 21, 15), now)).toMatch(/^due today/);
    expect(dueWords(local(2026, 10, 24, 15), now)).toBe("due in 3 days");
  });

  test("a countdown counts in hours and minutes and never below nothing", () => {
    expect(durationWords(23.5 * 3_600_000)).toBe("23 h 30 min");
    expect(durationWords(59_000)).toBe("0 min");
    expect(durationWords(-5)).toBe("0 min");
  });
});
