import type { NewCall } from "../../../shared/v1/call.ts";

export const callDirections = [
  { value: "outgoing", label: "We called" },
  { value: "incoming", label: "They called" },
  { value: "missed", label: "We missed it" },
] satisfies { value: NonNullable<NewCall["direction"]>; label: string }[];

export const callStatuses = [
  { value: "completed", label: "Completed" },
  { value: "no_answer", label: "No answer" },
  { value: "voicemail", label: "Voicemail" },
  { value: "busy", label: "Busy" },
  { value: "missed", label: "Missed" },
  { value: "scheduled", label: "Planned" },
  { value: "cancelled", label: "Cancelled" },
] satisfies { value: NonNullable<NewCall["status"]>; label: string }[];

/** "3 min 20 s", "45 s". */
export function callWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds % 60);
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** A running clock: "0:07", "12:40", "1:02:03". */
export function clockOf(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = String(rest).padStart(2, "0");
  return hours === 0 ? `${minutes}:${tail}` : `${hours}:${String(minutes).padStart(2, "0")}:${tail}`;
}
