import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { instantOf } from "../instant.ts";
import { cutSlots, type Wanted } from "./cut-slots.ts";
import { getLocation } from "./list-locations.ts";
import { getService } from "./list-services.ts";
import { loadTaken, loadWeeks } from "./load-working.ts";
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

/** A moment at which a visit can begin (milliseconds of the epoch), and who is free for it. */
export type FreeStart = { at: number; providerIds: number[] };

export type FreeStarts = { timeZone: string; durationMs: number; starts: FreeStart[] };

/** The same, in text. */
export type FreeSlot = { startsAt: string; endsAt: string; providerIds: number[] };

export type FreeSlots = { timeZone: string; slots: FreeSlot[] };

const minuteMs = 60_000;
const longestMs = 62 * 86_400_000;

/** What can still be booked, in order of time: working hours without time off and appointments, never in the past. */
export async function findFreeSlots(ctx: Ctx, query: FreeSlotQuery): Promise<FreeSlots> {
  const { timeZone, durationMs, starts } = await findFreeStarts(ctx, query);
  const slots = starts.map(({ at, providerIds }) => ({
    startsAt: timeText(at),
    endsAt: timeText(at + durationMs),
    providerIds,
  }));
  return { timeZone, slots };
}

export async function findFreeStarts(ctx: Ctx, query: FreeSlotQuery): Promise<FreeStarts> {
  const { serviceId, locationId, providerIds, stepMinutes = 30 } = query;
  const asked = rangeOf(query);
  if (!Number.isInteger(stepMinutes) || stepMinutes < 5 || stepMinutes > 240)
    throw invalid("stepMinutes", "stepMinutes must be a whole number from 5 to 240");
  const [service, location, weeks] = await Promise.all([
    getService(ctx, serviceId),
    getLocation(ctx, locationId),
    loadWeeks(ctx, { serviceId, locationId, ...(providerIds ? { providerIds } : {}) }),
  ]);
  const { timeZone, openingHours } = location;
  const from = Math.max(asked.from, ctx.now().getTime());
  const durationMs = service.durationMinutes * minuteMs;
  if (!service.active || !location.active || from >= asked.to) return { timeZone, durationMs, starts: [] };
  const bufferMs = service.bufferMinutes * minuteMs;
  // The last slot may begin just before the end of the range.
  const working = await loadTaken(ctx, weeks, { from, to: asked.to + durationMs + bufferMs });
  const segments = zoneSegments(timeZone, from, asked.to);
  const stepMs = stepMinutes * minuteMs;
  const wanted: Wanted = { from, to: asked.to, stepMs, durationMs, bufferMs, segments, openingHours };
  const starts = [...cutSlots(wanted, working)].map(([at, ids]) => ({ at, providerIds: ids }));
  return { timeZone, durationMs, starts: starts.toSorted((a, b) => a.at - b.at) };
}

function rangeOf(query: FreeSlotQuery): { from: number; to: number } {
  const from = Date.parse(instantOf("from", query.from));
  const to = Date.parse(instantOf("to", query.to));
  if (to <= from) throw invalid("to", "to must lie after from");
  if (to - from > longestMs) throw invalid("to", "to must lie within 62 days after from");
  return { from, to };
}

// Slots stand on whole minutes: the day's text once a day, the minute's from a list, a tenth of what toISOString takes.
function timeText(at: number): string {
  const minute = Math.floor((at % dayMs) / minuteMs);
  if (at % minuteMs !== 0) return new Date(at).toISOString().replace(".000Z", "Z");
  const day = at - (at % dayMs);
  if (day !== lastDay.at) lastDay = { at: day, text: new Date(day).toISOString().slice(0, 11) };
  return `${lastDay.text}${minuteTexts[minute]}`;
}

const dayMs = 86_400_000;
let lastDay = { at: 0, text: "1970-01-01T" };
const minuteTexts = Array.from({ length: 1440 }, (_, minute) =>
  new Date(minute * minuteMs).toISOString().slice(11, 19).concat("Z"),
);
