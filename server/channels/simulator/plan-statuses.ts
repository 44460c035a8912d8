import type { ScheduledStatus } from "../../domain/simulator/schedule-webhooks.ts";
import type { SimulatorFailure } from "../../domain/simulator/simulator-failures.ts";
import type { SimulatorSettings } from "../../domain/simulator/simulator-settings.ts";
import { type GraphRefusal, statusErrors } from "./graph-refusal.ts";

/** What will be told of an accepted message and when, with the failures that were asked for. */
export function planStatuses(
  acceptedAt: Date,
  settings: SimulatorSettings,
  failures: SimulatorFailure[],
  undeliverable: GraphRefusal | undefined,
): ScheduledStatus[] {
  const after = (ms: number) => new Date(acceptedAt.getTime() + ms);
  const told = (status: ScheduledStatus["status"], ms: number): ScheduledStatus => ({
    status,
    happensAt: after(ms),
    dueAt: after(ms),
    copies: 1,
  });
  const { sentAfterMs, deliveredAfterMs, readAfterMs } = settings;
  const plan = undeliverable
    ? [{ ...told("failed", sentAfterMs), errors: statusErrors(undeliverable) }]
    : [told("sent", sentAfterMs), told("delivered", deliveredAfterMs), told("read", deliveredAfterMs + readAfterMs)];
  return failures.reduce(asAsked, plan);
}

function asAsked(plan: ScheduledStatus[], { kind, delayMs }: SimulatorFailure): ScheduledStatus[] {
  switch (kind) {
    case "no_statuses":
      return plan.map((status) => ({ ...status, copies: 0 }));
    case "duplicate_statuses":
      return plan.map((status) => ({ ...status, copies: status.copies * 2 }));
    case "late_statuses":
      return plan.map((status) => ({ ...status, dueAt: new Date(status.dueAt.getTime() + delayMs) }));
    case "disordered_statuses":
      return disordered(plan);
    default:
      return plan;
  }
}

/** Backwards: read first, sent last, all of them soon; each still says when it happened. */
function disordered(plan: ScheduledStatus[]): ScheduledStatus[] {
  const soonest = plan[0]?.dueAt.getTime() ?? 0;
  return plan.map((status, index) => {
    const dueAt = new Date(soonest + (plan.length - 1 - index) * 400);
    return { ...status, dueAt, happensAt: new Date(Math.min(status.happensAt.getTime(), soonest + index)) };
  });
}
