import type { WeeklyHours } from "./weekly-hours.ts";
import { type Span, type WorkTime, workingSpans } from "./working-spans.ts";

/** Beginnings and ends in turn, in order and apart, in seconds since the calendar's own beginning. */
export type Taken = Int32Array;

export type Working = {
  id: number;
  hours: WeeklyHours[];
  /** Whoever works the same hours has the same. */
  hoursKey: string;
  /** Where the seconds of both lists count from, in milliseconds of the epoch. */
  origin: number;
  booked: Taken;
  away: Taken;
};

/** A moment at which a visit can begin (milliseconds of the epoch), and who is free for it. Starts in a row may share one list. */
export type FreeStart = { at: number; providerIds: readonly number[] };

export type Wanted = WorkTime & {
  stepMs: number;
  durationMs: number;
  /** After the visit, in which the provider may have no other; closing time and time off do not mind it. */
  bufferMs: number;
};

/** The starts that providers still have, by time. Steps count from the beginning of each stretch of work, in time that really passes. */
export function cutSlots(wanted: Wanted, providers: Working[]): FreeStart[] {
  const alike = [...Map.groupBy(providers, ({ hoursKey }) => hoursKey).values()];
  const found = alike.map((group) => freeOf(wanted, group));
  return found.length === 1 ? (found[0] ?? []) : together(found.flat());
}

function freeOf(wanted: Wanted, providers: Working[]): FreeStart[] {
  const starts = startsIn(wanted, workingSpans(wanted, providers[0]?.hours ?? []));
  const struck = struckOut(wanted, starts, providers);
  const many = providers.length;
  const found: FreeStart[] = [];
  let ids: number[] = [];
  for (let index = 0; index < starts.length; index += 1) {
    const here = index * many;
    if (index === 0 || !isSame(struck, here - many, here, many)) ids = idsOf(struck, here, providers);
    if (ids.length > 0) found.push({ at: starts[index] ?? 0, providerIds: ids });
  }
  return found;
}

// A byte for each start and provider, all of one start side by side, so that neighbours that are equal share their list.
function struckOut({ durationMs, bufferMs }: Wanted, starts: number[], providers: Working[]): Uint8Array {
  const seconds = new Float64Array(starts.length);
  for (let row = 0; row < starts.length; row += 1) seconds[row] = (starts[row] ?? 0) / 1000;
  const struck = new Uint8Array(starts.length * providers.length);
  for (const [column, { origin, booked, away }] of providers.entries()) {
    const place = { struck, column, many: providers.length, origin: origin / 1000 };
    strike(place, seconds, booked, (durationMs + bufferMs) / 1000);
    strike(place, seconds, away, durationMs / 1000);
  }
  return struck;
}

type Place = { struck: Uint8Array; column: number; many: number; origin: number };

// Starts and what is taken both rise, so each is walked once.
function strike({ struck, column, many, origin }: Place, starts: Float64Array, taken: Taken, length: number): void {
  let first = 0;
  for (let at = 0; at < taken.length; at += 2) {
    const after = origin + (taken[at] ?? 0) - length;
    const until = origin + (taken[at + 1] ?? 0);
    while (first < starts.length && (starts[first] ?? 0) <= after) first += 1;
    for (let row = first; row < starts.length && (starts[row] ?? 0) < until; row += 1) struck[row * many + column] = 1;
  }
}

function isSame(struck: Uint8Array, one: number, other: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (struck[one + at] !== struck[other + at]) return false;
  return true;
}

// Filled anew for each start and copied: a list that grows while it is filled leaves its smaller selves to the collector.
const freeIds: number[] = [];

function idsOf(struck: Uint8Array, from: number, providers: Working[]): number[] {
  let many = 0;
  for (let column = 0; column < providers.length; column += 1)
    if (struck[from + column] === 0) freeIds[many++] = providers[column]?.id ?? 0;
  return freeIds.slice(0, many);
}

// Of those who work other hours some starts are the same.
function together(found: FreeStart[]): FreeStart[] {
  const byTime = new Map<number, readonly number[]>();
  for (const { at, providerIds } of found) {
    const others = byTime.get(at);
    byTime.set(at, others ? [...others, ...providerIds] : providerIds);
  }
  return [...byTime].map(([at, providerIds]) => ({ at, providerIds })).sort((a, b) => a.at - b.at);
}

// Once for all who work the same hours: of twenty providers' month it is most of the work.
function startsIn({ from, to, stepMs, durationMs }: Wanted, spans: Span[]): number[] {
  const starts: number[] = [];
  for (const span of spans) {
    const skipped = Math.max(0, Math.ceil((from - span.from) / stepMs));
    const last = Math.min(to - 1, span.to - durationMs);
    for (let start = span.from + skipped * stepMs; start <= last; start += stepMs) starts.push(start);
  }
  return starts;
}
