import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { instantOf } from "../instant.ts";
import { cutSlots, type FreeStart, type Wanted, type Working } from "./cut-slots.ts";
import { calendarsOf } from "./kept-calendars.ts";
import type { Calendar } from "./load-calendars.ts";
import { loadOffer, loadOffers, type Offer, type OfferedVisit } from "./load-offer.ts";
import type { Span } from "./working-spans.ts";
import { instantOnClock, zoneSegments } from "./zone-segments.ts";

export type FreeSlotQuery = {
  serviceId: number;
  locationId: number;
  /** Whoever gives the service there where not said. */
  providerIds?: number[];
  /** A bare date is the beginning of that day at the place. */
  from: string;
  to: string;
  /** 30 where not said. */
  stepMinutes?: number;
};

export type FreeStarts = { timeZone: string; durationMs: number; starts: FreeStart[] };

const minuteMs = 60_000;
const longestMs = 62 * 86_400_000;

/** What can still be booked, in order of time: working hours without time off and appointments, never in the past. */
export async function findFreeStarts(ctx: Ctx, query: FreeSlotQuery): Promise<FreeStarts> {
  const { locationId, providerIds, stepMinutes = 30 } = query;
  checkLength(query);
  if (!Number.isInteger(stepMinutes) || stepMinutes < 5 || stepMinutes > 240)
    throw invalid("stepMinutes", "stepMinutes must be a whole number from 5 to 240");
  const offer = await loadOffer(ctx, query, { providerIds });
  const { timeZone } = offer;
  const { from: since, to } = rangeOf(query, timeZone);
  const from = Math.max(since, ctx.now().getTime());
  if (!offer.active || from >= to) return { timeZone, durationMs: offer.durationMinutes * minuteMs, starts: [] };
  const calendars = await calendarsOf(ctx, offer.providers, { from, to: lastTouched(offer, to) });
  return cutOffer({ offer, locationId, calendars }, { from, to, stepMs: stepMinutes * minuteMs });
}

/** Cuts what is free from what was read, for a part of the range, with some of the providers. */
export type Cut = (visit: OfferedVisit, part: Span & { providerIds?: number[] | undefined }) => FreeStarts;

/** What many visits need, read at once: each can then be looked for again and again, in steps of half an hour. */
export async function readFreeStarts(
  ctx: Ctx,
  visits: OfferedVisit[],
  { from, to, providerIds }: Span & { providerIds?: number[] | undefined },
): Promise<Cut> {
  const offers = await loadOffers(ctx, visits, { providerIds });
  const open = offers.flatMap((offer) => (offer?.active ? [offer] : []));
  const providers = new Map(open.flatMap((offer) => offer.providers.map((each) => [each.id, each])));
  const until = Math.max(to, ...open.map((offer) => lastTouched(offer, to)));
  const calendars = await calendarsOf(ctx, [...providers.values()], { from, to: until });
  const byId = new Map(calendars.map((calendar) => [calendar.id, calendar]));
  const offerOf = new Map(visits.map((visit, index) => [keyOf(visit), offers[index]]));
  return (visit, part) => {
    const offer = offerOf.get(keyOf(visit));
    if (!offer?.active) return nothing;
    const wanted = offer.providers.filter(({ id }) => part.providerIds?.includes(id) ?? true);
    const some = wanted.flatMap(({ id }) => byId.get(id) ?? []);
    return cutOffer({ offer, locationId: visit.locationId, calendars: some }, { ...part, stepMs: 30 * minuteMs });
  };
}

const nothing: FreeStarts = { timeZone: "UTC", durationMs: 0, starts: [] };

function keyOf({ serviceId, locationId }: OfferedVisit): string {
  return `${serviceId} ${locationId}`;
}

type Opened = { offer: Offer; locationId: number; calendars: Calendar[] };

function cutOffer(
  { offer, locationId, calendars }: Opened,
  { from, to, stepMs }: Span & { stepMs: number },
): FreeStarts {
  const { timeZone, openingHours } = offer;
  const durationMs = offer.durationMinutes * minuteMs;
  const bufferMs = offer.bufferMinutes * minuteMs;
  const segments = zoneSegments(timeZone, from, to);
  const wanted: Wanted = { from, to, stepMs, durationMs, bufferMs, segments, openingHours };
  const working = calendars.flatMap((calendar) => workingAt(calendar, locationId));
  return { timeZone, durationMs, starts: cutSlots(wanted, working) };
}

// The last slot may begin just before the end of the range.
function lastTouched({ durationMinutes, bufferMinutes }: Offer, to: number): number {
  return to + (durationMinutes + bufferMinutes) * minuteMs;
}

function workingAt({ id, weeks, window, booked, away }: Calendar, locationId: number): Working[] {
  const week = weeks.get(locationId);
  return week ? [{ id, hours: week.hours, hoursKey: week.key, origin: window.from, booked, away }] : [];
}

// As they are written: 62 days are 62 days, also where one of them has an hour more.
function checkLength(query: FreeSlotQuery): void {
  const from = Date.parse(instantOf("from", query.from));
  const to = Date.parse(instantOf("to", query.to));
  if (to - from > longestMs) throw invalid("to", "to must lie within 62 days after from");
}

function rangeOf(query: FreeSlotQuery, timeZone: string): Span {
  const from = momentOf("from", query.from, timeZone);
  const to = momentOf("to", query.to, timeZone);
  if (to <= from) throw invalid("to", "to must lie after from");
  return { from, to };
}

function momentOf(path: string, value: string, timeZone: string): number {
  const at = Date.parse(instantOf(path, value));
  return isBareDate(value) ? instantOnClock(zoneSegments(timeZone, at, at), at, "first") : at;
}

function isBareDate(value: string): boolean {
  return /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(value);
}
