import { DomainError } from "../domain-error.ts";
import type { AppointmentStatus } from "./appointment.ts";

export type StatusAct = "confirm" | "complete" | "cancel" | "miss" | "reopen";

const open: readonly AppointmentStatus[] = ["booked", "confirmed"];

/** What each act leads to, and what the journal calls it. */
export const statusActs = {
  confirm: { to: "confirmed", from: ["booked"], event: "appointment.confirmed", word: "confirmed" },
  complete: { to: "completed", from: open, event: "appointment.completed", word: "completed" },
  cancel: { to: "cancelled", from: open, event: "appointment.cancelled", word: "cancelled" },
  miss: { to: "no_show", from: open, event: "appointment.missed", word: "marked as a no-show" },
  reopen: {
    to: "booked",
    from: ["completed", "cancelled", "no_show"],
    event: "appointment.reopened",
    word: "reopened",
  },
} as const satisfies Record<
  StatusAct,
  { to: AppointmentStatus; from: readonly AppointmentStatus[]; event: string; word: string }
>;

export function isOpen(status: AppointmentStatus): boolean {
  return open.includes(status);
}

/** The status after an act; null where it stands there already. Any other is refused. */
export function statusAfter(
  act: StatusAct,
  now: { status: AppointmentStatus; confirmedAt: string | null },
): AppointmentStatus | null {
  const { to, from, word } = statusActs[act];
  const froms: readonly AppointmentStatus[] = from;
  if (act === "reopen" && isOpen(now.status)) return null;
  if (now.status === to) return null;
  if (!froms.includes(now.status))
    throw new DomainError({ kind: "conflict", message: `This appointment is ${now.status}; it cannot be ${word}.` });
  return act === "reopen" && now.confirmedAt !== null ? "confirmed" : to;
}
