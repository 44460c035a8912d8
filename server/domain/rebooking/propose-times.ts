import { type FreeSlots, findFreeSlots } from "../booking/find-free-slots.ts";
import { wallClock, zoneSegments } from "../booking/zone-segments.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { type ProposedTime, pickTimes } from "./pick-times.ts";

/** The visit that others are measured by. */
export type Pattern = { serviceId: number; locationId: number; providerId: number; startsAt: string; timeZone: string };

const dayMs = 86_400_000;
const ahead = 30;

/** Up to three free times of the next month, with whom, on which weekday and at which hour the visit was. */
export async function proposeTimes(ctx: Ctx, pattern: Pattern): Promise<ProposedTime[]> {
  return (await timesFor(ctx, [pattern]))[0] ?? [];
}

/** The same for many; what is free for a service at a place is looked up once for all of them. */
export async function timesFor(ctx: Ctx, patterns: Pattern[]): Promise<ProposedTime[][]> {
  const from = ctx.now().getTime() + 2 * 3_600_000;
  const to = from + ahead * dayMs;
  const offers = Map.groupBy(patterns, ({ serviceId, locationId }) => `${serviceId} ${locationId}`);
  const free = new Map<string, FreeSlots>();
  for (const [key, [pattern]] of offers) if (pattern) free.set(key, await freeFor(ctx, pattern, { from, to }));
  return patterns.map((pattern) => {
    const { slots } = free.get(`${pattern.serviceId} ${pattern.locationId}`) ?? { slots: [] };
    const was = Date.parse(pattern.startsAt);
    const wall = wallClock(zoneSegments(pattern.timeZone, was, was + 1), was);
    const habit = {
      providerId: pattern.providerId,
      weekday: new Date(wall).getUTCDay() || 7,
      minuteOfDay: (wall % dayMs) / 60_000,
    };
    // A visit that is to be moved is not offered its own time.
    const others = slots.filter(({ startsAt }) => Date.parse(startsAt) !== was);
    return pickTimes(others, habit, zoneSegments(pattern.timeZone, from, to));
  });
}

async function freeFor(ctx: Ctx, { serviceId, locationId }: Pattern, range: { from: number; to: number }) {
  const [from, to] = [new Date(range.from).toISOString(), new Date(range.to).toISOString()];
  try {
    return await findFreeSlots(ctx, { serviceId, locationId, from, to });
  } catch (error) {
    // A place or a service that is gone has no free times.
    if (error instanceof DomainError && error.refusal.kind === "not_found") return { timeZone: "UTC", slots: [] };
    throw error;
  }
}
