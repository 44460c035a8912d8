import type { AppointmentStatus } from "../appointments/appointment.ts";
import type { FeedVisit } from "./feed-visits.ts";

/** Visits as a calendar of RFC 5545; the same visits give the same bytes, so that its ETag says whether anything changed. */
export function writeCalendar(companyId: number, visits: FeedVisit[]): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Rapport//Visits//EN",
    "CALSCALE:GREGORIAN",
    "NAME:Visits",
    "X-WR-CALNAME:Visits",
    "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    "X-PUBLISHED-TTL:PT1H",
    ...visits.flatMap((visit) => eventOf(companyId, visit)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join("");
}

/** At most 75 octets a line; what goes on begins with a space, and no character is cut. */
export function foldLine(line: string): string {
  const parts: string[] = [];
  let part = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      parts.push(part);
      part = "";
      // The space before it counts.
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join("\r\n ");
}

/** Free text as a value; what a calendar could take for another line or field loses its meaning. */
export function escapeText(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll("\n", "\\n")
    .replace(/\p{Cc}/gu, "");
}

function eventOf(companyId: number, visit: FeedVisit): string[] {
  const place = [visit.locationName, visit.address].filter(Boolean).join(", ");
  const cancelled = visit.status === "cancelled" || visit.status === "no_show";
  return [
    "BEGIN:VEVENT",
    `UID:appointment-${visit.id}.company-${companyId}@rapport`,
    // Without a METHOD, DTSTAMP is the last revision.
    `DTSTAMP:${utc(visit.updatedAt)}`,
    `CREATED:${utc(visit.createdAt)}`,
    `LAST-MODIFIED:${utc(visit.updatedAt)}`,
    `SEQUENCE:${visit.sequence}`,
    `DTSTART:${utc(visit.startsAt)}`,
    `DTEND:${utc(visit.endsAt)}`,
    `SUMMARY:${escapeText([visit.serviceName, visit.contactName].filter(Boolean).join(": "))}`,
    `DESCRIPTION:${escapeText(visit.providerName)}`,
    `LOCATION:${escapeText(place)}`,
    `STATUS:${statusWords[visit.status]}`,
    `TRANSP:${cancelled ? "TRANSPARENT" : "OPAQUE"}`,
    "END:VEVENT",
  ];
}

const statusWords: Record<AppointmentStatus, string> = {
  booked: "TENTATIVE",
  confirmed: "CONFIRMED",
  completed: "CONFIRMED",
  cancelled: "CANCELLED",
  no_show: "CANCELLED",
};

function utc(time: string): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "");
}
