import { earlyVisitMs } from "../../../shared/visit-times.ts";
import { DomainError } from "../domain-error.ts";
import { inWords } from "../policy/time/local-time.ts";
import type { Appointment, AppointmentStatus } from "./appointment.ts";

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

/** What did not begin has not taken place, and nobody has missed it. */
export function requireBegun(
  act: StatusAct,
  { startsAt, timeZone }: Pick<Appointment, "startsAt" | "timeZone">,
  now: Date,
) {
  if (act !== "complete" && act !== "miss") return;
  const begins = new Date(startsAt);
  const from = act === "complete" ? begins.getTime() - earlyVisitMs : begins.getTime();
  if (now.getTime() >= from) return;
  throw new DomainError({
    kind: "conflict",
    message: `This appointment has not begun: it cannot be ${statusActs[act].word} before ${inWords(begins, timeZone, now)}.`,
  });
}

/** A visit to come can be moved, and the time of one that took place, or was missed, corrected to another of the past. */
export function requireMovable(status: AppointmentStatus, { startsAt }: { startsAt: string }, now: Date): void {
  if (isOpen(status)) return;
  if (status === "cancelled")
    throw new DomainError({
      kind: "conflict",
      message: "This appointment is cancelled. Reopen it to give it another time.",
    });
  if (Date.parse(startsAt) <= now.getTime() + earlyVisitMs) return;
  throw new DomainError({
    kind: "conflict",
    message: `This appointment is ${wordOf(status)}, so it cannot lie ahead. Reopen it first.`,
  });
}

function wordOf(status: AppointmentStatus): string {
  return status === "no_show" ? statusActs.miss.word : status;
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
    throw new DomainError({
      kind: "conflict",
      message: `This appointment is ${wordOf(now.status)}; it cannot be ${word}.`,
    });
  return act === "reopen" && now.confirmedAt !== null ? "confirmed" : to;
}
