import { invalid } from "./domain-error.ts";

/**
 * A time that the database keeps and the surfaces show: within the years 1 to 9999, to the millisecond. Text without a zone is
 * read as UTC. `path` names the field that said it.
 */
export function instantOf(path: string, value: string | Date): string {
  const time = value instanceof Date ? value : new Date(withZone(value));
  if (Number.isNaN(time.getTime())) throw invalid(path, `${path} must be a time such as 2026-11-21T10:30:00Z`);
  const year = time.getUTCFullYear();
  if (year < 1 || year > 9999) throw invalid(path, `${path} must lie within the years 1 to 9999`);
  return time.toISOString();
}

const isoTime = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

// Only ISO 8601, because Date reads much else in its own way; a bare date is UTC to Date already, a bare time is not.
function withZone(text: string): string {
  const match = isoTime.exec(text.trim());
  if (!match) return "";
  if (!isCalendarDay(match[0].slice(0, 10))) return "";
  const spelled = match[0].replace(" ", "T");
  return match[1] === undefined && spelled.length > 10 ? `${spelled}Z` : spelled;
}

// Date moves the 30th of February into March instead of refusing it.
function isCalendarDay(day: string): boolean {
  const time = new Date(day);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}
