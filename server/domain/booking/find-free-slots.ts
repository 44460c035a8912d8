import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { instantOf } from "../instant.ts";
import { cutSlots, type Wanted } from "./cut-slots.ts";
import { getLocation } from "./list-locations.ts";
import { getService } from "./list-services.ts";
import { loadWorking } from "./load-working.ts";
import { zoneSegments } from "./zone-segments.ts";

export type FreeSlotQuery = {
  serviceId: number;
  locationId: number;
  /** Whoever gives the service there where not said. */
  providerIds?: number[];
  from: string;
  to: string;
  /** 30 where not said. */
  stepMinutes?: number;
};

/** A time at which a visit can begin, and who is free for it. */
export type FreeSlot = { startsAt: string; endsAt: string; providerIds: number[] };

export type FreeSlots = { timeZone: string; slots: FreeSlot[] };

const minuteMs = 60_000;
const longestMs = 62 * 86_400_000;

/** What can still be booked, in order of time: working hours without time off and appointments, never in the past. */
export async function findFreeSlots(ctx: Ctx, query: FreeSlotQuery): Promise<FreeSlots> {
  const { serviceId, locationId, providerIds, stepMinutes = 30 } = query;
  const asked = rangeOf(query);
  if (!Number.isInteger(stepMinutes) || stepMinutes < 5 || stepMinutes > 240)
    throw invalid("stepMinutes", "stepMinutes must be a whole number from 5 to 240");
  const [service, location] = await Promise.all([getService(ctx, serviceId), getLocation(ctx, locationId)]);
  const from = Math.max(asked.from, ctx.now().getTime());
  if (!service.active || !location.active || from >= asked.to) return { timeZone: location.timeZone, slots: [] };
  const durationMs = service.durationMinutes * minuteMs;
  const bufferMs = service.bufferMinutes * minuteMs;
  // The last slot may begin just before the end of the range.
  const load = { from, to: asked.to + durationMs + bufferMs, serviceId, locationId };
  const working = await loadWorking(ctx, { ...load, ...(providerIds ? { providerIds } : {}) });
  const segments = zoneSegments(location.timeZone, from, asked.to);
  const { openingHours } = location;
  const wanted: Wanted = {
    from,
    to: asked.to,
    stepMs: stepMinutes * minuteMs,
    durationMs,
    bufferMs,
    segments,
    openingHours,
  };
  const slots = [...cutSlots(wanted, working)]
    .toSorted(([a], [b]) => a - b)
    .map(([start, ids]) => ({ startsAt: timeText(start), endsAt: timeText(start + durationMs), providerIds: ids }));
  return { timeZone: location.timeZone, slots };
}

function rangeOf(query: FreeSlotQuery): { from: number; to: number } {
  const from = Date.parse(instantOf("from", query.from));
  const to = Date.parse(instantOf("to", query.to));
  if (to <= from) throw invalid("to", "to must lie after from");
  if (to - from > longestMs) throw invalid("to", "to must lie within 62 days after from");
  return { from, to };
}

function timeText(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
