import { requireGiven, requireWorking, type Visit } from "../booking/require-working.ts";
import type { Service } from "../booking/service.ts";
import type { Ctx } from "../context.ts";
import { type DomainError, invalid } from "../domain-error.ts";
import { instantOf } from "../instant.ts";

const minuteMs = 60_000;

export type AppointmentTime = { startsAt: string; endsAt: string; busyUntil: string };

/** From start to end, the service's length where no end is given, and until when the provider is taken. */
export function appointmentTime(asked: { startsAt: string; endsAt?: string }, service: Service): AppointmentTime {
  const start = Date.parse(instantOf("startsAt", asked.startsAt));
  const end =
    asked.endsAt === undefined
      ? start + service.durationMinutes * minuteMs
      : Date.parse(instantOf("endsAt", asked.endsAt));
  if (end <= start) throw wrongEnd("endsAt must lie after the start");
  if (end - start > 24 * 60 * minuteMs) throw wrongEnd("endsAt must lie within a day after the start");
  return { startsAt: text(start), endsAt: text(end), busyUntil: text(end + service.bufferMinutes * minuteMs) };
}

/** A visit of the past is written down as it was; one to come must lie in working hours unless somebody wants it otherwise. */
export async function requireTime(ctx: Ctx, visit: Visit, hours: "working" | "any"): Promise<void> {
  const past = Date.parse(visit.startsAt) <= ctx.now().getTime();
  await (past || hours === "any" ? requireGiven(ctx, visit) : requireWorking(ctx, visit));
}

function wrongEnd(message: string): DomainError {
  return invalid("endsAt", message);
}

// Spelled as the database gives it back, so that an equal time is no change.
function text(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
