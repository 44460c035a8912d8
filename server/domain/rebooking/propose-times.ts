import { type Cut, type FreeStarts, readFreeStarts } from "../booking/find-free-starts.ts";
import type { Span } from "../booking/working-spans.ts";
import { wallClock, zoneSegments } from "../booking/zone-segments.ts";
import type { Ctx } from "../context.ts";
import { type Picked, type ProposedTime, pickTimes } from "./pick-times.ts";

/** The visit that others are measured by. */
export type Pattern = {
  serviceId: number;
  locationId: number;
  providerId: number;
  startsAt: string;
  timeZone: string;
  /** When the message goes that names the times; now where not said. */
  leavesAt?: Date;
};

const dayMs = 86_400_000;
// Nobody is offered what begins before they have read of it.
const noticeMs = 2 * 3_600_000;
const ahead = 30;
// Whoever comes on one weekday finds it twice in it; a third of the month to look through.
const near = 10;

/** Up to three free times of the month that follows the message, with whom, on which weekday and at which hour the visit was. */
export async function proposeTimes(ctx: Ctx, pattern: Pattern): Promise<ProposedTime[]> {
  return (await timesFor(ctx, [pattern]))[0] ?? [];
}

/**
 * The same for many. All that is looked at is read at once, first with those whom they usually come to (a twentieth of the work where
 * twenty give it), and with all others for whom nothing is free there.
 */
export async function timesFor(ctx: Ctx, patterns: Pattern[]): Promise<ProposedTime[][]> {
  const now = ctx.now();
  const fromOf = ({ leavesAt = now }: Pattern) => leavesAt.getTime() + noticeMs;
  const froms = patterns.map(fromOf);
  const range = { from: Math.min(...froms), to: Math.max(...froms) + ahead * dayMs };
  const times = new Map<Pattern, ProposedTime[]>();
  for (const whom of ["usual", "anybody"] as const) {
    const open = patterns.filter((pattern) => !times.has(pattern));
    if (open.length === 0) break;
    const providerIds = whom === "usual" ? [...new Set(open.map(({ providerId }) => providerId))] : undefined;
    const cut = await readFreeStarts(ctx, offersIn(open), { ...range, providerIds });
    for (const alike of Map.groupBy(open, (pattern) => `${offerOf(pattern, whom)} ${fromOf(pattern)}`).values())
      propose(alike, { cut, whom, fromOf }, times);
  }
  return patterns.map((pattern) => times.get(pattern) ?? []);
}

type Looking = { cut: Cut; whom: "usual" | "anybody"; fromOf: (pattern: Pattern) => number };

// The rest of the month is looked through only where it could have something better.
function propose(alike: Pattern[], { cut, whom, fromOf }: Looking, times: Map<Pattern, ProposedTime[]>): void {
  for (const days of [near, ahead]) {
    const [first, ...others] = alike.filter((pattern) => !times.has(pattern));
    if (!first) return;
    const from = fromOf(first);
    const range = { from, to: from + days * dayMs };
    const free = cut(first, { ...range, providerIds: whom === "usual" ? [first.providerId] : undefined });
    for (const pattern of [first, ...others]) {
      const picked = timesOf(pattern, free, range);
      if (picked.times.length > 0 && (picked.isBest || days === ahead)) times.set(pattern, picked.times);
    }
  }
}

function offersIn(patterns: Pattern[]): Pattern[] {
  return [...new Map(patterns.map((pattern) => [offerOf(pattern, "anybody"), pattern])).values()];
}

function offerOf({ serviceId, locationId, providerId }: Pattern, whom: "usual" | "anybody"): string {
  return `${serviceId} ${locationId} ${whom === "usual" ? providerId : ""}`;
}

function timesOf({ timeZone, providerId, startsAt }: Pattern, free: FreeStarts, { from, to }: Span): Picked {
  const was = Date.parse(startsAt);
  const wall = wallClock(zoneSegments(timeZone, was, was + 1), was);
  const habit = { providerId, weekday: new Date(wall).getUTCDay() || 7, minuteOfDay: (wall % dayMs) / 60_000 };
  // A visit that is to be moved is not offered its own time.
  const starts = free.starts.filter(({ at }) => at !== was);
  return pickTimes({ ...free, starts }, habit, { segments: zoneSegments(timeZone, from, to), until: to });
}
