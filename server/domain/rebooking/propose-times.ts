import { type FreeStarts, findFreeStarts } from "../booking/find-free-slots.ts";
import { wallClock, zoneSegments } from "../booking/zone-segments.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { type Picked, type ProposedTime, pickTimes } from "./pick-times.ts";

/** The visit that others are measured by. */
export type Pattern = { serviceId: number; locationId: number; providerId: number; startsAt: string; timeZone: string };

const dayMs = 86_400_000;
const ahead = 30;
// Whoever comes on one weekday finds it twice in it; a third of the month to look through.
const near = 10;

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
  // At once, so that their reads go out together.
  const found = await Promise.all(
    [...Map.groupBy(patterns, offerOf).values()].map((alike) => timesForAlike(ctx, alike, from)),
  );
  const times = new Map(found.flatMap((each) => [...each]));
  return patterns.map((pattern) => times.get(pattern) ?? []);
}

// The rest of the month is looked through only where it could have something better.
async function timesForAlike(ctx: Ctx, alike: Pattern[], from: number): Promise<Map<Pattern, ProposedTime[]>> {
  const found = new Map<Pattern, ProposedTime[]>();
  for (const whom of ["usual", "anybody"] as const) {
    for (const days of [near, ahead]) {
      const open = alike.filter((pattern) => !found.has(pattern));
      const range = { from, to: from + days * dayMs };
      const providerIds = whom === "usual" ? open.map(({ providerId }) => providerId) : undefined;
      const free = open.length === 0 ? nothing : await freeFor(ctx, open, { ...range, providerIds });
      for (const pattern of open) {
        const { times, isBest } = timesOf(pattern, whom === "usual" ? freeOf(pattern, free) : free, range);
        if (times.length > 0 && (isBest || days === ahead)) found.set(pattern, times);
      }
    }
  }
  return found;
}

function freeOf({ providerId }: Pattern, free: Free): Free {
  return { ...free, starts: free.starts.filter(({ providerIds }) => providerIds.includes(providerId)) };
}

type Range = { from: number; to: number };

function offerOf({ serviceId, locationId }: Pattern): string {
  return `${serviceId} ${locationId}`;
}

function timesOf({ timeZone, providerId, startsAt }: Pattern, free: Free, { from, to }: Range): Picked {
  const was = Date.parse(startsAt);
  const wall = wallClock(zoneSegments(timeZone, was, was + 1), was);
  const habit = { providerId, weekday: new Date(wall).getUTCDay() || 7, minuteOfDay: (wall % dayMs) / 60_000 };
  // A visit that is to be moved is not offered its own time.
  const starts = free.starts.filter(({ at }) => at !== was);
  return pickTimes({ ...free, starts }, habit, { segments: zoneSegments(timeZone, from, to), until: to });
}

type Free = Pick<FreeStarts, "starts" | "durationMs">;

async function freeFor(
  ctx: Ctx,
  [pattern]: Pattern[],
  range: Range & { providerIds: number[] | undefined },
): Promise<Free> {
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
