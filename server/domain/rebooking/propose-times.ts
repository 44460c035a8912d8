import { type FreeStarts, findFreeStarts } from "../booking/find-free-slots.ts";
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

/**
 * The same for many. What is free for a service at a place is looked up once for all of them, first with those whom they usually come to
 * (a twentieth of the work where twenty give it), and with all others for whom nothing is free there.
 */
export async function timesFor(ctx: Ctx, patterns: Pattern[]): Promise<ProposedTime[][]> {
  const from = ctx.now().getTime() + 2 * 3_600_000;
  const range = { from, to: from + ahead * dayMs };
  const found = new Map<Pattern, ProposedTime[]>();
  const offers = [...Map.groupBy(patterns, offerOf).values()];
  // At once, so that their reads go out together.
  await Promise.all(offers.map((alike) => proposeAlike(ctx, alike, { range, found })));
  return patterns.map((pattern) => found.get(pattern) ?? []);
}

async function proposeAlike(
  ctx: Ctx,
  alike: Pattern[],
  { range, found }: { range: Range; found: Map<Pattern, ProposedTime[]> },
): Promise<void> {
  const usual = await freeFor(ctx, alike, { ...range, providerIds: alike.map(({ providerId }) => providerId) });
  for (const pattern of alike) {
    const own = usual.starts.filter(({ providerIds }) => providerIds.includes(pattern.providerId));
    found.set(pattern, timesOf(pattern, { ...usual, starts: own }, range));
  }
  const without = alike.filter((pattern) => found.get(pattern)?.length === 0);
  if (without.length === 0) return;
  const others = await freeFor(ctx, alike, range);
  for (const pattern of without) found.set(pattern, timesOf(pattern, others, range));
}

type Range = { from: number; to: number };

function offerOf({ serviceId, locationId }: Pattern): string {
  return `${serviceId} ${locationId}`;
}

function timesOf({ timeZone, providerId, startsAt }: Pattern, free: Free, { from, to }: Range): ProposedTime[] {
  const was = Date.parse(startsAt);
  const wall = wallClock(zoneSegments(timeZone, was, was + 1), was);
  const habit = { providerId, weekday: new Date(wall).getUTCDay() || 7, minuteOfDay: (wall % dayMs) / 60_000 };
  // A visit that is to be moved is not offered its own time.
  const starts = free.starts.filter(({ at }) => at !== was);
  return pickTimes({ ...free, starts }, habit, zoneSegments(timeZone, from, to));
}

type Free = Pick<FreeStarts, "starts" | "durationMs">;

async function freeFor(ctx: Ctx, [pattern]: Pattern[], range: Range & { providerIds?: number[] }): Promise<Free> {
  if (!pattern) return nothing;
  const { serviceId, locationId } = pattern;
  const [from, to] = [new Date(range.from).toISOString(), new Date(range.to).toISOString()];
  const providers = range.providerIds === undefined ? {} : { providerIds: [...new Set(range.providerIds)] };
  try {
    return await findFreeStarts(ctx, { serviceId, locationId, from, to, ...providers });
  } catch (error) {
    // A place or a service that is gone has no free times.
    if (error instanceof DomainError && error.refusal.kind === "not_found") return nothing;
    throw error;
  }
}

const nothing: Free = { starts: [], durationMs: 0 };
