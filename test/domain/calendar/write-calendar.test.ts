import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FeedVisit } from "../../../server/domain/calendar/feed-visits.ts";
import { escapeText, foldLine, writeCalendar } from "../../../server/domain/calendar/write-calendar.ts";

const visit: FeedVisit = {
  id: 12,
  startsAt: "2026-10-25T00:30:00Z",
  endsAt: "2026-10-25T01:30:00Z",
  status: "confirmed",
  sequence: 2,
  createdAt: "2026-05-01T08:00:00Z",
  updatedAt: "2026-05-02T08:00:00.123Z",
  contactName: "Zoë, \\ Ana; née Silva",
  serviceName: "Botox",
  providerName: "Dr. Mia",
  locationName: "Clinic",
  address: "Main St 1\nBerlin",
};

describe("a calendar", () => {
  test("is of CRLF lines, with a stable id, a sequence and times in UTC", () => {
    const text = writeCalendar(3, [visit]);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(text.split("\r\n")).toEqual(
      expect.arrayContaining([
        "BEGIN:VEVENT",
        "UID:appointment-12.company-3@rapport",
        "DTSTAMP:20260502T080000Z",
        "SEQUENCE:2",
        "DTSTART:20261025T003000Z",
        "DTEND:20261025T013000Z",
        "SUMMARY:Botox: Zoë\\, \\\\ Ana\\; née Silva",
        "LOCATION:Clinic\\, Main St 1\\nBerlin",
        "STATUS:CONFIRMED",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "END:VCALENDAR",
      ]),
    );
    expect(writeCalendar(3, [visit])).toBe(text);
  });

  test("says that a cancelled visit is cancelled", () => {
    const text = writeCalendar(3, [{ ...visit, status: "cancelled" }]);
    expect(text).toContain("STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n");
  });

  test("names the service alone where the person has no name", () => {
    expect(writeCalendar(3, [{ ...visit, contactName: "" }])).toContain("SUMMARY:Botox\r\n");
  });

  test("folds any text at 75 octets, never inside a character, and unfolds to the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const line = `SUMMARY:${escapeText(text.toWellFormed())}`;
        const folded = foldLine(line);
        for (const part of folded.split("\r\n")) {
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
          expect(Buffer.from(part).toString()).toBe(part);
        }
        expect(folded.replaceAll("\r\n ", "")).toBe(line);
      }),
    );
  });

  test("lets no text begin a line of its own", () => {
    expect(escapeText("a\r\nEND:VCALENDAR\rb\u0000\u0007")).toBe("a\\nEND:VCALENDAR\\nb");
  });
});
